/** Words of the warning points. */
import type { LightSetting } from "../../api/contract";

export const limitWords: Record<string, string> = { accept: "受理", file: "立案", verify: "核实", dispatch: "派遣", fix: "处置", check: "核查", close: "结案", reply: "答复" };

/** The same line with the other way of saying when: one of the two only. */
export function withKind({ percent: _percent, before_minutes: _before, ...rest }: LightSetting, kind: "percent" | "before_minutes"): LightSetting {
  return kind === "percent" ? { ...rest, percent: 80 } : { ...rest, before_minutes: 60 };
}

/** A line as the history tells it. */
export function lightWord(it: { class_prefix?: string; limit?: string | null; percent?: number | null; before_minutes?: number | null }): string {
  const when = it.before_minutes != null ? `到期前 ${it.before_minutes} 分钟` : `用到 ${it.percent ?? 80}%`;
  return `${it.class_prefix || "全部类别"}·${it.limit ? `${limitWords[it.limit] ?? it.limit}时限` : "全部时限"}：${when}`;
}
