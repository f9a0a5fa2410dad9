import { expect, test } from "vitest";
import type { DispatchRule, RuleDraft, WhatIfReport } from "../../api/contract";
import { changesById, estimateWords, isWorking, kindOf, ruleWords, shareWord } from "./rules";

const rule = (id: string, more: Partial<DispatchRule> = {}): DispatchRule => ({
  id, priority: 50, class_prefix: "06", region_prefix: "", weekdays: null, from_hour: null, to_hour: null, on_duty: false, unit_id: "u", unit_name: "东街道中队", note: "", version: 1, ...more,
});

test("a rule is told in one line", () => {
  const names = { classOf: () => "市容环境", regionOf: () => "全域" };
  expect(ruleWords(rule("a", { from_hour: 20, to_hour: 8, on_duty: true }), names)).toBe("优先级 50：市容环境，全域，每天 20–8 时 仅值班时 → 东街道中队");
});

test("what a draft changes is told rule by rule", () => {
  const changes = [{ after: rule("a") }, { before: rule("b"), after: rule("b", { priority: 1 }) }, { before: rule("c") }];
  expect(changes.map(kindOf)).toEqual(["added", "changed", "removed"]);
  expect([...changesById(changes)]).toEqual([["a", "added"], ["b", "changed"], ["c", "removed"]]);
});

test("a share shows its numbers, and a dash where too few limits ended", () => {
  expect(shareWord({ met: 15, all: 20 }, 20)).toBe("75.0%（15/20）");
  expect(shareWord({ met: 19, all: 19 }, 20)).toBe("—（仅 19 件）");
  expect(shareWord({ met: 0, all: 0 }, 20)).toBe("—");
});

test("the effect on deadlines is said as an estimate, or not at all", () => {
  const report = { least: 20, estimate: { leads: 40, before: 20, after: 30 } } as WhatIfReport;
  expect(estimateWords(report)).toBe("可比的 40 件里，按原单位的按期率约 20.0 件按期，按草稿单位的约 30.0 件，约多 10.0 件按期。");
  expect(estimateWords({ ...report, estimate: { leads: 40, before: 30, after: 29 } })).toContain("约少 1.0 件按期");
  expect(estimateWords({ ...report, estimate: null })).toContain("还不够");
});

test("the page asks again while a replay waits or works", () => {
  const draft = (state: string) => ({ what_if: { state } }) as RuleDraft;
  expect(["waiting", "running", "done", "cancelled"].map((state) => isWorking(draft(state)))).toEqual([true, true, false, false]);
});
