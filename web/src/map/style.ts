/** How the base map looks: quiet, so that what is to be done stands out. */
import type { FeatureCollection, Position as Coordinates } from "geojson";
import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import { get } from "../api/client";
import type { MapSettings } from "../api/contract";

const light = {
  ground: "#eef2f5", land: "#fbfcfd", water: "#d8e6f2", green: "#e5efe4", built: "#f0f1f4", road: "#e2e6ec", roadEdge: "#d3d9e1", text: "#4c5a6b", halo: "#ffffff",
  township: "#a9b6c6", county: "#7f91a8", grid: "#cfd8e3", highlight: "#1456b8",
};
const dark = {
  ground: "#0a1523", land: "#0f1f33", water: "#0b2740", green: "#10283a", built: "#12253b", road: "#1d3552", roadEdge: "#1a304a", text: "#a9bdd6", halo: "#0a1523",
  township: "#2f5380", county: "#4a86c9", grid: "#1c3452", highlight: "#6aa5f5",
};
export type Palette = typeof light;
export const palette = (theme: "light" | "dark"): Palette => (theme === "dark" ? dark : light);

const empty: FeatureCollection = { type: "FeatureCollection", features: [] };

/** A map layer that the server does not have must not take the page down. */
async function collection(path: string, query?: object): Promise<FeatureCollection> {
  try {
    return await get<FeatureCollection>(path, query);
  } catch {
    return empty;
  }
}

const kept = new Map<string, Promise<FeatureCollection>>();
export function regions(level: string): Promise<FeatureCollection> {
  const found = kept.get(level) ?? collection("/map/regions.geojson", { level });
  kept.set(level, found);
  // An empty answer may be a server that was starting: ask again next time.
  void found.then((it) => { if (it.features.length === 0) kept.delete(level); });
  return found;
}

/** One label per region, at the middle of its largest ring; polygons cut by tiles would otherwise repeat their names. */
export function labelPoints(areas: FeatureCollection): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: areas.features.flatMap((feature) => {
      const geometry = feature.geometry;
      const rings: Coordinates[][] =
        geometry?.type === "Polygon" ? geometry.coordinates.slice(0, 1)
          : geometry?.type === "MultiPolygon" ? geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1)) : [];
      let best: { area: number; x: number; y: number } | null = null;
      for (const ring of rings) {
        const centre = centroid(ring);
        if (centre && (!best || centre.area > best.area)) best = centre;
      }
      return best ? [{ type: "Feature" as const, properties: feature.properties, geometry: { type: "Point" as const, coordinates: [best.x, best.y] } }] : [];
    }),
  };
}

function centroid(ring: Coordinates[]): { area: number; x: number; y: number } | null {
  let twice = 0, x = 0, y = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [x0 = 0, y0 = 0] = ring[i] ?? [];
    const [x1 = 0, y1 = 0] = ring[i + 1] ?? [];
    const cross = x0 * y1 - x1 * y0;
    twice += cross; x += (x0 + x1) * cross; y += (y0 + y1) * cross;
  }
  return twice === 0 ? null : { area: Math.abs(twice), x: x / (3 * twice), y: y / (3 * twice) };
}

const kindIn = (...kinds: string[]) => ["in", ["coalesce", ["get", "kind"], ["get", "class"], ["get", "level"], ""], ["literal", kinds]] as never;
const source = (data: FeatureCollection): SourceSpecification => ({ type: "geojson", data });

