import { expect, test } from "vitest";
import type { ClassModelReport } from "../../api/contract";
import { chooseWord, percent, percentWord, samplesNotes, sharesOf, sinceWord, stateWord, weightWord, worseThan } from "./models";

const report = (change: Partial<ClassModelReport> = {}): ClassModelReport => ({
  samples: 500, classes: 12, corrected: 0, simulated: 0, words_weight: 0.5, tried: 80, right: 68, right_of_three: 76, right_by_words: 52, by_class: [], confusions: [], ...change,
});

test("a share is all or nothing only where it is", () => {
  expect(percent(68, 80)).toBe(85);
  expect(percent(0, 0)).toBeNull();
  expect(percentWord(0, 0)).toBe("—");
  expect(percentWord(999, 1000)).toBe("99%");
  expect(percentWord(1000, 1000)).toBe("100%");
  expect(percentWord(1, 1000)).toBe("1%");
  expect(percentWord(0, 1000)).toBe("0%");
});

test("a model stands beside the table of words, and beside what was in use if anything was", () => {
  expect(sharesOf(report()).map((it) => [it.label, it.right])).toEqual([["这一号", 68], ["只用词表", 52]]);
  expect(sharesOf(report({ right_by_used: 0 })).map((it) => it.label)).toEqual(["这一号", "只用词表", "当时在用的"]);
});

test("a model that was worse says than what", () => {
  expect(worseThan(report())).toBeNull();
  expect(worseThan(report({ right_by_words: 68, right_by_used: 68 }))).toBeNull();
  expect(worseThan(report({ right_by_words: 72 }))).toBe("试算中首个推荐正确 85%，不如只用词表（90%）");
  expect(worseThan(report({ right_by_words: 72, right_by_used: 76 }))).toBe("试算中首个推荐正确 85%，不如当时在用的模型（95%）");
});

test("an earlier model is gone back to, every other one is put to use", () => {
  expect([chooseWord(2, 3), chooseWord(4, 3), chooseWord(2, null), chooseWord(2, undefined)]).toEqual(["回到这一号", "启用", "启用", "启用"]);
});

test("a model that is no longer kept does not call itself usable", () => {
  expect(stateWord({ state: "ready", state_label: "可用", choosable: true })).toBe("可用");
  expect(stateWord({ state: "ready", state_label: "可用", choosable: false })).toBe("已不保存");
  expect(stateWord({ state: "failed", state_label: "训练未成", choosable: false })).toBe("训练未成");
});

test("numbers are told in words", () => {
  expect([0, 0.25, 0.5, 1, 2].map(weightWord)).toEqual(["词表不计分，只补在模型之后", "词表的分量是模型的 1/4", "词表的分量是模型的 1/2", "词表与模型各占一半", "词表的分量是模型的 2 倍"]);
  expect([sinceWord({ since: 37, enough: 500 }), sinceWord({ since: 500, enough: 500 })]).toEqual(["37 件", "已满 500 件"]);
  expect(samplesNotes({ samples: 500, simulated: 10, corrected: 0 })).toEqual(["含模拟 10"]);
  expect(samplesNotes({ samples: 10, simulated: 10, corrected: 3 })).toEqual(["全部为模拟", "人工更正 3"]);
});
