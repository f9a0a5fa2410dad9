/** Rectangles on a photo: from two points of the pointer to the ten-thousandths that the server takes. */
import type { PhotoArea } from "../../api/contract";

/** In shares of the picture's sides. */
export interface Point { x: number; y: number }
export interface Shares { left: number; top: number; width: number; height: number }

const within = (share: number) => Math.min(1, Math.max(0, share));

/** The rectangle that two corners span, within the picture. */
export function between(one: Point, other: Point): Shares {
  const [left, right] = [within(Math.min(one.x, other.x)), within(Math.max(one.x, other.x))];
  const [top, bottom] = [within(Math.min(one.y, other.y)), within(Math.max(one.y, other.y))];
  return { left, top, width: right - left, height: bottom - top };
}

/** The least side that the server takes. */
const LEAST = 50;

/** Null of a rectangle that is too small to be meant. */
export function asArea(it: Shares): PhotoArea | null {
  const part = (share: number) => Math.round(share * 10_000);
  const area = { left: Math.min(9_999, part(it.left)), top: Math.min(9_999, part(it.top)), width: part(it.width), height: part(it.height) };
  return area.width < LEAST || area.height < LEAST ? null : area;
}
