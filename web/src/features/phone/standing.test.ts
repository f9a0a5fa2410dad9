import { expect, test } from "vitest";
import { placeOf, standingWords } from "./standing";

test("a place goes to the server with its accuracy and its time, and a missing one stops nobody", () => {
  const place = placeOf({ position: { lon: 121.005, lat: 30.705 }, accuracy: 12 }, Date.UTC(2026, 10, 2, 1));
  expect(place).toEqual({ x: 121.005, y: 30.705, accuracy: 12, at: "2026-11-02T01:00:00.000Z" });
  expect(standingWords({ state: "known", place })).toContain("12 米");
  expect(standingWords({ state: "unknown", words: "定位超时。" })).toBe("没有取得位置：定位超时。不影响提交。");
});
