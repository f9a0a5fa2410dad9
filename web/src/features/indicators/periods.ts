/** The periods that people ask for, in days of the city (北京时间). */

export type Preset = "today" | "week" | "month" | "last-month" | "custom";
export interface Period { from: string; to: string }

export const presetWords: Record<Preset, string> = { today: "今天", week: "本周", month: "本月", "last-month": "上月", custom: "自选" };

const text = (day: Date) => day.toISOString().slice(0, 10);
/** A day as midnight UTC, so that steps of days are steps of 24 hours. */
const parse = (day: string) => new Date(`${day}T00:00:00Z`);

/** The city's day at an instant in milliseconds. */
export const cityDay = (at: number): string => text(new Date(at + 8 * 3_600_000));

/** Weeks begin on Monday; what has not come yet belongs to no period but one that is chosen by hand. */
export function periodOf(preset: Exclude<Preset, "custom">, today: string): Period {
  const day = parse(today);
  if (preset === "today") return { from: today, to: today };
  if (preset === "week") {
    day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
    return { from: text(day), to: today };
  }
  day.setUTCDate(1);
  if (preset === "month") return { from: text(day), to: today };
  day.setUTCDate(0);
  const to = text(day);
  day.setUTCDate(1);
  return { from: text(day), to };
}

/** Whether a text is a day of the calendar. */
export const isDay = (it: string | undefined): it is string => !!it && /^\d{4}-\d{2}-\d{2}$/.test(it) && !Number.isNaN(parse(it).getTime());

/** The period that an address names: two days, or a word; this month without either. */
export function chosen(search: { from?: string; to?: string; period?: string }, today: string): Period & { preset: Preset } {
  if (isDay(search.from) && isDay(search.to)) return { preset: "custom", from: search.from, to: search.to };
  const preset = search.period && search.period in presetWords && search.period !== "custom" ? (search.period as Exclude<Preset, "custom">) : "month";
  return { preset, ...periodOf(preset, today) };
}
