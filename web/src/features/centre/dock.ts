/** The list that a docking station gives out (采集清单): a file a line. */
import { Problem } from "../../api/problem";

export interface DockFile { serial: string; name: string; digest: string; starts_at: string; ends_at: string }

const time = (text: string): string => {
  const found = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}:\d{2}(?::\d{2})?)$/.exec(text);
  if (!found) throw new Error(`时间写法不对：${text}`);
  const [, year, month, day, clock] = found as unknown as [string, string, string, string, string];
  const at = new Date(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T${clock.padStart(clock.length < 6 ? 5 : 8, "0")}+08:00`);
  if (Number.isNaN(at.getTime())) throw new Error(`没有这个时间：${text}`);
  return at.toISOString();
};

/** The first line is a heading where it has neither a hash nor a time: a file whose hash alone is damaged is none. */
const isHeading = (cells: string[]): boolean => !cells.some((cell) => /^[0-9a-fA-F]{16,}$/.test(cell) || /^\d{4}[-/]\d/.test(cell));

function file([serial = "", name = "", digest = "", from = "", until = ""]: string[]): DockFile {
  if (!serial || !name) throw new Error("没有设备编号或者文件名");
  if (!/^[0-9a-fA-F]{64}$/.test(digest)) throw new Error("SHA-256 应为 64 位十六进制");
  return { serial, name, digest, starts_at: time(from), ends_at: time(until) };
}

/** Every line but the heading and empty ones is a file: what cannot be read is said with its number, nothing is left out in silence. */
export function readList(text: string): DockFile[] {
  const lines = text.split(/\r?\n/).map((line, at) => ({ number: at + 1, cells: line.split(/[,\t，]/).map((cell) => cell.trim()) })).filter(({ cells }) => cells.some(Boolean));
  const files = lines[0] && isHeading(lines[0].cells) ? lines.slice(1) : lines;
  return files.map(({ number, cells }) => {
    try {
      return file(cells);
    } catch (error) {
      throw new Problem({ status: 422, code: "dock-list", detail: `第 ${number} 行：${error instanceof Error ? error.message : "读不懂"}；整份清单没有导入` });
    }
  });
}
