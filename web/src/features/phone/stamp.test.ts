import { expect, test } from "vitest";
import { stampLines } from "./stamp";

const at = Date.parse("2026-11-22T01:31:05Z");

test("the stamp says when in Shanghai, where and which unit", () => {
  const fix = { position: { lon: 121.02, lat: 30.7 }, accuracy: 12 };
  expect(stampLines(at, "当湖路口", fix, "市政养护公司")).toEqual(["2026-11-22 09:31:05", "当湖路口", "121.02000, 30.70000（±12 米）", "市政养护公司"]);
});
test("a place picked on the map claims no accuracy, and a missing one is said", () => {
  expect(stampLines(at, null, { position: { lon: 1, lat: 2 }, accuracy: 0 }, "甲")[1]).toBe("1.00000, 2.00000");
  expect(stampLines(at, null, null, "甲")[1]).toBe("拍摄位置未获取");
});
