/** The map itself. Only `CityMap` loads this file. */
import { useEffect, useRef, useState } from "react";
import { LngLatBounds, Map as MapLibre, Marker, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { MapSettings } from "../api/contract";
import { readMapSettings } from "../api/public";
import { drawMark } from "./marks";
import { cityStyle, labelLayer, labelPoints, palette, regions } from "./style";
import type { CityMapProps, MapPoint } from "./types";

// The worker is a file of our own origin, so that the content security policy needs no blob: or inline script.
setWorkerUrl(workerUrl);

let known: Promise<MapSettings> | null = null;
function settings(): Promise<MapSettings> {
  known ??= readMapSettings().catch((error: unknown) => { known = null; throw error; });
  return known;
}

const pin = `<svg viewBox="0 0 28 36" width="28" height="36" aria-hidden="true"><path d="M14 35S2 22.6 2 13.6a12 12 0 0 1 24 0C26 22.6 14 35 14 35z" fill="#1456b8" stroke="#fff" stroke-width="2"/><circle cx="14" cy="13.5" r="4.6" fill="#fff"/></svg>`;
const lightKeys = ["green", "yellow", "red", "none"] as const;

const collect = (points: MapPoint[], selected: string | null | undefined) => ({
  type: "FeatureCollection" as const,
  features: points.map((point) => ({
    type: "Feature" as const,
    properties: { id: point.id, light: point.light ?? "none", label: point.label ?? "", selected: point.id === selected },
    geometry: { type: "Point" as const, coordinates: [point.position.lon, point.position.lat] },
  })),
});

export default function MapView(props: CityMapProps) {
  const { points = [], selected, picked, theme = "light", cluster = false, grids = false, highlight, follow = "points", onMap } = props;
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre | null>(null);
  const mark = useRef<Marker | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const fitted = useRef("");
  const [ready, setReady] = useState(false);
  const [source, setSource] = useState<string>("");
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    let gone = false;
    let resize: ResizeObserver | undefined;
    void (async () => {
      try {
        const found = await settings();
        const style = await cityStyle(found, theme);
        if (gone || !box.current) return;
        const view = new MapLibre({
          container: box.current, style, bounds: found.bounds, fitBoundsOptions: { padding: 16 }, attributionControl: false,
          localIdeographFontFamily: '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif',
          maxZoom: 18, minZoom: 6, dragRotate: false, pitchWithRotate: false, fadeDuration: 0, locale: chinese,
        });
        map.current = view;
        view.touchZoomRotate.disableRotation();
        view.keyboard.enable();
        view.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
        view.addControl(new ScaleControl({ maxWidth: 80, unit: "metric" }), "bottom-right");
        setSource([found.provider, found.approval_number ? `审图号：${found.approval_number}` : found.demo_only ? "仅供演示，未经审图" : ""].filter(Boolean).join(" · "));
        view.getCanvas().setAttribute("aria-label", latest.current.label);
        // Not "load": that waits until the last part of the base is drawn, and what is to be done must not wait for the scenery.
        view.once("style.load", () => {
          if (gone) return;
          dress(view, theme, cluster);
          setReady(true);
        });
        view.on("click", (event) => {
          const hit = view.queryRenderedFeatures(event.point, { layers: ["points", "clusters"].filter((id) => view.getLayer(id)) })[0];
          if (hit?.properties.cluster) {
            const of = view.getSource<GeoJSONSource>("points");
            void of?.getClusterExpansionZoom(Number(hit.properties.cluster_id)).then((zoom) => view.easeTo({ center: event.lngLat, zoom }));
          } else if (hit && latest.current.onSelect) {
            latest.current.onSelect(String(hit.properties.id));
          } else {
            latest.current.onPick?.({ lon: event.lngLat.lng, lat: event.lngLat.lat });
          }
        });
        for (const layer of ["points", "clusters"]) {
          view.on("mouseenter", layer, () => { view.getCanvas().style.cursor = "pointer"; });
          view.on("mouseleave", layer, () => { view.getCanvas().style.cursor = latest.current.onPick ? "crosshair" : ""; });
        }
        view.on("moveend", (event) => {
          // Only what the person did: moving the view ourselves answers nothing.
          if ((event as { originalEvent?: unknown }).originalEvent) {
            const middle = view.getCenter();
            latest.current.onCentre?.({ lon: middle.lng, lat: middle.lat });
          }
        });
        resize = new ResizeObserver(() => view.resize());
        resize.observe(box.current);
      } catch {
        if (!gone) setFailure("地图暂时无法载入，其他功能不受影响。");
      }
    })();
    return () => {
      gone = true;
      resize?.disconnect();
      map.current?.remove();
      map.current = null;
      mark.current = null;
      fitted.current = "";
      setReady(false);
    };
  }, [theme, cluster]);

  useEffect(() => {
    const view = map.current;
    if (!ready || !view) return;
    view.getSource<GeoJSONSource>("points")?.setData(collect(points, selected));
    view.getCanvas().style.cursor = latest.current.onPick ? "crosshair" : "";
  }, [ready, points, selected]);

  useEffect(() => {
    const view = map.current;
    if (!ready || !view || follow === "city") return;
    const chosen = picked ?? points.find((it) => it.id === selected)?.position;
    if (chosen && (follow === "selected" || picked)) {
      const key = `${chosen.lon},${chosen.lat}`;
      if (fitted.current === key) return;
      fitted.current = key;
      const centre: [number, number] = [chosen.lon, chosen.lat];
      view.easeTo({ center: centre, zoom: Math.max(view.getZoom(), 13.5), duration: calm() ? 0 : 450 });
    } else if (follow === "points" && points.length > 0) {
      const key = points.map((it) => it.id).join();
      if (fitted.current === key) return;
      fitted.current = key;
      const bounds = new LngLatBounds();
      for (const it of points) bounds.extend([it.position.lon, it.position.lat]);
      view.fitBounds(bounds, { padding: 48, maxZoom: 14, duration: calm() ? 0 : 450 });
    }
  }, [ready, points, selected, picked, follow]);

  useEffect(() => {
    const view = map.current;
    if (!ready || !view) return;
    if (!picked) { mark.current?.remove(); mark.current = null; return; }
    if (!mark.current) {
      const element = document.createElement("div");
      element.className = "city-map-pin";
      element.innerHTML = pin;
      mark.current = new Marker({ element, anchor: "bottom" });
      mark.current.setLngLat([picked.lon, picked.lat]).addTo(view);
    } else mark.current.setLngLat([picked.lon, picked.lat]);
  }, [ready, picked]);

  useEffect(() => {
    const view = map.current;
    if (!ready || !view || !grids) return;
    let gone = false;
    void regions("grid").then((data) => {
      if (gone || !map.current || view.getSource("grids")) return;
      const c = palette(theme);
      view.addSource("grids", { type: "geojson", data });
      view.addSource("grid-labels", { type: "geojson", data: labelPoints(data) });
      view.addLayer({ id: "grid-fill", type: "fill", source: "grids", paint: { "fill-color": c.highlight, "fill-opacity": 0 } }, "township-lines");
      view.addLayer({ id: "grid-lines", type: "line", source: "grids", paint: { "line-color": c.grid, "line-width": 1 } }, "township-lines");
      view.addLayer(labelLayer("grid-names", "grid-labels", theme, 12.2, 11), "township-names");
    });
    return () => { gone = true; };
  }, [ready, grids, theme]);

  useEffect(() => {
    const view = map.current;
    if (!ready || !view) return;
    view.setFilter("highlight", ["==", ["get", "code"], highlight ?? ""]);
    view.setFilter("highlight-line", ["==", ["get", "code"], highlight ?? ""]);
    if (!highlight) return;
    const level = { 6: "county", 9: "township", 12: "community", 15: "grid" }[highlight.length] ?? "grid";
    let gone = false;
    void regions(level).then((data) => {
      if (gone || !map.current) return;
      const only = { ...data, features: data.features.filter((it) => it.properties?.code === highlight) };
      view.getSource<GeoJSONSource>("highlight")?.setData(only);
      const bounds = new LngLatBounds();
      for (const it of only.features) walk((it.geometry as { coordinates?: unknown }).coordinates, (lon, lat) => bounds.extend([lon, lat]));
      if (!bounds.isEmpty()) view.fitBounds(bounds, { padding: 40, maxZoom: 14.5, duration: calm() ? 0 : 450 });
    });
    return () => { gone = true; };
  }, [ready, highlight]);

  useEffect(() => {
    const view = map.current;
    return ready && view ? onMap?.(view) : undefined;
  }, [ready, onMap]);

  return (
    <>
      <div ref={box} className="city-map-canvas" data-ready={ready} />
      {failure && <div className="city-map-note" role="note">{failure}</div>}
      {source && <div className="city-map-source">{source}</div>}
    </>
  );
}

