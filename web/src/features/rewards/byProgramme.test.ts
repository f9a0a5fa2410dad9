import { expect, test } from "vitest";
import { byProgramme } from "./byProgramme";

test("awards of two programmes are approved by two requests, each in its order", () => {
  const of = (id: string, programme: string) => ({ id, programme });
  expect(byProgramme([of("a", "x"), of("b", "y"), of("c", "x")])).toEqual([["a", "c"], ["b"]]);
  expect(byProgramme([])).toEqual([]);
});
