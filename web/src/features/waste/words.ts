/** Words of construction waste, and the shapes that the map shows. */
import type { Spot, WastePermitRow, WastePlace, WastePlaceKind } from "../../api/waste";

export const placeKinds: Record<WastePlaceKind, string> = { site: "工地", disposal: "消纳场", recycling: "综合利用场", transfer: "转运场", black_spot: "偷倒黑点" };
export const materials = { soil: "工程渣土", slurry: "工程泥浆", construction: "工程垃圾", demolition: "拆除垃圾", decoration: "装修垃圾" } as const;
export const paperKinds = { vehicle_licence: "行驶证", transport_licence: "道路运输经营许可证", transport_certificate: "道路运输证", insurance: "保险单", building_permit: "施工许可证", waste_plan: "建筑垃圾处理方案备案", business_licence: "营业执照", driving_licence: "驾驶证", other: "其他" } as const;
export const plateColours = [{ value: 2, label: "黄色" }, { value: 1, label: "蓝色" }, { value: 5, label: "绿色" }, { value: 4, label: "白色" }, { value: 3, label: "黑色" }, { value: 9, label: "其他" }];
export const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

/** A thing on the map: a place, a route, a gate, or what is being drawn. */
export interface Shape { id: string; kind: WastePlaceKind | "route" | "gate" | "sketch"; name: string; ring?: Spot[]; line?: Spot[]; at?: Spot }

export const spots = (list: number[][]): Spot[] => list.map((it) => [it[0] ?? 0, it[1] ?? 0]);
export const shapesOf = (place: WastePlace): Shape[] => [
  { id: place.id, kind: place.kind, name: place.name, ring: spots(place.area) },
  ...place.gates.map((gate, index) => ({ id: `${place.id}-${index}`, kind: "gate" as const, name: gate.name, at: [gate.at[0] ?? 0, gate.at[1] ?? 0] as Spot })),
];

/** Longitude and latitude as they are typed: a pair a line, with a comma or blank between. */
export function parseSpots(text: string): Spot[] | null {
  const found: Spot[] = [];
  for (const line of text.split(/[\n;；]+/).map((it) => it.trim()).filter(Boolean)) {
    const parts = line.split(/[,，\s]+/).map(Number);
    const [lon, lat] = parts;
    if (parts.length !== 2 || lon === undefined || lat === undefined || !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return null;
    found.push([lon, lat]);
  }
  return found;
}
export const writeSpots = (list: Spot[]) => list.map((it) => `${it[0].toFixed(6)}, ${it[1].toFixed(6)}`).join("\n");

/** West, south, east and north of shapes; nothing where there is none. */
export function bounds(shapes: Shape[]): [number, number, number, number] | null {
  const all = shapes.flatMap((it) => [...(it.ring ?? []), ...(it.line ?? []), ...(it.at ? [it.at] : [])]);
  if (all.length === 0) return null;
  const [lons, lats] = [all.map((it) => it[0]), all.map((it) => it[1])];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

export const cubic = (volume: number) => `${volume.toLocaleString("zh-CN")} m³`;
export const period = (it: Pick<WastePermitRow, "valid_from" | "valid_until">) => `${it.valid_from} 至 ${it.valid_until}`;
export const isOver = (state: WastePermitRow["state"]) => ["refused", "withdrawn", "revoked", "cancelled", "expired"].includes(state);
