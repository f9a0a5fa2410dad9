/** How figures are written. */
import type { IndicatorBy, IndicatorFigure } from "../../api/contract";

export const byWords: Record<IndicatorBy, string> = {
  county: "全区", township: "镇街", grid: "网格", unit: "处置部门", collector: "监督员", operator: "受理员", shift_leader: "值班长", dispatcher: "派遣员",
};

export const isBy = (it: string | undefined): it is IndicatorBy => !!it && it in byWords;

/** A rate has a denominator; without anything in it, it is no figure. */
export const isRate = (it: IndicatorFigure) => it.denominator !== undefined && it.denominator !== null;

export function figureWord(it: IndicatorFigure): string {
  if (it.value === undefined || it.value === null) return "—";
  return isRate(it) ? `${(it.value * 100).toFixed(1)}%` : String(it.numerator);
}

/** What the list of indicators calls the subjects that weights are set for. */
export const subjectWords: Record<string, string> = { place: "区域（全区、镇街、网格）", unit: "处置部门", collector: "监督员", operator: "受理员", shift_leader: "值班长", dispatcher: "派遣员" };

export interface Step { from: number; points: number }

/** Steps as people type them: `0:100 51:90`, from this value on so many points. Nothing if they cannot be read. */
export function readSteps(text: string): Step[] | undefined {
  const parts = text.split(/[\s,，;；]+/).filter(Boolean);
  const steps = parts.map((part) => {
    const [from, points, more] = part.split(/[:：]/);
    return { from: Number(from), points: Number(points), fits: !!from && !!points && more === undefined };
  });
  const good = steps.length > 0 && steps[0]?.from === 0 && steps.every((it, at) => it.fits && Number.isFinite(it.from) && it.points >= 0 && it.points <= 100 && (at === 0 || it.from > (steps[at - 1]?.from ?? 0)));
  return good ? steps.map(({ from, points }) => ({ from, points })) : undefined;
}

export const stepsText = (steps: readonly Step[]) => steps.map((it) => `${it.from}:${it.points}`).join(" ");
