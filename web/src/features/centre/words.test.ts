import { expect, test } from "vitest";
import { isLabel } from "../property/words";
import { moment, shift, weekOf } from "./words";

test("a week begins on Monday, whatever day is asked for", () => {
  expect(weekOf("2026-11-29")).toEqual(["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"]);
  expect(weekOf("2026-11-23")[0]).toBe("2026-11-23");
  expect(shift("2026-12-31", 1)).toBe("2027-01-01");
  expect(moment("2026-11-23", "09:30")).toBe("2026-11-23T01:30:00.000Z");
});

test("labels of the archive and of equipment are labels too", () => {
  expect(isLabel("CW2611220001230") || isLabel("XX2611220001230")).toBe(isLabel("CW2611220001230"));
  expect(isLabel("DA079400000000")).toBe(false);
});
