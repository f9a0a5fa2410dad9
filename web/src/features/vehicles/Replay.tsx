/** One day of a vehicle played on the map (轨迹回放): its way, a timeline with what happened, speed, keyboard. */
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { CloseOutlined, PauseOutlined, CaretRightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Segmented } from "antd";
import dayjs from "dayjs";
import { useEffect, useMemo, useRef, useState } from "react";
import { readTrack, type VehicleJourney } from "../../api/vehicles";
import { now as serverNow } from "../../format/clock";
import { useKeys } from "../shell/keys";
import { Empty, Failure, Loading } from "../shell/Page";
import { drawVehicle } from "./marks";
import { indexAt, marks, placeAt, placed, speeds, type Mark } from "./replay";
import { clock } from "./VehiclePanel";
import { bodyWords } from "./words";

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const words: Record<Mark["kind"], string> = { stop: "停", silence: "断", jump: "跳", alarm: "警", tipper: "举", lid: "盖" };

interface Props { id: number; day: string | undefined; map: MapLibre | null; setDay: (day: string) => void; close: () => void }

export function Replay({ id, day: asked, map, setDay, close }: Props) {
  const day = asked ?? today();
  const query = useQuery({ queryKey: ["vehicle-track", id, day], queryFn: ({ signal }) => readTrack(id, day, signal), staleTime: 60_000 });
  const points = useMemo(() => (query.data ? placed(query.data) : []), [query.data]);
  const happened = useMemo(() => (query.data ? marks(query.data) : []), [query.data]);
  const silence = query.data?.journey.thresholds.silence_seconds ?? 600;
  const first = points[0]?.at ?? 0;
  const last = points[points.length - 1]?.at ?? 0;
  const [moment, setMoment] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(60);
  const at = moment === 0 ? first : moment;

  useEffect(() => { setMoment(0); setPlaying(false); }, [query.data]);
  const course = useRef({ at, speed, last });
  course.current = { at, speed, last };
  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    let before = performance.now();
    const step = (time: number) => {
      // Some twenty pictures a second are enough for a truck.
      if (time - before >= 45) {
        const next = Math.min(course.current.last, course.current.at + (time - before) * course.current.speed);
        before = time;
        setMoment(next);
        if (next >= course.current.last) { setPlaying(false); return; }
      }
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [playing]);

  useTrackLayer(map, points, query.data?.journey, happened, silence);
  const here = placeAt(points, at, silence);
  useEffect(() => {
    if (!map || !here || !map.getSource("replay-here")) return;
    const direction = points[here.index]?.point.direction ?? 0;
    void map.getSource<GeoJSONSource>("replay-here")?.setData({ type: "Feature", properties: { direction }, geometry: { type: "Point", coordinates: [here.lon, here.lat] } });
  });

  const play = () => { if (points.length > 1) { if (at >= last) setMoment(first); setPlaying(!playing); } };
  const seek = (to: number) => setMoment(Math.min(last, Math.max(first, to)));
  useKeys({ " ": play, ArrowLeft: () => seek(at - 60_000), ArrowRight: () => seek(at + 60_000), Home: () => seek(first), End: () => seek(last) });

  const point = here ? points[here.index]?.point : undefined;
  const current = indexAt(happened, at);
  return (
    <section className="replay" aria-label="轨迹回放">
      <header>
        <b>{query.data?.plate}</b>
        <DatePicker aria-label="回放日期" allowClear={false} size="small" value={dayjs(day)} maxDate={dayjs(Math.max(serverNow(), Date.now()))} onChange={(it: dayjs.Dayjs | null) => { if (it) setDay(it.format("YYYY-MM-DD")); }} />
        {query.data && <span className="quiet">{query.data.journey.km.toFixed(1)} 公里 · {points.length} 个点{query.data.cut && "（未全部取回）"}</span>}
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label="结束回放" onClick={close} />
      </header>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : !query.data ? <Loading rows={2} /> : points.length === 0 ? <Empty title="这一天没有轨迹">换一天再看；轨迹保留 400 天。</Empty> : (
        <>
          <div className="replay-controls">
            <Button type="primary" shape="circle" icon={playing ? <PauseOutlined /> : <CaretRightOutlined />} aria-label={playing ? "暂停" : "播放"} onClick={play} />
            <Segmented aria-label="速度" value={speed} onChange={setSpeed} options={speeds.map((it) => ({ value: it, label: `${it} 倍` }))} />
            <output aria-live="off"><b>{clock(at)}</b> {here?.silent ? "无信号" : `${(point?.speed ?? 0).toFixed(0)} 公里/小时`} <span className="quiet">{point ? bodyWords(point) : ""}</span></output>
          </div>
          <div className="timeline">
            <div className="timeline-marks" aria-hidden="true">
              {happened.map((it, index) => <i key={`${it.kind}-${it.at}-${index}`} className={`mark-${it.kind}`} style={{ left: `${share(it.at)}%`, width: it.to ? `${Math.max(0.4, share(it.to) - share(it.at))}%` : undefined }} />)}
            </div>
            <input type="range" aria-label="时间" aria-valuetext={clock(at)} min={first} max={last} step={1000} value={at} onChange={(event) => { setPlaying(false); setMoment(Number(event.target.value)); }} />
          </div>
          <ol className="replay-events" aria-label="当日事件">
            {happened.length === 0 && <li className="quiet">当日没有停留、无信号和报警。</li>}
            {happened.map((it, index) => <li key={`${it.kind}-${it.at}-${index}`}><button type="button" className={index === current ? "now" : ""} onClick={() => seek(it.at)}><i className={`mark-${it.kind}`} aria-hidden="true">{words[it.kind]}</i><time>{clock(it.at)}</time>{it.words}</button></li>)}
          </ol>
        </>
      )}
    </section>
  );
  function share(moment: number): number { return last > first ? Math.min(100, Math.max(0, ((moment - first) / (last - first)) * 100)) : 0; }
}

