import { expect, test } from "vitest";
import { byTownship } from "./townships";

test("the township with most left comes first", () => {
  const grid = (township: string, state: "waiting" | "clean" | "found") => ({ township, township_name: `镇${township}`, state });
  const reach = byTownship([grid("1", "clean"), grid("1", "found"), grid("2", "waiting"), grid("2", "found"), grid("3", "waiting"), grid("3", "waiting")]);
  expect(reach).toEqual([
    { code: "3", name: "镇3", grids: 2, checked: 0, found: 0 },
    { code: "2", name: "镇2", grids: 2, checked: 1, found: 1 },
    { code: "1", name: "镇1", grids: 2, checked: 2, found: 1 },
  ]);
});
