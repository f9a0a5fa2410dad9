/**
 * What was reported lately, without anything of the persons who reported: a small drawn map at once, the large one when asked.
 *
 * The drawn map is plain SVG, so that the first page needs no map program.
 */
import { useEffect, useMemo, useState } from "react";
import type { FeatureCollection } from "geojson";
import type { MapSettings, PublicRecent } from "../../api/contract";
import { listPublicRecent, readMapSettings } from "../../api/public";
import { now } from "../../format/clock";
import { SimulatedTag } from "../../components/StateTag";
import { ago } from "../../format/time";
import { CityMap } from "../../map/CityMap";
import { labelPoints, regions } from "../../map/style";
import { Busy, Notice } from "../../street/controls";
import { Icon } from "../../street/Icon";

export function Recent() {
  const [items, setItems] = useState<PublicRecent[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [large, setLarge] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const read = () => listPublicRecent(stop.signal).then(
      (page) => { setItems(page.items); setFailed(false); },
      () => { if (!stop.signal.aborted) setFailed(true); },
    );
    void read();
    const timer = setInterval(() => { if (document.visibilityState === "visible") void read(); }, 60_000);
    return () => { stop.abort(); clearInterval(timer); };
  }, [attempt]);
  const points = useMemo(() => (items ?? []).map((it, index) => ({ id: String(index), position: it.position, light: null, label: it.class_name ?? "" })), [items]);

  return (
    <section aria-labelledby="recent" className="recent">
      <div className="section-head">
        <div><h2 id="recent">大家最近报的</h2><p className="muted">只显示大致位置和类别，不含上报人的任何信息。</p></div>
        <button type="button" className="button button-small" aria-pressed={large} onClick={() => setLarge(!large)}><Icon name="map" size={20} />{large ? "收起地图" : "看大地图"}</button>
      </div>
      <div className="recent-body">
        <div className="recent-map">
          {large
            ? <CityMap label="最近上报的大致位置" points={points} selected={chosen === null ? null : String(chosen)} onSelect={(id) => setChosen(Number(id))} cluster />
            : <Sketch items={items ?? []} chosen={chosen} />}
        </div>
        <div className="recent-list">
          {items === null && !failed && <Busy words="正在读取…" />}
          {failed && items === null && (
            <Notice kind="warn" live><span>暂时读不到最近的上报，不影响您上报。</span><button type="button" className="button button-small" onClick={() => setAttempt(attempt + 1)}>再试一次</button></Notice>
          )}
          {items?.length === 0 && <Notice>还没有公开的上报。您报的问题受理后，会以大致位置出现在这里。</Notice>}
          {items && items.length > 0 && (
            <ul>
              {items.slice(0, 7).map((it, index) => (
                <li key={`${it.reported_at}-${index}`}>
                  <button type="button" aria-pressed={chosen === index} onClick={() => setChosen(chosen === index ? null : index)}>
                    <span className="recent-what">{it.class_name ?? "待分类"}</span>
                    <span className="recent-state">{it.state_label}</span>
                    <span className="muted small">{[it.township_name, ago(it.reported_at, now())].filter(Boolean).join(" · ")} {it.simulated && <SimulatedTag />}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </section>
  );
}

const WIDE = 640;

function Sketch({ items, chosen }: { items: PublicRecent[]; chosen: number | null }) {
  const [land, setLand] = useState<FeatureCollection | null>(null);
  const [about, setAbout] = useState<MapSettings | null>(null);
  useEffect(() => {
    let gone = false;
    // The page itself comes first; its map may come a moment later.
    const later = setTimeout(() => {
      void regions("township").then((it) => { if (!gone) setLand(it); });
      void readMapSettings().then((it) => { if (!gone) setAbout(it); }, () => undefined);
    }, 300);
    return () => { gone = true; clearTimeout(later); };
  }, []);
  const drawn = useMemo(() => (land && land.features.length > 0 ? draw(land) : null), [land]);
  if (!drawn) return <div className="sketch-wait" aria-hidden="true" />;
  const dots = items.map((it, index) => ({ index, spot: drawn.place(it.position.lon, it.position.lat) })).filter(({ spot }) => spot[0] > 0 && spot[0] < WIDE && spot[1] > 0 && spot[1] < drawn.high);
  return (
    <figure className="sketch">
      <svg viewBox={`0 0 ${WIDE} ${drawn.high}`} role="img" aria-label={`示意地图：${items.length} 件最近上报的大致位置`}>
        {drawn.paths.map((d, index) => <path key={index} d={d} />)}
        {dots.map(({ index, spot }) => <circle key={index} cx={spot[0]} cy={spot[1]} r={chosen === index ? 11 : 6} className={chosen === index ? "chosen" : undefined} />)}
        {drawn.labels.map((it) => <text key={it.name} x={it.x} y={it.y} textAnchor="middle">{it.name}</text>)}
      </svg>
      <figcaption>{[about?.provider, about?.approval_number ? `审图号：${about.approval_number}` : about?.demo_only ? "仅供演示，未经审图" : ""].filter(Boolean).join(" · ")}</figcaption>
    </figure>
  );
}

interface Drawn { high: number; paths: string[]; labels: { name: string; x: number; y: number }[]; place: (lon: number, lat: number) => [number, number] }

/** Equirectangular around the middle latitude: right enough for one county. */
function draw(land: FeatureCollection): Drawn {
  let west = 180, east = -180, south = 90, north = -90;
  const rings: [number, number][][][] = land.features.map((feature) => {
    const geometry = feature.geometry;
    const found = geometry?.type === "Polygon" ? geometry.coordinates : geometry?.type === "MultiPolygon" ? geometry.coordinates.flat() : [];
    return found as [number, number][][];
  });
  for (const [lon, lat] of rings.flat(2)) {
    west = Math.min(west, lon); east = Math.max(east, lon); south = Math.min(south, lat); north = Math.max(north, lat);
  }
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (WIDE - 24) / ((east - west) * narrow);
  const place = (lon: number, lat: number): [number, number] => [round(12 + (lon - west) * narrow * scale), round(12 + (north - lat) * scale)];
  return {
    high: Math.ceil((north - south) * scale + 24),
    place,
    paths: rings.map((feature) => feature.map((ring) => {
      let last = "";
      const spots = ring.map(([lon, lat]) => place(lon, lat).join(" ")).filter((it) => it !== last && ((last = it), true));
      return `M${spots.join("L")}Z`;
    }).join("")),
    labels: labelPoints(land).features.map((it) => {
      const [lon = 0, lat = 0] = (it.geometry as { coordinates: number[] }).coordinates;
      const [x, y] = place(lon, lat);
      return { name: String(it.properties?.name ?? ""), x, y };
    }),
  };
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;
