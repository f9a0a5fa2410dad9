import { expect, it } from "vitest";
import type { VehicleDay, VehiclePosition, VehiclePositions } from "../../api/vehicles";
import { glide } from "./layer";
import { merge, stateNow } from "./live";
import { indexAt, marks, placeAt } from "./replay";
import { bodyWords, chosen, span } from "./words";

const point = { at: "2026-11-23T00:00:00Z", taken_at: "2026-11-23T00:00:00Z", lon: 121, lat: 30.7, speed: 40, direction: 90, altitude: 5, fixed: true, ignition: true, provisional: false, backlog: false, undated: false, visitor: false, simulated: true };
const vehicle = (id: number, plate: string, state: VehiclePosition["state"] = "moving"): VehiclePosition => ({ id, plate, colour: 2, connected: true, state, point });
const answer = (items: VehiclePosition[]): VehiclePositions => ({ items, cut: false, at: "2026-11-23T00:00:01Z", next: 5, dark_after: 600 });

it("takes what changed over what it knew, and a whole answer instead of it", () => {
  const first = merge(new Map(), answer([vehicle(1, "模F00001"), vehicle(2, "模F00002")]), true);
  const second = merge(first, answer([vehicle(2, "模F00002", "alarm")]), false);
  expect([...second.values()].map((it) => it.state)).toEqual(["moving", "alarm"]);
  expect(merge(second, answer([]), false)).toBe(second);
  expect([...merge(second, answer([vehicle(3, "模F00003")]), true).keys()]).toEqual([3]);
});

it("lets a vehicle go dark between two answers", () => {
  const at = Date.parse(point.taken_at);
  expect(stateNow(vehicle(1, "x"), at + 600_000, 600)).toBe("moving");
  expect(stateNow(vehicle(1, "x"), at + 600_001, 600)).toBe("dark");
});

it("finds plates however they are typed, alarms first", () => {
  const all = [vehicle(2, "浙F·0000B"), vehicle(1, "浙F0000A"), vehicle(3, "模F00001", "alarm")];
  const of = (it: VehiclePosition) => it.state;
  expect(chosen(all, of, undefined, "").map((it) => it.id)).toEqual([3, 1, 2]);
  expect(chosen(all, of, undefined, "f 0000b").map((it) => it.id)).toEqual([2]);
  expect(chosen(all, of, "alarm", "浙").length).toBe(0);
  expect(bodyWords({ ...point, load: "full", load_kg: 15_200, lid: "open" })).toBe("满载 15.2 吨 · 厢盖开");
  expect([span(20), span(300), span(3_900), span(7_200)]).toEqual(["不到 1 分", "5 分", "1 小时 5 分", "2 小时"]);
});

it("glides on the straight line and not beyond", () => {
  const way = { fromLon: 121, fromLat: 30, toLon: 122, toLat: 31 };
  expect([glide(way, 0.5), glide(way, 2), glide(way, -1)]).toEqual([[121.5, 30.5], [122, 31], [121, 30]]);
});

it("plays a day: between points on the line, through a silence at its begin", () => {
  const points = [0, 10_000, 20_000, 1_000_000].map((at, index) => ({ at, lon: 121 + index, lat: 30, point }));
  expect([indexAt(points, -1), indexAt(points, 10_000), indexAt(points, 10_001), indexAt(points, 9e9)]).toEqual([-1, 1, 1, 3]);
  expect(placeAt(points, 15_000, 600)).toEqual({ lon: 122.5, lat: 30, silent: false, index: 1 });
  expect(placeAt(points, 500_000, 600)).toMatchObject({ lon: 123, silent: true });
  expect(placeAt(points, 9e9, 600)).toMatchObject({ lon: 124, silent: false });
  expect(placeAt([], 0, 600)).toBeNull();
});

it("tells what happened on a day in its order", () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 23) + second * 1000).toISOString();
  const leg = { from: at(900), to: at(1_800), km: 3, lon: 121, lat: 30.7, to_lon: 121.1, to_lat: 30.7 };
  const day: VehicleDay = {
    plate: "模F00001", cut: false,
    points: [{ ...point, at: at(5), lid: "open", speed: 0, load: "full" }, { ...point, at: at(400), lid: "open", load: "full" }, { ...point, at: at(410), lid: "open", load: "full" }, { ...point, at: at(600), tipper: "raised" }],
    alarms: [{ code: "overspeed", label: "超速报警", began_at: at(500) }],
    journey: { km: 1, moving_seconds: 1, stopped_seconds: 300, fastest: 60, stops: [{ from: at(0), to: at(300), lon: 121, lat: 30.7 }], trips: [], silences: [leg], jumps: [0, 60, 120, 400].map((after) => ({ ...leg, from: at(2_000 + after), to: at(2_010 + after) })), jump_count: 4, thresholds: { stop_metres: 80, stop_seconds: 300, silence_seconds: 600, jump_kmh: 180 } },
  };
  expect(marks(day).map((it) => it.words)).toEqual(["停留 5 分", "载货行驶，厢盖开", "超速报警", "举升", "无信号 15 分，前后相距 3 公里", "位置跳变 3 次，最远 3 公里", "位置跳变 3 公里"]);
});
