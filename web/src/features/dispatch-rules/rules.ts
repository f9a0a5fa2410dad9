/** What dispatch rules (派遣规则) are told by: a rule in words, what a draft changes, and the figures of a replay. */
import { queryOptions } from "@tanstack/react-query";
import { readDraft } from "../../api/dispatch-rules";
import type { DispatchRule, RuleChange, RuleDraft, WhatIfReport, WhatIfShare } from "../../api/contract";

/** While a replay works, the page asks again. */
const AGAIN = 1_000;

export const isWorking = (draft: RuleDraft | undefined): boolean => draft?.what_if?.state === "waiting" || draft?.what_if?.state === "running";

export const draftQuery = queryOptions({
  queryKey: ["dispatch-draft"], queryFn: ({ signal }) => readDraft(signal), refetchInterval: (query) => (isWorking(query.state.data) ? AGAIN : false),
});

export const weekdays = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

export function whenWords(it: DispatchRule): string {
  return [
    it.weekdays && it.weekdays.length > 0 ? it.weekdays.map((one) => weekdays[one - 1]).join("、") : "每天",
    it.from_hour != null && it.to_hour != null ? `${it.from_hour}–${it.to_hour} 时` : "全天", it.on_duty ? "仅值班时" : "",
  ].filter(Boolean).join(" ");
}

export interface RuleNames { classOf: (prefix: string) => string; regionOf: (code: string) => string }

/** A rule in one line. */
export const ruleWords = (it: DispatchRule, names: RuleNames): string =>
  `优先级 ${it.priority}：${names.classOf(it.class_prefix)}，${names.regionOf(it.region_prefix)}，${whenWords(it)} → ${it.unit_name}`;

export type ChangeKind = "added" | "changed" | "removed";
export const kindOf = (it: RuleChange): ChangeKind => (it.before ? (it.after ? "changed" : "removed") : "added");
export const kindWords: Record<ChangeKind, string> = { added: "新增", changed: "修改", removed: "删除" };

/** The change that the draft makes to each of its rules. */
export const changesById = (changes: readonly RuleChange[]): Map<string, ChangeKind> => new Map(changes.map((it) => [(it.after ?? it.before)?.id ?? "", kindOf(it)]));

/** A share with its numbers; a dash where fewer limits ended than say anything. */
export function shareWord(share: WhatIfShare, least: number): string {
  if (share.all < least) return share.all === 0 ? "—" : `—（仅 ${share.all} 件）`;
  return `${((share.met / share.all) * 100).toFixed(1)}%（${share.met}/${share.all}）`;
}

/** The effect on deadlines, said as the estimate that it is. */
export function estimateWords(report: WhatIfReport): string {
  const it = report.estimate;
  if (!it) return `两边单位在同一大类都有 ${report.least} 件以上办结的，才作估算；现在还不够。`;
  const difference = it.after - it.before;
  const direction = Math.abs(difference) < 0.5 ? "大致相同" : difference > 0 ? `约多 ${difference.toFixed(1)} 件按期` : `约少 ${(-difference).toFixed(1)} 件按期`;
  return `可比的 ${it.leads} 件里，按原单位的按期率约 ${it.before.toFixed(1)} 件按期，按草稿单位的约 ${it.after.toFixed(1)} 件，${direction}。`;
}

export type Figure = "moved" | "sent-back-by-present" | "sent-back-by-draft" | "without-rule";
export const figureWords: Record<Figure, string> = {
  moved: "会改派的线索", "sent-back-by-present": "会改派、原单位退过单的线索", "sent-back-by-draft": "会改派、草稿单位自己退过单的线索", "without-rule": "草稿下没有规则命中的线索",
};
export const isFigure = (text: string | undefined): text is Figure => text !== undefined && text in figureWords;
