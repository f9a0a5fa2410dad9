import { expect, test } from "vitest";
import { points, rate } from "./words";

test("nothing over nothing is a dash, and a rate says what it is of", () => {
  expect(rate(undefined, 0, 0)).toBe("—");
  expect(rate(33.3, 1, 3)).toBe("33.3%（1/3）");
  expect([points(975), points(980), points(null), points(0)]).toEqual(["97.5", "98", "—", "0"]);
});