/** The way, its stops and the place now, as layers of the map for as long as the day is played. */
function useTrackLayer(map: MapLibre | null, points: ReturnType<typeof placed>, journey: VehicleJourney | undefined, happened: Mark[], silence: number) {
  useEffect(() => {
    if (!map || points.length === 0) return;
    // A way stops where the vehicle fell silent, or leapt.
    const lines: [number, number][][] = [[]];
    const leaps = new Set((journey?.jumps ?? []).map((it) => Date.parse(it.from)));
    points.forEach((it, index) => {
      const before = points[index - 1];
      if (before && (it.at - before.at >= silence * 1000 || leaps.has(before.at))) lines.push([]);
      lines[lines.length - 1]?.push([it.lon, it.lat]);
    });
    const image = drawVehicle("loaded");
    if (image && !map.hasImage("replay")) map.addImage("replay", image, { pixelRatio: 2 });
    map.addSource("replay-way", { type: "geojson", data: { type: "FeatureCollection", features: lines.filter((it) => it.length > 1).map((coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } })) } });
    map.addSource("replay-marks", { type: "geojson", data: { type: "FeatureCollection", features: happened.flatMap((it) => (it.lon === undefined || it.lat === undefined ? [] : [{ type: "Feature" as const, properties: { kind: it.kind }, geometry: { type: "Point" as const, coordinates: [it.lon, it.lat] } }])) } });
    const start = points[0] as { lon: number; lat: number };
    map.addSource("replay-here", { type: "geojson", data: { type: "Feature", properties: { direction: 0 }, geometry: { type: "Point", coordinates: [start.lon, start.lat] } } });
    map.addLayer({ id: "replay-way", type: "line", source: "replay-way", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": "#1456b8", "line-width": 3.5, "line-opacity": 0.75 } });
    map.addLayer({ id: "replay-marks", type: "circle", source: "replay-marks", paint: { "circle-radius": 6, "circle-color": ["match", ["get", "kind"], "stop", "#647082", "#ffffff"], "circle-stroke-width": 2, "circle-stroke-color": ["match", ["get", "kind"], "stop", "#ffffff", "#d92d20"] } });
    map.addLayer({ id: "replay-here", type: "symbol", source: "replay-here", layout: { "icon-image": "replay", "icon-rotate": ["get", "direction"], "icon-rotation-alignment": "map", "icon-allow-overlap": true, "icon-ignore-placement": true } });
    const [west, east] = [Math.min(...extent(points, "lon")), Math.max(...extent(points, "lon"))];
    const [south, north] = [Math.min(...extent(points, "lat")), Math.max(...extent(points, "lat"))];
    map.fitBounds([[west, south], [east, north]], { padding: { top: 40, left: 40, right: 40, bottom: Math.min(260, map.getContainer().clientHeight / 2) }, maxZoom: 15, duration: 0 });
    return () => {
      try {
        for (const layer of ["replay-way", "replay-marks", "replay-here"]) {
          if (map.getLayer(layer)) map.removeLayer(layer);
          if (map.getSource(layer)) map.removeSource(layer);
        }
      } catch {
        // The map was taken off the page before its layers were: they are gone with it.
      }
    };
  }, [map, points, journey, happened, silence]);
}

/** The least and the greatest, without spreading a hundred thousand numbers over a call. */
function extent(points: ReturnType<typeof placed>, side: "lon" | "lat"): [number, number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const it of points) { least = Math.min(least, it[side]); greatest = Math.max(greatest, it[side]); }
  return [least, greatest];
}