export async function cityStyle(settings: MapSettings, theme: "light" | "dark"): Promise<StyleSpecification> {
  const c = palette(theme);
  const offline = settings.base.kind === "offline";
  const [base, county, townships] = await Promise.all([
    offline ? collection("/map/base.geojson") : Promise.resolve(empty),
    regions("county"),
    regions("township"),
  ]);
  const sources: Record<string, SourceSpecification> = {
    county: source(county), townships: source(townships), "township-labels": source(labelPoints(townships)),
  };
  const layers: LayerSpecification[] = [{ id: "ground", type: "background", paint: { "background-color": c.ground } }];

  if (offline) {
    sources.base = source(base);
    layers.push(
      { id: "land-county", type: "fill", source: "county", paint: { "fill-color": c.land } },
      { id: "land-built", type: "fill", source: "base", filter: ["all", ["==", ["geometry-type"], "Polygon"], kindIn("built", "building", "urban", "town")], paint: { "fill-color": c.built } },
      { id: "land-green", type: "fill", source: "base", filter: ["all", ["==", ["geometry-type"], "Polygon"], kindIn("green", "park", "forest", "grass")], paint: { "fill-color": c.green } },
      { id: "water", type: "fill", source: "base", filter: ["all", ["==", ["geometry-type"], "Polygon"], kindIn("water", "sea", "lake", "river")], paint: { "fill-color": c.water } },
      { id: "water-line", type: "line", source: "base", filter: ["all", ["==", ["geometry-type"], "LineString"], kindIn("water", "river", "canal")], paint: { "line-color": c.water, "line-width": ["interpolate", ["linear"], ["zoom"], 9, 1.5, 14, 8] } },
      { id: "road-edge", type: "line", source: "base", filter: ["all", ["==", ["geometry-type"], "LineString"], kindIn("road", "street", "highway", "main", "trunk")], layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": c.roadEdge, "line-width": ["interpolate", ["linear"], ["zoom"], 9, 1.4, 14, 9] } },
      { id: "road", type: "line", source: "base", filter: ["all", ["==", ["geometry-type"], "LineString"], kindIn("road", "street", "highway", "main", "trunk")], layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": theme === "dark" ? c.road : "#ffffff", "line-width": ["interpolate", ["linear"], ["zoom"], 9, 0.8, 14, 7] } },
      { id: "neighbours", type: "line", source: "base", filter: kindIn("neighbour", "neighbor", "boundary", "county"), paint: { "line-color": c.roadEdge, "line-width": 1 } },
    );
  } else if (settings.base.kind === "pmtiles" && settings.base.url) {
    await pmtiles(settings.base.url, sources, layers, c);
  } else if (settings.base.url) {
    // A WMTS address is given with its {z}, {x} and {y} in the places of TileMatrix, TileCol and TileRow.
    sources.base = { type: "raster", tiles: [settings.base.url], tileSize: settings.base.tile_size ?? 256 };
    layers.push({ id: "base", type: "raster", source: "base", paint: theme === "dark" ? { "raster-brightness-max": 0.35, "raster-saturation": -0.6 } : {} });
  }

  layers.push(
    { id: "township-lines", type: "line", source: "townships", paint: { "line-color": c.township, "line-width": 1, "line-dasharray": [3, 2] } },
    { id: "county-line", type: "line", source: "county", paint: { "line-color": c.county, "line-width": 1.8 } },
  );
  return { version: 8, sources, layers };
}

async function pmtiles(url: string, sources: Record<string, SourceSpecification>, layers: LayerSpecification[], c: Palette): Promise<void> {
  const [{ PMTiles, Protocol, TileType }, maplibre] = await Promise.all([import("pmtiles"), import("maplibre-gl")]);
  const absolute = new URL(url, location.origin).href;
  const archive = new PMTiles(absolute);
  const protocol = new Protocol();
  protocol.add(archive);
  maplibre.addProtocol("pmtiles", protocol.tile);
  const header = await archive.getHeader();
  if (header.tileType === TileType.Mvt) {
    sources.base = { type: "vector", url: `pmtiles://${absolute}` };
    layers.push(
      { id: "land-green", type: "fill", source: "base", "source-layer": "landuse", paint: { "fill-color": c.green } },
      { id: "water", type: "fill", source: "base", "source-layer": "water", paint: { "fill-color": c.water } },
      { id: "road", type: "line", source: "base", "source-layer": "roads", paint: { "line-color": c.roadEdge, "line-width": ["interpolate", ["linear"], ["zoom"], 8, 0.6, 16, 6] } },
      { id: "buildings", type: "fill", source: "base", "source-layer": "buildings", minzoom: 14, paint: { "fill-color": c.built } },
    );
  } else {
    sources.base = { type: "raster", url: `pmtiles://${absolute}`, tileSize: 256 };
    layers.push({ id: "base", type: "raster", source: "base" });
  }
}

export const labelLayer = (id: string, from: string, theme: "light" | "dark", minzoom: number, size: number): LayerSpecification => ({
  id, type: "symbol", source: from, minzoom,
  layout: { "text-field": ["get", "name"], "text-size": size, "text-font": ["local"], "text-padding": 4 },
  paint: { "text-color": palette(theme).text, "text-halo-color": palette(theme).halo, "text-halo-width": 1.4 },
});

