/** Where names and lines of a picture of pairs lie: two rows of names, each name once. */
import type { MetPair } from "../../api/contract";

export interface Dot { id: string; name: string; y: number }
export interface Line { key: string; from: number; to: number; width: number; words: string }

const STEP = 34;

export function layout(pairs: Pick<MetPair, "one" | "one_name" | "other" | "other_name" | "part_label" | "met" | "excess">[]): { left: Dot[]; right: Dot[]; lines: Line[]; height: number } {
  const names = (of: [string, string][]) => [...new Map(of)].map(([id, name], index) => ({ id, name, y: STEP * (index + 0.5) }));
  const left = names(pairs.map((it) => [it.one, it.one_name]));
  const right = names(pairs.map((it) => [it.other, it.other_name]));
  const at = (dots: Dot[], id: string) => dots.find((it) => it.id === id)?.y ?? 0;
  const lines = pairs.map((it, index) => ({
    key: `${it.one}/${it.other}/${index}`, from: at(left, it.one), to: at(right, it.other), width: Math.min(10, Math.max(1.5, it.excess)),
    words: `${it.one_name} ${it.part_label}、${it.other_name} 处置：${it.met} 件`,
  }));
  return { left, right, lines, height: STEP * Math.max(left.length, right.length, 1) };
}
