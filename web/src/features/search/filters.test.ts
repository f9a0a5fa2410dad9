import { expect, it } from "vitest";
import { isFiltered, toFilter } from "./filters";

it("turns days of the city into instants, the last day included", () => {
  expect(toFilter({ from: "2026-02-28", to: "2026-02-28", state: "reported,filed" })).toEqual({
    from: "2026-02-28T00:00:00+08:00", to: "2026-03-01T00:00:00+08:00", state: "reported,filed", sort: "newest",
  });
});

it("asks for what is in a leader's charge", () => {
  expect(toFilter({ charged: "all" }).queue).toBe("charged");
  expect(toFilter({ charged: "me" }).queue).toBe("my_charge");
});

it("does not count the view as a filter", () => {
  expect(isFiltered({ view: "map", sort: "due" })).toBe(false);
  expect(isFiltered({ q: "垃圾" })).toBe(true);
});
