/** Places and routes on the map, and drawing them: a click sets a corner; whoever cannot click types the coordinates. */
import { Button, Input } from "antd";
import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Spot } from "../../api/waste";
import { CityMap } from "../../map/CityMap";
import { bounds, parseSpots, writeSpots, type Shape } from "./words";

const collection = (shapes: Shape[]): FeatureCollection => ({
  type: "FeatureCollection",
  features: shapes.flatMap((it) => {
    const properties = { kind: it.kind, name: it.name };
    const middle = it.ring?.[0] ?? it.at;
    return [
      ...(it.ring && it.ring.length > 2 ? [{ type: "Feature" as const, properties, geometry: { type: "Polygon" as const, coordinates: [[...it.ring, it.ring[0] as Spot]] } }] : []),
      ...(it.ring && it.ring.length === 2 ? [{ type: "Feature" as const, properties, geometry: { type: "LineString" as const, coordinates: it.ring } }] : []),
      ...(it.line && it.line.length > 1 ? [{ type: "Feature" as const, properties, geometry: { type: "LineString" as const, coordinates: it.line } }] : []),
      ...(it.kind === "sketch" ? [...(it.ring ?? []), ...(it.line ?? [])].map((at) => ({ type: "Feature" as const, properties: { kind: "corner", name: "" }, geometry: { type: "Point" as const, coordinates: at } })) : []),
      ...(middle && it.kind !== "sketch" ? [{ type: "Feature" as const, properties, geometry: { type: "Point" as const, coordinates: middle } }] : []),
    ];
  }),
});

/** Colours say state elsewhere: here everything is the one blue and greys, told apart by fill, dashes and names. */
function dress(map: MapLibre) {
  map.addSource("waste", { type: "geojson", data: collection([]) });
  map.addLayer({ id: "waste-fill", type: "fill", source: "waste", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": ["match", ["get", "kind"], "black_spot", "#33404f", ["site", "sketch"], "#1456b8", "#7c8b9c"], "fill-opacity": ["match", ["get", "kind"], "black_spot", 0.45, 0.2] } });
  map.addLayer({ id: "waste-edge", type: "line", source: "waste", filter: ["==", ["geometry-type"], "Polygon"], paint: { "line-color": ["match", ["get", "kind"], ["site", "sketch"], "#1456b8", "#4c5a6b"], "line-width": 1.6 } });
  map.addLayer({ id: "waste-route", type: "line", source: "waste", filter: ["==", ["geometry-type"], "LineString"], layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": "#1456b8", "line-width": ["match", ["get", "kind"], "sketch", 3, 2.4], "line-opacity": 0.85 } });
  map.addLayer({ id: "waste-gate", type: "circle", source: "waste", filter: ["all", ["==", ["geometry-type"], "Point"], ["in", ["get", "kind"], ["literal", ["gate", "corner"]]]], paint: { "circle-radius": 4, "circle-color": "#ffffff", "circle-stroke-width": 2, "circle-stroke-color": "#1456b8" } });
  map.addLayer({ id: "waste-names", type: "symbol", source: "waste", filter: ["all", ["==", ["geometry-type"], "Point"], ["!=", ["get", "kind"], "corner"]], layout: { "text-field": ["get", "name"], "text-size": 12, "text-font": ["local"], "text-anchor": "bottom-left", "text-offset": [0.3, -0.3] }, paint: { "text-color": "#1f2a37", "text-halo-color": "#ffffff", "text-halo-width": 1.5 } });
}

export function GroundMap({ label, shapes, onPick, height = 420 }: { label: string; shapes: Shape[]; onPick?: (at: Spot) => void; height?: number }) {
  const map = useRef<MapLibre | null>(null);
  const latest = useRef(shapes);
  const fitted = useRef("");
  const show = useCallback(() => {
    const view = map.current;
    if (!view) return;
    view.getSource<GeoJSONSource>("waste")?.setData(collection(latest.current));
    const found = bounds(latest.current.filter((it) => it.kind !== "sketch"));
    // Only where what lies on it became another: drawing must not move the ground away under the pointer.
    const key = found?.join() ?? "";
    if (!found || key === fitted.current) return;
    fitted.current = key;
    view.fitBounds(found, { padding: 48, maxZoom: 15.5, duration: 0 });
  }, []);
  const onMap = useCallback((view: MapLibre) => {
    map.current = view;
    dress(view);
    show();
    return () => { map.current = null; fitted.current = ""; };
  }, [show]);
  useEffect(() => { latest.current = shapes; show(); }, [shapes, show]);
  return <CityMap label={label} follow="city" onMap={onMap} style={{ height }} {...(onPick ? { onPick: (at) => onPick([at.lon, at.lat]) } : {})} />;
}

/** Draws a ring, a line or a point: `value` and `onChange` as a field of a form. */
export function Sketch({ value = [], onChange, of, around, label }: { value?: Spot[]; onChange?: (next: Spot[]) => void; of: "ring" | "line" | "point"; around: Shape[]; label: string }) {
  const [typing, setTyping] = useState<string | null>(null);
  const wrong = typing !== null && parseSpots(typing) === null;
  const sketch: Shape = { id: "sketch", kind: "sketch", name: "", ...(of === "ring" ? { ring: value } : of === "line" ? { line: value } : value[0] ? { at: value[0], line: [value[0]] } : {}) };
  const pick = (at: Spot) => onChange?.(of === "point" ? [at] : [...value, at]);
  const read = (text: string) => {
    const found = parseSpots(text);
    setTyping(text);
    if (found) onChange?.(of === "point" ? found.slice(0, 1) : found);
  };
  return (
    <div className="waste-sketch">
      <GroundMap label={label} shapes={[...around, sketch]} onPick={pick} height={320} />
      <div className="waste-bar">
        <span className="quiet">{of === "point" ? "在地图上点一下位置。" : `在地图上依次点击${of === "ring" ? "边界的各个拐点" : "路线的各个拐点"}，已有 ${value.length} 个点。`}</span>
        <Button size="small" disabled={value.length === 0} onClick={() => { onChange?.(value.slice(0, -1)); setTyping(null); }}>撤销一点</Button>
        <Button size="small" disabled={value.length === 0} onClick={() => { onChange?.([]); setTyping(null); }}>清空</Button>
        <Button size="small" type="link" aria-expanded={typing !== null} onClick={() => setTyping(typing === null ? writeSpots(value) : null)}>{typing === null ? "填写坐标" : "收起坐标"}</Button>
      </div>
      {typing !== null && (
        <>
          <Input.TextArea aria-label={`${label}的坐标`} rows={4} value={typing} onChange={(event) => read(event.target.value)} placeholder={"每行一个点：经度, 纬度（WGS-84）\n121.001000, 30.701000"} {...(wrong ? { status: "error" as const } : {})} />
          {wrong && <p role="alert" className="waste-wrong">每行应为“经度, 纬度”两个数。</p>}
        </>
      )}
    </div>
  );
}
