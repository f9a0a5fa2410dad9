/** Words and numbers of file review. */
import type { RoundFigure } from "../../api/quality-contract";

export const trackWords: Record<string, string> = { ordinary: "普通程序", fast: "简案快办", "off-site": "非现场执法", simple: "简易程序", "minor-quick": "轻微速罚", soft: "柔性执法" };
export const resultWords: Record<string, string> = { penalty: "给予行政处罚", no_penalty: "不予行政处罚", withdrawn: "撤销案件", terminated: "终止调查" };
export const findingWords: Record<string, string> = { holds: "符合", fails: "不符合", not: "不涉及", unknown: "需人工核对" };

/** Tenths of a point as points. */
export const points = (tenths?: number | null): string => (tenths == null ? "—" : (tenths / 10).toFixed(tenths % 10 === 0 ? 0 : 1));

/** A rate with what it is of; a dash where there is nothing to divide by. */
export const rate = (percent: number | null | undefined, part: number, whole: number): string => (percent == null ? "—" : `${percent}%（${part}/${whole}）`);

export const failedRate = (it: RoundFigure) => rate(it.failed_percent, it.failed, it.scored);
export const correctedRate = (it: RoundFigure) => rate(it.corrected_percent, it.corrected, it.findings - it.dropped);
export const reviewRate = (it: RoundFigure) => rate(it.review_percent, it.reviews_fell, it.reviews);
export const suitRate = (it: RoundFigure) => rate(it.suit_percent, it.suits_fell, it.suits);
