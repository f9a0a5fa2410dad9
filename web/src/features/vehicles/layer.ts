/** Vehicles on the map: thousands of marks in one source, which glide from where they were to where they are. */
import type { GeoJSONSource, Map as MapLibre, MapLayerMouseEvent } from "maplibre-gl";
import type { VehiclePosition, VehicleState } from "../../api/vehicles";
import { drawVehicle } from "./marks";
import { states } from "./words";

/** How long a mark glides: a little less than lies between two answers. */
const GLIDE = 2_600;
/** Pictures a second while marks glide, and how many may; more go to their places at once. */
const PICTURE = 110;
const MOST_GLIDING = 3_000;
/** Further than this a vehicle did not drive between two answers, in degrees; it is drawn where it is. */
const LEAP = 0.01;

interface Shown { lon: number; lat: number; fromLon: number; fromLat: number; toLon: number; toLat: number; direction: number; state: VehicleState; plate: string }

/** Where a mark is a share of its way. */
export function glide(it: Pick<Shown, "fromLon" | "fromLat" | "toLon" | "toLat">, share: number): [number, number] {
  const part = Math.min(1, Math.max(0, share));
  return [it.fromLon + (it.toLon - it.fromLon) * part, it.fromLat + (it.toLat - it.fromLat) * part];
}

export class VehicleLayer {
  private shown = new Map<number, Shown>();
  private frame = 0;
  private began = 0;
  private drawn = 0;
  private selected: number | null = null;
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  constructor(private readonly map: MapLibre, private readonly onSelect: (id: number) => void) {
    for (const state of states) {
      const image = drawVehicle(state);
      if (image && !map.hasImage(`vehicle-${state}`)) map.addImage(`vehicle-${state}`, image, { pixelRatio: 2 });
    }
    map.addSource("vehicles", { type: "geojson", data: { type: "FeatureCollection", features: [] }, buffer: 32, tolerance: 0 });
    map.addLayer({ id: "vehicle-halo", type: "circle", source: "vehicles", filter: ["==", ["get", "id"], -1], paint: { "circle-radius": 18, "circle-color": "#1456b8", "circle-opacity": 0.18, "circle-stroke-width": 2, "circle-stroke-color": "#1456b8" } });
    map.addLayer({
      id: "vehicles", type: "symbol", source: "vehicles",
      layout: {
        "icon-image": ["concat", "vehicle-", ["get", "state"]], "icon-rotate": ["get", "direction"], "icon-rotation-alignment": "map", "icon-allow-overlap": true, "icon-ignore-placement": true,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 9, 0.62, 13, 0.95], "symbol-sort-key": ["match", ["get", "state"], "alarm", 3, "loaded", 2, "moving", 1, 0],
      },
    });
    map.addLayer({
      id: "vehicle-plates", type: "symbol", source: "vehicles", minzoom: 12.5,
      layout: { "text-field": ["get", "plate"], "text-size": 11, "text-font": ["local"], "text-offset": [0, 1.3], "text-anchor": "top", "text-optional": true },
      paint: { "text-color": "#16202e", "text-halo-color": "#ffffff", "text-halo-width": 1.4 },
    });
    map.on("click", "vehicles", this.click);
    map.on("mouseenter", "vehicles", this.point);
    map.on("mouseleave", "vehicles", this.leave);
    map.on("idle", this.tell);
  }

  private click = (event: MapLayerMouseEvent) => {
    const id = event.features?.[0]?.properties.id as number | undefined;
    if (id !== undefined) this.onSelect(id);
  };
  private point = () => { this.map.getCanvas().style.cursor = "pointer"; };
  private leave = () => { this.map.getCanvas().style.cursor = ""; };
  /** How many marks the map has really drawn, for those who test it. */
  private tell = () => { this.map.getContainer().dataset.vehicles = String(new Set(this.map.queryRenderedFeatures({ layers: ["vehicles"] }).map((it) => it.properties.id as number)).size); };

  /** The vehicles as they are now. */
  update(vehicles: Iterable<VehiclePosition>, stateOf: (it: VehiclePosition) => VehicleState): void {
    const seen = new Set<number>();
    let moved = 0;
    for (const it of vehicles) {
      const { lon, lat, direction } = it.point;
      if (lon === undefined || lon === null || lat === undefined || lat === null) continue;
      seen.add(it.id);
      const before = this.shown.get(it.id);
      const far = !before || Math.abs(before.lon - lon) + Math.abs(before.lat - lat) > LEAP;
      const [fromLon, fromLat] = far ? [lon, lat] : [before.lon, before.lat];
      if (fromLon !== lon || fromLat !== lat) moved += 1;
      this.shown.set(it.id, { lon: fromLon, lat: fromLat, fromLon, fromLat, toLon: lon, toLat: lat, direction, state: stateOf(it), plate: it.plate });
    }
    for (const id of this.shown.keys()) if (!seen.has(id)) this.shown.delete(id);
    cancelAnimationFrame(this.frame);
    if (this.calm || moved === 0 || moved > MOST_GLIDING) return this.draw(1);
    this.began = performance.now();
    this.drawn = 0;
    this.step(this.began);
  }

  private step = (time: number) => {
    const share = (time - this.began) / GLIDE;
    if (time - this.drawn >= PICTURE || share >= 1) { this.drawn = time; this.draw(share); }
    if (share < 1) this.frame = requestAnimationFrame(this.step);
  };

  private draw(share: number): void {
    const features = [...this.shown].map(([id, it]) => {
      [it.lon, it.lat] = glide(it, share);
      return { type: "Feature" as const, properties: { id, state: it.state, direction: it.state === "stopped" || it.state === "dark" ? 0 : it.direction, plate: it.plate }, geometry: { type: "Point" as const, coordinates: [it.lon, it.lat] } };
    });
    void this.map.getSource<GeoJSONSource>("vehicles")?.setData({ type: "FeatureCollection", features });
  }

  /** Marks one vehicle; with `follow` the view goes to it. */
  select(id: number | null, follow: boolean): void {
    if (id === this.selected) return;
    this.selected = id;
    this.map.setFilter("vehicle-halo", ["==", ["get", "id"], id ?? -1]);
    const it = id === null ? undefined : this.shown.get(id);
    if (it && follow) this.map.easeTo({ center: [it.toLon, it.toLat], zoom: Math.max(this.map.getZoom(), 12.5), duration: this.calm ? 0 : 450 });
  }

  /** Hides them while one day is played. */
  show(visible: boolean): void {
    for (const layer of ["vehicles", "vehicle-halo", "vehicle-plates"]) this.map.setLayoutProperty(layer, "visibility", visible ? "visible" : "none");
  }

  /** Takes the layer off a map that stays. */
  end(): void {
    cancelAnimationFrame(this.frame);
    this.map.off("click", "vehicles", this.click);
    this.map.off("mouseenter", "vehicles", this.point);
    this.map.off("mouseleave", "vehicles", this.leave);
    this.map.off("idle", this.tell);
  }
}
