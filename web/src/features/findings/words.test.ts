import { expect, test } from "vitest";
import { clockWords, numberWords, percentWords } from "./words";

test("numbers are one line, times are times", () => {
  expect(numberWords({ numbers: [{ measure: "seconds", label: "持续", value: 130, unit: "秒" }, { measure: "limit", label: "规则限值", value: 3, unit: "" }] as never })).toBe("持续 130 秒，规则限值 3");
  expect([clockWords(0), clockWords(22 * 60 + 5)]).toEqual(["00:00", "22:05"]);
  expect([percentWords(undefined), percentWords(0.834)]).toEqual(["—", "83%"]);
});
