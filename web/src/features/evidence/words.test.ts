import { expect, test } from "vitest";
import { milliseconds, moment, size } from "./words";

test("sizes as people say them", () => {
  expect([0, 1023, 1024, 52_428_800, 4_294_967_296].map(size)).toEqual(["0 字节", "1023 字节", "1.0 KB", "50 MB", "4.0 GB"]);
});

test("moments of a recording, there and back", () => {
  expect([0, 61_000, 3_661_999].map(moment)).toEqual(["0:00", "1:01", "1:01:01"]);
  expect(["61", "1:01", "1:01:01", "a", "1:2:3:4", ""].map(milliseconds)).toEqual([61_000, 61_000, 3_661_000, undefined, undefined, undefined]);
});
