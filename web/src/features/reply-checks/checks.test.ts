import { expect, test } from "vitest";
import { checkStates, checkWords, findingWords, isCheckState, marked } from "./checks";

test("the words that showed a finding are marked, once where they overlap", () => {
  expect(marked("已转相关部门处理", ["相关部门", "部门处理"])).toEqual([{ text: "已转", mark: false }, { text: "相关部门处理", mark: true }]);
  expect(marked("已清运，已清运", ["已清运"]).filter((it) => it.mark)).toHaveLength(2);
  expect(marked("路灯已修复", [])).toEqual([{ text: "路灯已修复", mark: false }]);
  expect(marked("", ["字"])).toEqual([]);
  expect(marked("路灯", ["", "没有的"])).toEqual([{ text: "路灯", mark: false }]);
});

test("an address names a state that somebody can look at", () => {
  expect(isCheckState("held")).toBe(true);
  expect(isCheckState("passed")).toBe(false);
  expect(isCheckState(undefined)).toBe(false);
  expect(checkStates.every((it) => checkWords[it])).toBe(true);
  expect(Object.keys(findingWords)).toHaveLength(7);
});
