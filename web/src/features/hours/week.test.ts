import { describe, expect, it } from "vitest";
import { spans, weekWords } from "./week";

describe("a unit's week", () => {
  it("reads spans however they are separated", () => {
    expect(spans("08:00-12:00、14:00 – 18:00")).toEqual(["08:00-12:00", "14:00-18:00"]);
    expect(spans("９")).toEqual(["９"]);
    expect(spans("08：00至20：00")).toEqual(["08:00-20:00"]);
    expect(spans("  ")).toEqual([]);
  });
  it("tells days in a row with the same hours together", () => {
    const day = ["09:00-17:00"];
    expect(weekWords({ days: [day, day, day, day, day, [], []], through_holidays: false })).toBe("周一至周五 09:00-17:00；周六至周日 休息；法定节假日休息，调休补班日上班");
    expect(weekWords({ days: [day, day, day, day, day, day, []], through_holidays: true })).toContain("周日 休息；法定节假日照常上班");
    expect(weekWords(null)).toBe("与本局一致");
  });
});
