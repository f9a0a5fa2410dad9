/** Words and orders of the vehicles' page. */
import type { VehiclePoint, VehiclePosition, VehicleState } from "../../api/vehicles";

export const states: VehicleState[] = ["alarm", "loaded", "moving", "stopped", "dark"];
export const stateWords: Record<VehicleState, string> = { alarm: "报警", loaded: "重车", moving: "行驶", stopped: "停车", dark: "失联" };
export const stateHelp: Record<VehicleState, string> = {
  alarm: "最新一点带有报警", loaded: "行驶中，载货（半载或满载）", moving: "行驶中，空车或未报载货", stopped: "速度低于 3 公里/小时", dark: "10 分钟没有收到位置",
};
const loads: Record<string, string> = { empty: "空车", half: "半载", full: "满载" };

/** 满载 15.2 吨 · 厢盖开 · 举升 */
export function bodyWords(point: VehiclePoint): string {
  return [
    point.load ? `${loads[point.load] ?? point.load}${point.load_kg && point.load !== "empty" ? ` ${(point.load_kg / 1000).toFixed(1)} 吨` : ""}` : "",
    point.lid ? (point.lid === "open" ? "厢盖开" : "厢盖关") : "",
    point.tipper === "raised" ? "举升" : "",
  ].filter(Boolean).join(" · ");
}

/** 1 小时 5 分; under a minute that too. */
export function span(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "不到 1 分";
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} 小时${minutes % 60 ? ` ${minutes % 60} 分` : ""}` : `${minutes} 分`;
}

/** A plate as people type it: without dots, spaces and the difference of cases. */
const plain = (text: string) => text.replace(/[\s·•.-]/g, "").toUpperCase();

/** The vehicles that fit, alarms first, then by plate; a vehicle stays in its place while it moves. */
export function chosen(vehicles: Iterable<VehiclePosition>, stateOf: (it: VehiclePosition) => VehicleState, only: string | undefined, q: string): VehiclePosition[] {
  const words = plain(q);
  const rank = (it: VehiclePosition) => (stateOf(it) === "alarm" ? 0 : 1);
  return [...vehicles]
    .filter((it) => (!only || stateOf(it) === only) && (!words || plain(it.plate).includes(words)))
    .sort((a, b) => rank(a) - rank(b) || (a.plate < b.plate ? -1 : a.plate > b.plate ? 1 : a.id - b.id));
}
