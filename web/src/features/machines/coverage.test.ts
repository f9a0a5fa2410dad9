import { expect, it } from "vitest";
import { hourSpans, mostLooks, shade } from "./coverage";

it("shades by the share of the most, and never hides a single look", () => {
  expect([0, 1, 25, 26, 100].map((looks) => shade(looks, 100))).toEqual([0, 1, 1, 2, 4]);
  expect(shade(0, 0)).toBe(0);
});

it("puts hours together that follow each other", () => {
  expect(hourSpans([0, 1, 2, 7, 22, 23])).toBe("0–2 时、7 时、22–23 时");
  expect(hourSpans([])).toBe("");
});

it("finds the most of a district that no call could take as arguments", () => {
  const grids = Array.from({ length: 20_000 }, (_, at) => ({ hours: Array.from({ length: 24 }, (__, hour) => (at === 777 && hour === 9 ? 41 : 3)) }));
  expect(mostLooks(grids)).toBe(41);
  expect(mostLooks([])).toBe(0);
});
