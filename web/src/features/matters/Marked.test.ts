import { expect, test } from "vitest";
import { pieces } from "./Marked";

test("each of the words stands out, and signs are no patterns", () => {
  expect(pieces("擅自占用道路设摊", "占用  设摊")).toEqual([{ text: "擅自", marked: false }, { text: "占用", marked: true }, { text: "道路", marked: false }, { text: "设摊", marked: true }]);
  expect(pieces("甲(乙)", "(乙)")).toEqual([{ text: "甲", marked: false }, { text: "(乙)", marked: true }]);
  expect(pieces("甲", " ")).toEqual([{ text: "甲", marked: false }]);
});
