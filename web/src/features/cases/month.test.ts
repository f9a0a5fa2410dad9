import { expect, test } from "vitest";
import { dayKey, monthOf } from "./month";

test("a month is shown in whole weeks from Monday on", () => {
  const month = monthOf("2026-11");
  expect(month?.days[0]).toBe("2026-10-26");
  expect(month?.days.at(-1)).toBe("2026-12-06");
  expect([month?.before, month?.after, month?.label]).toEqual(["2026-10", "2026-12", "2026年11月"]);
  expect([month?.from, month?.to]).toEqual(["2026-10-26T00:00:00+08:00", "2026-12-07T00:00:00+08:00"]);
  expect(monthOf("2027-02")?.days).toHaveLength(28);
  expect(monthOf("2026-13")).toBeNull();
});

test("a day is China's day", () => {
  expect(dayKey(Date.parse("2026-11-20T16:30:00Z"))).toBe("2026-11-21");
});
