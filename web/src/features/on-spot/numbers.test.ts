import { expect, test } from "vitest";
import { ageOf, isCreditCode, isIdNumber } from "./numbers";

test("a citizen's number is read to its last character", () => {
  // The example of GB 11643-1999, appendix A.
  expect(isIdNumber("11010519491231002X")).toBe(true);
  expect(isIdNumber("11010519491231002x")).toBe(true);
  expect(isIdNumber("110105194912310021")).toBe(false);
  expect(isIdNumber("110105194913310025")).toBe(false);
  expect(isIdNumber("11010519491231002")).toBe(false);
});

test("a credit code is read to its last character", () => {
  // The first is right by the standard's formula; a wrong end and a letter that codes never use are not.
  expect(isCreditCode("91350100M000100Y43")).toBe(true);
  expect(isCreditCode("91350100M000100Y44")).toBe(false);
  expect(isCreditCode("91350100I000100Y43")).toBe(false);
});

test("an age changes on the birthday in China", () => {
  expect(ageOf("11010520081124002X", new Date("2026-11-23T15:59:00Z"))).toBe(17);
  expect(ageOf("11010520081124002X", new Date("2026-11-23T16:01:00Z"))).toBe(18);
});
