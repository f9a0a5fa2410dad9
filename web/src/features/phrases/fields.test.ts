import { expect, test } from "vitest";
import { inserted } from "./fields";

test("a phrase goes in at the caret, over what is selected, and never beyond the text", () => {
  expect(inserted("甲乙", "丙", 1, 1)).toEqual({ text: "甲丙乙", caret: 2 });
  expect(inserted("甲乙丁", "丙", 1, 2)).toEqual({ text: "甲丙丁", caret: 2 });
  expect(inserted("甲", "乙\n丙", 9, 3)).toEqual({ text: "甲乙\n丙", caret: 4 });
  expect(inserted("", "丙", 0, 0)).toEqual({ text: "丙", caret: 1 });
});
