import { describe, expect, it } from "vitest";
import { chosen, cityDay, periodOf } from "./periods";

describe("periods", () => {
  it("begin where the city's day, week and month begin", () => {
    expect(cityDay(Date.parse("2026-11-01T16:00:00Z"))).toBe("2026-11-02");
    expect(periodOf("week", "2026-11-08")).toEqual({ from: "2026-11-02", to: "2026-11-08" });
    expect(periodOf("week", "2026-11-02")).toEqual({ from: "2026-11-02", to: "2026-11-02" });
    expect(periodOf("month", "2026-11-22")).toEqual({ from: "2026-11-01", to: "2026-11-22" });
    expect(periodOf("last-month", "2026-03-31")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(periodOf("last-month", "2026-01-05")).toEqual({ from: "2025-12-01", to: "2025-12-31" });
  });

  it("are read from an address, and this month is meant without one", () => {
    expect(chosen({ from: "2026-10-01", to: "2026-10-03" }, "2026-11-22")).toEqual({ preset: "custom", from: "2026-10-01", to: "2026-10-03" });
    expect(chosen({ from: "2026-10-01", to: "x" }, "2026-11-22").preset).toBe("month");
    expect(chosen({ period: "today" }, "2026-11-22")).toEqual({ preset: "today", from: "2026-11-22", to: "2026-11-22" });
  });
});
