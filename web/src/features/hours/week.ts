/** A unit's week (一周工作时间) as it is typed and as it is told. */
import type { UnitWeek } from "../../api/contract";

export const dayNames = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/** What a new version begins with: the house's hours. */
export const houseDays = ["08:00-12:00 14:00-18:00", "08:00-12:00 14:00-18:00", "08:00-12:00 14:00-18:00", "08:00-12:00 14:00-18:00", "08:00-12:00 14:00-18:00", "", ""];

/** A typed day as spans: blanks, commas and 、 separate them, and a dash of any width joins two times. */
export function spans(text: string): string[] {
  return text.replace(/[－–—~～至]/g, "-").replace(/：/g, ":").replace(/\s*-\s*/g, "-").split(/[\s,，、;；]+/).filter((it) => it !== "");
}

const told = (day: readonly string[]) => (day.length === 0 ? "休息" : day.join("、"));

/** The week in words; days in a row with the same hours stand together. */
export function weekWords(week: UnitWeek | null | undefined): string {
  if (!week) return "与本局一致";
  const groups: { from: number; to: number; words: string }[] = [];
  week.days.forEach((day, at) => {
    const last = groups.at(-1);
    const words = told(day);
    if (last?.words === words) last.to = at;
    else groups.push({ from: at, to: at, words });
  });
  const days = groups.map((it) => `${dayNames[it.from]}${it.to > it.from ? `至${dayNames[it.to]}` : ""} ${it.words}`).join("；");
  return `${days}；${week.through_holidays ? "法定节假日照常上班" : "法定节假日休息，调休补班日上班"}`;
}
