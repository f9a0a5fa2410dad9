import { expect, it } from "vitest";
import { labelPoints } from "./style";

it("labels a region once, in the middle of its largest part", () => {
  const square = (x: number, size: number) => [[x, 0], [x + size, 0], [x + size, size], [x, size], [x, 0]];
  const labels = labelPoints({
    type: "FeatureCollection",
    features: [{ type: "Feature", properties: { name: "甲镇" }, geometry: { type: "MultiPolygon", coordinates: [[square(0, 1)], [square(10, 4)]] } }],
  });
  expect(labels.features).toHaveLength(1);
  expect(labels.features[0]?.geometry).toEqual({ type: "Point", coordinates: [12, 2] });
});
