import { describe, expect, it } from "vitest";
import { asArea, between } from "./area";
import { coveredWords } from "./PublicCopy";

describe("areas of a photo", () => {
  it("span two corners in any order and stay within the picture", () => {
    const area = { left: 2500, top: 1000, width: 5000, height: 4000 };
    expect(asArea(between({ x: 0.25, y: 0.1 }, { x: 0.75, y: 0.5 }))).toEqual(area);
    expect(asArea(between({ x: 0.75, y: 0.5 }, { x: 0.25, y: 0.1 }))).toEqual(area);
    expect(asArea(between({ x: -3, y: 0.5 }, { x: 9, y: 0.6 }))).toEqual({ left: 0, top: 5000, width: 10000, height: 1000 });
  });
  it("are nothing where a click was not meant as one", () => {
    expect(asArea(between({ x: 0.5, y: 0.5 }, { x: 0.502, y: 0.9 }))).toBeNull();
  });
});

describe("words of a public copy", () => {
  const area = { left: 0, top: 0, width: 1, height: 1, marked_at: "2026-11-02T01:00:00Z" };
  it("say what was covered, or why everything is", () => {
    const areas = [{ ...area, origin: "face" as const }, { ...area, origin: "hand" as const }];
    expect(coveredWords({ areas, made_at: "2026-11-02T01:00:00Z" })).toContain("人脸 1 处、号牌 0 处，人工遮挡 1 处");
    expect(coveredWords({ areas: [], whole: "no-detector", made_at: "2026-11-02T01:00:00Z" })).toContain("整张照片已打码");
    expect(coveredWords({ areas: [] })).toContain("正在识别");
  });
});
