/** Sightings (机器发现) before people: their states, which one is next, and where the target stands in the picture. */
import type { Precision, SightingState } from "../../api/contract";
import { sightingWords } from "../../format/words";

/** What waits comes first. */
export const sightingStates: SightingState[] = ["waiting", "approved", "filed", "dismissed", "gone", "over"];
export const isSightingState = (it: string | undefined): it is SightingState => it !== undefined && it in sightingWords;

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** 准确率 82%（95% 区间 70–90%，基于 40 次研判） */
export function precisionWord(of: Precision): string {
  if (of.share === null || of.share === undefined) return "尚无研判";
  return `准确率 ${percent(of.share)}（95% 区间 ${intervalWord(of)}，基于 ${of.confirmed + of.refuted} 次研判）`;
}
/** 70–90% */
export const intervalWord = ({ low, high }: Pick<Precision, "low" | "high">): string => `${Math.round(low * 100)}–${percent(high)}`;

/** Which one is shown when `id` leaves the list: the one below it, else the one above. */
export function nextAfter(ids: readonly string[], id: string): string | undefined {
  const at = ids.indexOf(id);
  return at < 0 ? ids[0] : ids[at + 1] ?? ids[at - 1];
}

/** `by` rows further. What has left the list meanwhile stood at `before`, where another one stands now. */
export function stepFrom(ids: readonly string[], id: string | undefined, by: 1 | -1, before: number): string | undefined {
  if (ids.length === 0) return undefined;
  const at = id === undefined ? -1 : ids.indexOf(id);
  const to = at >= 0 ? at + by : by > 0 ? before : before - 1;
  return ids[Math.min(ids.length - 1, Math.max(0, to))];
}

export interface BoxPlace { left: string; top: string; width: string; height: string }

/** Left, top, width and height as parts of the picture, as lengths of a style. Nothing where it is no box: it would point anywhere. */
export function boxPlace(box: readonly number[] | null | undefined): BoxPlace | null {
  const [left, top, width, height] = box ?? [];
  if (left === undefined || top === undefined || width === undefined || height === undefined) return null;
  const inside = (it: number) => Math.min(1, Math.max(0, it));
  const [x, y, right, bottom] = [inside(left), inside(top), inside(left + width), inside(top + height)];
  if (!(right > x && bottom > y)) return null;
  const length = (it: number) => `${+(it * 100).toFixed(2)}%`;
  return { left: length(x), top: length(y), width: length(right - x), height: length(bottom - y) };
}
