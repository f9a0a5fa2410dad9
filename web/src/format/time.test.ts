import { describe, expect, it } from "vitest";
import { ago, dateTime, duration, remaining, shortTime } from "./time";

const noon = Date.parse("2026-11-22T04:00:00Z");

describe("times on pages", () => {
  it("are those of Shanghai", () => {
    expect(dateTime("2026-11-21T16:30:00Z")).toBe("2026-11-22 00:30");
    expect(dateTime(null)).toBe("—");
    expect(dateTime("nonsense")).toBe("—");
  });
  it("are as short as is still clear", () => {
    expect(shortTime("2026-11-22T01:05:00Z", noon)).toBe("09:05");
    expect(shortTime("2026-11-20T01:05:00Z", noon)).toBe("11-20 09:05");
    expect(shortTime("2025-11-20T01:05:00Z", noon)).toBe("2025-11-20");
  });
  it("say how long", () => {
    expect(duration(59_000)).toBe("59 秒");
    expect(duration(3_600_000 * 28)).toBe("1 天 4 小时");
    expect(ago(noon - 65_000, noon)).toBe("1 分前");
    expect(remaining("2026-11-22T06:05:00Z", noon)).toEqual({ text: "剩 2 小时 5 分", late: false });
    expect(remaining("2026-11-21T04:00:00Z", noon)).toEqual({ text: "超期 1 天", late: true });
  });
});
