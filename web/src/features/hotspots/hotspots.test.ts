import { expect, test } from "vitest";
import { trendWords, windowOf } from "./hotspots";

test("an address asks for no more than the server takes", () => {
  expect(windowOf({})).toEqual({ days: 7, metres: 200 });
  expect(windowOf({ days: "14", metres: "500" })).toEqual({ days: 14, metres: 500 });
  expect(windowOf({ days: "900", metres: "1" })).toEqual({ days: 30, metres: 50 });
  expect(windowOf({ days: "many", metres: "" })).toEqual({ days: 7, metres: 200 });
});

test("a trend is said in words", () => {
  expect(trendWords({ trend: "new", count: 6, before: 0 })).toBe("新出现");
  expect(trendWords({ trend: "up", count: 6, before: 2 })).toBe("比之前多 4 件");
  expect(trendWords({ trend: "down", count: 5, before: 9 })).toBe("比之前少 4 件");
  expect(trendWords({ trend: "same", count: 5, before: 5 })).toBe("与之前持平（5 件）");
});
