/** Where a device stands: on the map, or by its longitude and latitude. */
import { useQuery } from "@tanstack/react-query";
import { Button, InputNumber } from "antd";
import { useMemo } from "react";
import { get } from "../../api/client";
import type { LonLat, Place } from "../../api/contract";
import { CityMap } from "../../map/CityMap";

export type Partly = { lon: number | null; lat: number | null };
export const wholePlace = (it: Partly | null | undefined): LonLat | null => (it && it.lon !== null && it.lat !== null ? { lon: it.lon, lat: it.lat } : null);
/** Six decimals are a tenth of a metre. */
export const roundDegrees = (degrees: number) => +degrees.toFixed(6);

/** `value` and `onChange` come from the form's item. */
export function PlaceInput({ id, value, onChange, label = "点击地图标注设备位置" }: { id?: string; value?: Partly | null; onChange?: (place: Partly | null) => void; label?: string }) {
  const lon = value?.lon ?? null;
  const lat = value?.lat ?? null;
  const picked = useMemo<LonLat | null>(() => wholePlace({ lon, lat }), [lon, lat]);
  const noPoints = useMemo(() => [], []);
  const place = useQuery({
    queryKey: ["place", picked?.lon, picked?.lat], enabled: picked !== null, staleTime: Infinity, retry: false,
    queryFn: ({ signal }) => get<Place>("/places", { x: picked?.lon, y: picked?.lat, system: "wgs84" }, signal),
  });
  const set = (change: Partial<Partly>) => {
    const next = { lon, lat, ...change };
    onChange?.(next.lon === null && next.lat === null ? null : next);
  };
  return (
    <>
      <div className="device-map"><CityMap label={label} points={noPoints} picked={picked} onPick={(at) => onChange?.({ lon: roundDegrees(at.lon), lat: roundDegrees(at.lat) })} grids /></div>
      <div className="lonlat">
        <InputNumber {...(id ? { id } : {})} aria-label="经度" placeholder="经度，例如 120.930000" value={lon} min={-180} max={180} controls={false} style={{ width: "100%" }} onChange={(it) => set({ lon: it })} />
        <InputNumber aria-label="纬度" placeholder="纬度，例如 30.690000" value={lat} min={-90} max={90} controls={false} style={{ width: "100%" }} onChange={(it) => set({ lat: it })} />
        <Button disabled={!value} onClick={() => onChange?.(null)}>清除</Button>
      </div>
      <div className="quiet" role="status">{picked ? place.data ? [place.data.township?.name, place.data.community?.name, place.data.grid?.name].filter(Boolean).join(" / ") || "不在本区任何单元网格内" : place.error ? "" : "正在定位…" : "点击地图标注，或填 WGS-84 经纬度。"}</div>
    </>
  );
}
