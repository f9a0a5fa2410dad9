/** What the codes of the legal library mean before people. */
import type { MatterFacts, Party } from "../../api/contract";

export const rankWords: Record<MatterFacts["rank"], string> = { law: "法律", administrative: "行政法规", provincial: "省级地方性法规", municipal: "市级地方性法规", ministry: "部门规章", government: "地方政府规章" };
export const statusWords: Record<MatterFacts["status"], string> = { "in-text": "原文核对", superseded: "已被取代", "check-upper-law": "上位法已变，须核对", "check-currency": "现行性须核对", secondary: "转引，未见原文", local: "本地录入", "not-unlawful": "不再认为违法" };
export const targetWords: Record<MatterFacts["target"], string> = { individual: "个人", organisation: "单位", both: "个人/单位", formula: "按公式" };
export const simpleWords: Record<string, string> = { always: "可以", "when-small": "实罚在限额内时可以", "warning-only": "仅警告时可以", never: "不可以" };
export const hearingWords: Record<MatterFacts["hearing"], string> = { "by-amount": "罚款、没收达到省定较大数额时告知听证", always: "必须告知听证" };
export const partyWords: Record<Party, string> = { individual: "个人", organisation: "单位" };
export const actWords = { grant: "赋权", withdraw: "收回", transfer: "划转" } as const;

const figure = (fen: number) => (fen % 100 === 0 ? Math.floor(fen / 100).toLocaleString("zh-CN") : (fen / 100).toFixed(2));

/** A fine's range; 0 says that the law names no floor. */
export function rangeWord(range: { min_fen: number; max_fen: number } | null | undefined): string {
  if (!range) return "—";
  if (range.min_fen === 0) return `${figure(range.max_fen)} 元以下`;
  return range.min_fen === range.max_fen ? `${figure(range.max_fen)} 元` : `${figure(range.min_fen)}–${figure(range.max_fen)} 元`;
}

/** Both ranges on one line, or the formula. */
export function fineWord(facts: Pick<MatterFacts, "individual" | "organisation" | "formula">): string {
  const { individual, organisation, formula } = facts;
  if (individual && organisation) {
    const same = individual.min_fen === organisation.min_fen && individual.max_fen === organisation.max_fen;
    return same ? rangeWord(individual) : `个人 ${rangeWord(individual)}；单位 ${rangeWord(organisation)}`;
  }
  if (individual) return `个人 ${rangeWord(individual)}`;
  if (organisation) return `单位 ${rangeWord(organisation)}`;
  return formula ?? "—";
}

/** From when to when a version holds. */
export function periodWord(facts: { effective_from?: string | null | undefined; effective_to?: string | null | undefined }): string {
  if (!facts.effective_from && !facts.effective_to) return "起止日期未载明";
  if (!facts.effective_to) return `${facts.effective_from ?? ""} 起`;
  return facts.effective_from ? `${facts.effective_from} 至 ${facts.effective_to}` : `至 ${facts.effective_to}`;
}

/** Whether a version of this state asks for care. */
export const doubtful = (status: MatterFacts["status"]): boolean => status !== "in-text" && status !== "local";
