import { expect, test } from "vitest";
import { cut } from "./words";

test("what is masked is marked wherever it stands, the longest first", () => {
  expect(cut("甲乙丙和甲乙", ["甲乙", "甲乙丙"])).toEqual([{ words: "甲乙丙", marked: true }, { words: "和", marked: false }, { words: "甲乙", marked: true }]);
  expect(cut("没有", [])).toEqual([{ words: "没有", marked: false }]);
  expect(cut("", ["甲"])).toEqual([]);
});
