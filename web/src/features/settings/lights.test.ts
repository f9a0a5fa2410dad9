import { describe, expect, it } from "vitest";
import { lightWord, withKind } from "./lights";

describe("warning points", () => {
  it("says class, limit and point", () => {
    expect(lightWord({ class_prefix: "06", limit: "fix", before_minutes: 120 })).toBe("06·处置时限：到期前 120 分钟");
    expect(lightWord({ percent: 60 })).toBe("全部类别·全部时限：用到 60%");
  });
  it("keeps one of the two ways only", () => {
    expect(withKind({ class_prefix: "06", percent: 50 }, "before_minutes")).toEqual({ class_prefix: "06", before_minutes: 60 });
    expect(withKind({ class_prefix: "06", before_minutes: 5 }, "percent")).toEqual({ class_prefix: "06", percent: 80 });
  });
});
