/** One day of a vehicle played again (轨迹回放): where it was at a moment, and what happened when. */
import type { VehicleDay, VehicleJourney, VehiclePoint } from "../../api/vehicles";
import { span } from "./words";

export interface Placed { at: number; lon: number; lat: number; point: VehiclePoint }
export interface Mark { at: number; to?: number; kind: "stop" | "silence" | "jump" | "alarm" | "tipper" | "lid"; words: string; lon?: number; lat?: number }

export const speeds = [1, 10, 60, 300] as const;

/** The points that have a place, in the order of their times. */
export const placed = (day: VehicleDay): Placed[] =>
  day.points.flatMap((point) => (point.lon === undefined || point.lon === null || point.lat === undefined || point.lat === null || point.undated ? [] : [{ at: Date.parse(point.at), lon: point.lon, lat: point.lat, point }]));

/** The last point at or before a moment; -1 before the first. */
export function indexAt(points: readonly { at: number }[], moment: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as { at: number }).at <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where it was at a moment: between two points on the straight line, through a silence where it was last seen. */
export function placeAt(points: readonly Placed[], moment: number, silence: number): { lon: number; lat: number; silent: boolean; index: number } | null {
  const first = points[0];
  if (!first) return null;
  const index = Math.max(0, indexAt(points, moment));
  const here = points[index] ?? first;
  const next = points[index + 1];
  if (!next || moment <= here.at) return { lon: here.lon, lat: here.lat, silent: false, index };
  if (next.at - here.at >= silence * 1000) return { lon: here.lon, lat: here.lat, silent: true, index };
  const share = (moment - here.at) / (next.at - here.at);
  return { lon: here.lon + (next.lon - here.lon) * share, lat: here.lat + (next.lat - here.lat) * share, silent: false, index };
}

/** Jumps that follow one another within so long are one happening: a clone sends for minutes. */
const TOGETHER = 2 * 60_000;

function jumps(journey: VehicleJourney): Mark[] {
  const found: (Mark & { to: number; many: number; km: number })[] = [];
  for (const it of journey.jumps) {
    const last = found[found.length - 1];
    if (last && Date.parse(it.from) - last.to <= TOGETHER) {
      last.to = Date.parse(it.to);
      last.many += 1;
      last.km = Math.max(last.km, it.km);
    } else found.push({ at: Date.parse(it.from), to: Date.parse(it.to), kind: "jump", words: "", lon: it.lon, lat: it.lat, many: 1, km: it.km });
  }
  return found.map(({ many, km, ...it }) => ({ ...it, words: many === 1 ? `位置跳变 ${km} 公里` : `位置跳变 ${many} 次，最远 ${km} 公里` }));
}

/** What happened on the day, the earliest first. */
export function marks(day: VehicleDay): Mark[] {
  const { journey } = day;
  const found: Mark[] = [
    ...journey.stops.map((it): Mark => ({ at: Date.parse(it.from), to: Date.parse(it.to), kind: "stop", words: `停留 ${span((Date.parse(it.to) - Date.parse(it.from)) / 1000)}`, lon: it.lon, lat: it.lat })),
    ...journey.silences.map((it): Mark => ({ at: Date.parse(it.from), to: Date.parse(it.to), kind: "silence", words: `无信号 ${span((Date.parse(it.to) - Date.parse(it.from)) / 1000)}，前后相距 ${it.km} 公里`, lon: it.lon, lat: it.lat })),
    ...jumps(journey),
    ...day.alarms.flatMap((it): Mark[] => (it.began_at ? [{ at: Date.parse(it.began_at), ...(it.ended_at ? { to: Date.parse(it.ended_at) } : {}), kind: "alarm", words: it.label }] : [])),
  ];
  let raised = false, open = false;
  for (const it of day.points) {
    const now = it.tipper === "raised";
    if (now && !raised) found.push({ at: Date.parse(it.at), kind: "tipper", words: "举升" });
    raised = now;
    // A lid that is open while it drives with a load; while it is being loaded it has to be.
    const uncovered = it.lid === "open" && it.speed >= 10 && (it.load === "half" || it.load === "full");
    if (uncovered && !open) found.push({ at: Date.parse(it.at), kind: "lid", words: "载货行驶，厢盖开" });
    open = uncovered;
  }
  return found.sort((a, b) => a.at - b.at);
}
