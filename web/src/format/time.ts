/** Times as people in the city read them: always Asia/Shanghai, whatever the computer is set to. */
const zone = "Asia/Shanghai";

const parts = new Intl.DateTimeFormat("zh-CN", {
  timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
});

export interface LocalTime { year: string; month: string; day: string; hour: string; minute: string; second: string }

export function localTime(instant: string | number | Date): LocalTime | null {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return null;
  const found: Record<string, string> = {};
  for (const part of parts.formatToParts(date)) found[part.type] = part.value;
  return found as unknown as LocalTime;
}

/** 2026-11-22 09:05 */
export function dateTime(instant?: string | number | Date | null): string {
  if (instant === null || instant === undefined) return "—";
  const t = localTime(instant);
  return t ? `${t.year}-${t.month}-${t.day} ${t.hour}:${t.minute}` : "—";
}

/** 2026-11-22 */
export function day(instant?: string | number | Date | null): string {
  return instant === null || instant === undefined ? "—" : dateTime(instant).slice(0, 10);
}

/** 09:05 today, 11-20 09:05 this year, else the whole date: as short as is still clear. */
export function shortTime(instant: string | number | Date | null | undefined, now: number = Date.now()): string {
  if (instant === null || instant === undefined) return "—";
  const t = localTime(instant);
  const n = localTime(now);
  if (!t || !n) return "—";
  const clock = `${t.hour}:${t.minute}`;
  if (t.year !== n.year) return `${t.year}-${t.month}-${t.day}`;
  if (t.month === n.month && t.day === n.day) return clock;
  return `${t.month}-${t.day} ${clock}`;
}

/** 3 天 4 小时, 5 小时 20 分, 12 分, 40 秒 */
export function duration(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`;
  if (hours > 0) return minutes > 0 ? `${hours} 小时 ${minutes} 分` : `${hours} 小时`;
  if (minutes > 0) return `${minutes} 分`;
  return `${seconds} 秒`;
}

/** 5 分钟前, for what just happened. */
export function ago(instant: string | number | Date, now: number = Date.now()): string {
  const gone = now - new Date(instant).getTime();
  if (gone < 60_000) return "刚刚";
  return `${duration(gone).split(" ").slice(0, 2).join(" ")}前`;
}

/** 剩 2 小时 5 分, or 超期 1 天. */
export function remaining(dueAt: string, now: number = Date.now()): { text: string; late: boolean } {
  const left = new Date(dueAt).getTime() - now;
  return left >= 0 ? { text: `剩 ${duration(left)}`, late: false } : { text: `超期 ${duration(left)}`, late: true };
}
