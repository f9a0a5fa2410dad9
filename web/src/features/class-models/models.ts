/** What a class model (类别模型) is told by: its shares, its choice, and when it is being learned. */
import { queryOptions } from "@tanstack/react-query";
import { listClassModels } from "../../api/class-models";
import type { ClassModel, ClassModelReport, ClassModels } from "../../api/contract";

/** While a model is learned, the page asks again. */
const AGAIN = 2_000;

export const learningOf = (of: ClassModels | undefined): ClassModel | undefined => of?.items.find((it) => it.state === "learning");

export const modelsQuery = queryOptions({
  queryKey: ["class-models"], queryFn: ({ signal }) => listClassModels(signal),
  refetchInterval: (query) => (learningOf(query.state.data) ? AGAIN : false),
});

/** Whole percents: of some hundred leads nothing finer can be said. Never 100 or 0 where one was wrong or right. */
export function percent(right: number, tried: number): number | null {
  if (tried <= 0) return null;
  const rounded = Math.round((right / tried) * 100);
  if (rounded === 100 && right < tried) return 99;
  return rounded === 0 && right > 0 ? 1 : rounded;
}
export const percentWord = (right: number, tried: number): string => {
  const share = percent(right, tried);
  return share === null ? "—" : `${share}%`;
};

export interface Share { key: "model" | "words" | "used"; label: string; right: number; tried: number }

/** How the model did, and what stood beside it on the same leads. */
export function sharesOf(report: ClassModelReport): Share[] {
  const share = (key: Share["key"], label: string, right: number): Share => ({ key, label, right, tried: report.tried });
  return [
    share("model", "这一号", report.right), share("words", "只用词表", report.right_by_words),
    ...(typeof report.right_by_used === "number" ? [share("used", "当时在用的", report.right_by_used)] : []),
  ];
}

/** What it was worse than on the same leads, if anything. */
export function worseThan(report: ClassModelReport): string | null {
  const better = sharesOf(report).filter((it) => it.key !== "model" && it.right > report.right).sort((a, b) => b.right - a.right)[0];
  return better ? `试算中首个推荐正确 ${percentWord(report.right, report.tried)}，不如${better.label === "只用词表" ? better.label : `${better.label}模型`}（${percentWord(better.right, better.tried)}）` : null;
}

/** How much the table of words counts beside the model. */
export function weightWord(weight: number): string {
  if (weight === 0) return "词表不计分，只补在模型之后";
  if (weight === 1) return "词表与模型各占一半";
  return weight < 1 ? `词表的分量是模型的 1/${Math.round(1 / weight)}` : `词表的分量是模型的 ${weight} 倍`;
}

/** A model that was ready may have been given up since: the newest keep their place. */
export const stateWord = (of: Pick<ClassModel, "state" | "state_label" | "choosable">): string => (of.state === "ready" && !of.choosable ? "已不保存" : of.state_label);

export const modelWord = (number: number): string => `第 ${number} 号模型`;

/** What the choice of this one is called: an earlier one is gone back to. */
export const chooseWord = (number: number, used: number | null | undefined): string => (typeof used === "number" && number < used ? "回到这一号" : "启用");

/** New leads since the newest model; the server counts no further than `enough`. */
export const sinceWord = ({ since, enough }: Pick<ClassModels, "since" | "enough">): string => (since >= enough ? `已满 ${enough} 件` : `${since} 件`);

export const samplesNotes = ({ samples, simulated, corrected }: Pick<ClassModelReport, "samples" | "simulated" | "corrected">): string[] =>
  [...(simulated === 0 ? [] : [simulated < samples ? `含模拟 ${simulated}` : "全部为模拟"]), ...(corrected > 0 ? [`人工更正 ${corrected}`] : [])];
