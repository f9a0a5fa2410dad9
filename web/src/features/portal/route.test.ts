import { expect, test } from "vitest";
import { parse } from "./route";

test("a code is found in either form of the address, however it was copied", () => {
  expect(parse("/", "?t=%22R9HF-FH43-1HJ2%22")).toEqual({ page: "follow", code: "R9HF-FH43-1HJ2", fresh: false });
  expect(parse("/follow/R9HF%20FH43%201HJ2", "?new")).toEqual({ page: "follow", code: "R9HFFH431HJ2", fresh: true });
});
test("the other pages", () => {
  expect(parse("/", "")).toEqual({ page: "home" });
  expect(parse("/report", "")).toEqual({ page: "report" });
  expect(parse("/nowhere", "")).toEqual({ page: "lost" });
});
