import { expect, test } from "vitest";
import type { SuggestedUnit } from "../../api/contract";
import { pastWords, prefixesOf, usedWords } from "./precedents";

const unit = (id: string, kept: number, returned: number, warn: boolean): SuggestedUnit => ({ id, name: `单位${id}`, reason: "", past: { near: "grid", kept, returned, returns: 0.5, warn, words: `本网格此类办结 ${kept} 件、退回 ${returned} 件` } });

test("class codes are typed in any way", () => {
  expect(prefixesOf(" 06025、06026,06025 09 ")).toEqual(["06025", "06026", "09"]);
  expect(prefixesOf("、 ")).toEqual([]);
});

test("a unit that usually sends such things back is named with its numbers and who keeps them", () => {
  const units = [unit("甲", 3, 9, true), unit("乙", 11, 0, false)];
  expect(pastWords(units, "甲")).toEqual({ words: "单位甲通常退回这类件：本网格此类办结 3 件、退回 9 件；单位乙本网格此类办结 11 件、退回 0 件", warn: true });
  expect(pastWords(units, "乙")).toEqual({ words: "本网格此类办结 11 件、退回 0 件", warn: false });
  expect(pastWords(units, "丙")).toBeNull();
  expect(pastWords([{ id: "丁", name: "丁", reason: "" }], "丁")).toBeNull();
});

test("what was never used says so", () => {
  expect(usedWords({ used: 0 })).toBe("还没有用过");
  expect(usedWords({ used: 3 })).toBe("用过 3 次");
});