/** Sources and layers of our own, above the base. */
function dress(view: MapLibre, theme: "light" | "dark", cluster: boolean) {
  const c = palette(theme);
  const ring = theme === "dark" ? "#0a1523" : "#ffffff";
  for (const key of lightKeys) {
    const image = drawMark(key, ring);
    if (image) view.addImage(`mark-${key}`, image, { pixelRatio: 2 });
  }
  view.addSource("highlight", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  view.addLayer({ id: "highlight", type: "fill", source: "highlight", paint: { "fill-color": c.highlight, "fill-opacity": 0.14 } });
  view.addLayer({ id: "highlight-line", type: "line", source: "highlight", paint: { "line-color": c.highlight, "line-width": 2.2 } });
  view.addLayer(labelLayer("township-names", "township-labels", theme, 8.5, 12.5));
  view.addSource("points", { type: "geojson", data: { type: "FeatureCollection", features: [] }, ...(cluster ? { cluster: true, clusterRadius: 42, clusterMaxZoom: 13 } : {}) });
  view.addLayer({ id: "halo", type: "circle", source: "points", filter: ["==", ["get", "selected"], true], paint: { "circle-radius": 17, "circle-color": c.highlight, "circle-opacity": 0.22, "circle-stroke-width": 2, "circle-stroke-color": c.highlight } });
  view.addLayer({ id: "clusters", type: "circle", source: "points", filter: ["has", "point_count"], paint: { "circle-color": c.highlight, "circle-opacity": 0.88, "circle-stroke-width": 2, "circle-stroke-color": ring, "circle-radius": ["step", ["get", "point_count"], 13, 20, 17, 100, 22] } });
  view.addLayer({ id: "cluster-count", type: "symbol", source: "points", filter: ["has", "point_count"], layout: { "text-field": ["get", "point_count_abbreviated"], "text-size": 12, "text-font": ["local"], "text-allow-overlap": true }, paint: { "text-color": theme === "dark" ? "#06101d" : "#ffffff" } });
  view.addLayer({ id: "points", type: "symbol", source: "points", filter: ["!", ["has", "point_count"]], layout: { "icon-image": ["concat", "mark-", ["get", "light"]], "icon-size": ["case", ["get", "selected"], 1.15, 0.9], "icon-allow-overlap": true, "icon-ignore-placement": true, "symbol-sort-key": ["match", ["get", "light"], "red", 3, "yellow", 2, 1] } });
}

function walk(coordinates: unknown, each: (lon: number, lat: number) => void) {
  if (!Array.isArray(coordinates)) return;
  if (typeof coordinates[0] === "number") each(coordinates[0], Number(coordinates[1]));
  else for (const inner of coordinates) walk(inner, each);
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

const chinese = {
  "NavigationControl.ZoomIn": "放大", "NavigationControl.ZoomOut": "缩小", "Map.Title": "地图",
  "ScaleControl.Meters": "米", "ScaleControl.Kilometers": "公里",
};
