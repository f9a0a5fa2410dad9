import { describe, expect, it } from "vitest";
import { figureWord, readSteps, stepsText } from "./figures";

describe("figures", () => {
  it("are a share, a count, or a dash where there is nothing to share", () => {
    expect(figureWord({ numerator: 2, denominator: 3, value: 2 / 3 })).toBe("66.7%");
    expect(figureWord({ numerator: 0, denominator: 0 })).toBe("—");
    expect(figureWord({ numerator: 0, denominator: 4, value: 0 })).toBe("0.0%");
    expect(figureWord({ numerator: 12, value: 12 })).toBe("12");
  });
});

describe("steps", () => {
  it("are read as they are written", () => {
    const steps = [{ from: 0, points: 100 }, { from: 51, points: 90 }];
    expect(readSteps("0:100 51:90")).toEqual(steps);
    expect(readSteps("0：100，51：90")).toEqual(steps);
    expect(readSteps(stepsText(steps))).toEqual(steps);
  });

  it("begin at zero, rise, and give a hundred points at most", () => {
    for (const bad of ["", "1:100", "0:100 51", "0:100 0:90", "0:101", "0:a", "0:1:2"]) expect(readSteps(bad), bad).toBeUndefined();
  });
});
