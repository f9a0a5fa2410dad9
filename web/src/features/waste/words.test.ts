import { expect, test } from "vitest";
import { bounds, parseSpots, writeSpots } from "./words";

test("what was written of a shape is read back as it was", () => {
  const ring: [number, number][] = [[121.001, 30.701], [121.003, 30.701], [121.003, 30.703]];
  expect(parseSpots(writeSpots(ring))).toEqual(ring);
  expect(parseSpots("121.1 30.7；121.2，30.8")).toEqual([[121.1, 30.7], [121.2, 30.8]]);
  for (const wrong of ["121.1", "121.1, x", "30.7, 121.1", "1, 2, 3"]) expect(parseSpots(wrong)).toBeNull();
});

test("bounds hold every corner, and nothing has none", () => {
  expect(bounds([{ id: "1", kind: "route", name: "", line: [[1, 2], [3, 1]] }, { id: "2", kind: "gate", name: "", at: [0, 5] }])).toEqual([0, 1, 3, 5]);
  expect(bounds([])).toBeNull();
});
