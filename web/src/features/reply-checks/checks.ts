/** Replies that do not answer (答复核验), in words. */
import type { ReplyCheckSettings, ReplyCheckState } from "../../api/contract";

/** In the order in which somebody has to see to them. */
export const checkStates: ReplyCheckState[] = ["held", "warned", "released", "rewritten"];
export const checkWords: Record<ReplyCheckState, string> = { held: "待核对", warned: "已提示", released: "已放行", rewritten: "已改写", passed: "通过" };
export const isCheckState = (it: string | undefined): it is ReplyCheckState => (checkStates as (string | undefined)[]).includes(it);

/** What can be found, the gravest first, and what it means. */
export const findingWords: Record<string, [label: string, words: string]> = {
  empty: ["空话套话", "只有“已转办”“已收悉”“感谢反馈”一类的话"],
  copied: ["照抄答复", "与另一件不是同一件事的答复一字不差"],
  "off-topic": ["未提及诉求", "没有提到所反映的事，也没有提到地点"],
  "other-class": ["答非同类", "说的是另一类问题"],
  contradiction: ["与结果矛盾", "已结案却说没办，不予受理却说办好了"],
  promise: ["承诺无期限", "答应以后办，没有说到什么时候"],
  short: ["过短", "不到 8 个字"],
};
export const modeWords: Record<ReplyCheckSettings["mode"], string> = { off: "不核验", warn: "只提示，照常发出", hold: "暂缓发出，由人核对" };

/** The text in pieces, those that showed a finding marked. Overlapping words are marked once. */
export function marked(text: string, words: string[]): { text: string; mark: boolean }[] {
  const on = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (let at = word ? text.indexOf(word) : -1; at >= 0; at = text.indexOf(word, at + word.length)) on.fill(true, at, at + word.length);
  }
  const pieces: { text: string; mark: boolean }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const last = pieces[pieces.length - 1];
    if (last && last.mark === on[at]) last.text += text[at] ?? "";
    else pieces.push({ text: text[at] ?? "", mark: on[at] ?? false });
  }
  return pieces;
}
