/** A month as a calendar shows it: whole weeks from Monday on, in China's time. */
export const weekdays = ["一", "二", "三", "四", "五", "六", "日"];

const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit" });
/** The day of a moment, `2026-11-23`. */
export const dayKey = (at: number) => day.format(at);

const DAY = 86_400_000;
const utc = (at: number) => new Date(at).toISOString().slice(0, 10);

export interface Month { name: string; label: string; before: string; after: string; days: string[]; from: string; to: string; holds: (day: string) => boolean }

/** `2026-11` as a calendar; nothing where it is no month. */
export function monthOf(name: string): Month | null {
  const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(name);
  if (!found) return null;
  const [year, month] = [Number(found[1]), Number(found[2]) - 1];
  const [first, next] = [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
  const start = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY;
  const weeks = Math.ceil((next - start) / (7 * DAY));
  const days = Array.from({ length: weeks * 7 }, (_, index) => utc(start + index * DAY));
  return {
    name, label: `${year}年${month + 1}月`, days,
    before: utc(Date.UTC(year, month - 1, 1)).slice(0, 7), after: utc(next).slice(0, 7),
    from: `${days[0] ?? ""}T00:00:00+08:00`, to: `${utc(start + weeks * 7 * DAY)}T00:00:00+08:00`,
    holds: (it) => it.startsWith(name),
  };
}
