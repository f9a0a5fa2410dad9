/** The list that a docking station gives out (采集清单): a file a line. */
export interface DockFile { serial: string; name: string; digest: string; starts_at: string; ends_at: string }

const time = (text: string): string => {
  const found = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}:\d{2}(?::\d{2})?)$/.exec(text);
  if (!found) throw new Error(`时间写法不对：${text}`);
  const [, year, month, day, clock] = found as unknown as [string, string, string, string, string];
  const at = new Date(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T${clock.padStart(clock.length < 6 ? 5 : 8, "0")}+08:00`);
  if (Number.isNaN(at.getTime())) throw new Error(`没有这个时间：${text}`);
  return at.toISOString();
};

/** Lines without a number of a device are the heading or empty. */
export function readList(text: string): DockFile[] {
  const lines = text.split(/\r?\n/).map((line) => line.split(/[,\t，]/).map((cell) => cell.trim()));
  return lines.filter((cells) => cells.length >= 5 && /^[0-9a-fA-F]{64}$/.test(cells[2] ?? "")).map(([serial = "", name = "", digest = "", from = "", until = ""]) => ({ serial, name, digest, starts_at: time(from), ends_at: time(until) }));
}
