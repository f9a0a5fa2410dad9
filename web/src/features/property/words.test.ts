import { expect, test } from "vitest";
import { asks, isLabel, quantity, toMilli } from "./words";

test("a label is told by its check digit", () => {
  // The digit is the standard's: 20261122 and 123 make 2611220001236 or no other.
  const right = [..."0123456789"].map((digit) => `CW261122000123${digit}`).filter(isLabel);
  expect(right).toHaveLength(1);
  expect(isLabel((right[0] ?? "").toLowerCase().replace("cw", "cw "))).toBe(true);
  expect(isLabel("浙F12345")).toBe(false);
});

test("quantities are thousandths", () => {
  expect([quantity(2500), toMilli(0.1), toMilli(2.3)]).toEqual(["2.5", 100, 2300]);
});

test("who gives and takes differs by kind", () => {
  expect([asks("in").place, asks("returned").taker, asks("lent").until, asks("moved").taker]).toEqual([true, "fetcher", true, "house"]);
});
