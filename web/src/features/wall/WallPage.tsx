/** The wall (大屏): one map, what is red now, and who is on it. Comes back by itself after any interruption. */
import { FullscreenExitOutlined, FullscreenOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { get } from "../../api/client";
import { listLeads } from "../../api/leads";
import type { LeadRow, Wall } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { connect, disconnect, onConnection, onEvent } from "../../api/events";
import { Lamp } from "../../components/Light";
import { now, setServerTime, useNow } from "../../format/clock";
import { ago, localTime, remaining } from "../../format/time";
import { stateWords } from "../../format/words";
import { CityMap, type MapPoint } from "../../map/CityMap";
import { useConnection } from "../shell/live";
import { WallVehicles } from "./WallVehicles";
import "./wall.css";

const HoursChart = lazy(() => import("./HoursChart"));

export function WallPage() {
  const client = useQueryClient();
  const connection = useConnection();
  const [full, setFull] = useState(false);
  const wall = useQuery({
    queryKey: ["wall"], queryFn: ({ signal }) => get<Wall>("/wall", undefined, signal), refetchInterval: 15_000, refetchIntervalInBackground: true,
    // A wall is left alone for days: after a broken line it goes on by itself at the next interval.
    retry: false,
  });
  const data = wall.data;
  const open = useQuery({ queryKey: ["wall", "open"], queryFn: ({ signal }) => everyOpen(signal), refetchInterval: 60_000, refetchIntervalInBackground: true, retry: false });

  useEffect(() => { document.title = "大屏 · 闭环"; }, []);
  useEffect(() => { if (data) setServerTime(data.now); }, [data]);
  useEffect(() => {
    connect();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => { timer ??= setTimeout(() => { timer = undefined; void client.invalidateQueries({ queryKey: ["wall"], exact: true }); }, 2500); };
    const stops = [onEvent("lead", refresh), onEvent("resync", refresh), onConnection((state) => { if (state === "live") refresh(); })];
    return () => { clearTimeout(timer); for (const stop of stops) stop(); disconnect(); };
  }, [client]);
  useEffect(() => {
    const listen = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", listen);
    return () => document.removeEventListener("fullscreenchange", listen);
  }, []);

  const points = useMemo<MapPoint[]>(() => {
    const seen = new Map<string, MapPoint>();
    // The short lists are newer than the long one.
    for (const it of [...(open.data ?? []), ...(data?.recent ?? []), ...(data?.red ?? [])]) if (it.position) seen.set(it.id, { id: it.id, position: it.position, light: it.light, label: it.title });
    return [...seen.values()];
  }, [data, open.data]);
  const rate = data?.today.on_time_rate;
  const most = Math.max(1, ...(data?.by_township.map((it) => it.open) ?? []));

  return (
    <div className="wall">
      <header>
        <h1><Link to="/">闭环</Link> 城市运行一张图</h1>
        <span className="wall-mode">{data?.simulated && <em>模拟数据</em>}<i className={`wall-dot wall-dot-${connection}`} aria-hidden="true" /><span role="status">{connection === "live" ? "实时" : connection === "lost" || wall.error ? "重连中" : "连接中"}</span></span>
        <Clock />
        <button type="button" aria-label={full ? "退出全屏" : "全屏"} onClick={() => void (full ? document.exitFullscreen() : document.documentElement.requestFullscreen())}>{full ? <FullscreenExitOutlined /> : <FullscreenOutlined />}</button>
      </header>
      <main>
        <section className="wall-numbers" aria-label="今日">
          <Figure label="今日上报" value={data?.today.reported} /><Figure label="今日立案" value={data?.today.filed} /><Figure label="今日结案" value={data?.today.closed} />
          <Figure label="按期结案率" value={rate === null || rate === undefined ? undefined : `${(rate * 100).toFixed(1)}%`} /><Figure label="在办" value={data?.today.open} /><Figure label="超期" value={data?.today.red} red />
        </section>
        <section className="wall-card wall-towns" aria-label="镇街在办">
          <h2>镇街在办</h2>
          <ul>
            {[...(data?.by_township ?? [])].sort((a, b) => b.red - a.red || b.open - a.open).map((it) => (
              <li key={it.code}>
                <span>{it.name}</span>
                <span className="bar-track" aria-hidden="true"><i style={{ width: `${(it.open / most) * 100}%` }} /></span>
                <b>{it.open}</b>
                <span className={it.red > 0 ? "red" : "none"}>{it.red > 0 && <Lamp light="red" size={11} />}{it.red > 0 ? it.red : "—"}<span className="visually-hidden">件超期</span></span>
                <small>今结 {it.closed_today}</small>
              </li>
            ))}
          </ul>
        </section>
        <section className="wall-card wall-hours" aria-label="今日每小时上报与结案">
          <h2>每小时上报与结案</h2>
          <Suspense fallback={null}>{data && <HoursChart hours={data.hours} />}</Suspense>
        </section>
        <section className="wall-map" aria-label="地图">
          <CityMap label={`${points.length} 件线索的实时分布`} points={points} theme="dark" follow="city" />
          <div className="wall-legend" aria-hidden="true"><span><Lamp light="red" />超期</span><span><Lamp light="yellow" />临期</span><span><Lamp light="green" />正常</span><span><i className="done" />已办结</span></div>
          <WallVehicles />
        </section>
        <section className="wall-card wall-red" aria-label="超期清单">
          <h2>超期清单 <em>{data?.today.red ?? ""}</em></h2>
          <div role="status">{!data && <p className="wall-empty">{wall.error ? `${asProblem(wall.error).message} 每 15 秒自动重试。` : "正在载入…"}</p>}</div>
          <RedList wall={data} />
        </section>
        <section className="wall-ticker" aria-label="最新动态">
          <div className="ticker-run" style={{ "--seconds": `${Math.max(30, (data?.recent.length ?? 0) * 5)}s` } as React.CSSProperties}>
            {[0, 1].map((copy) => (
              <span key={copy} aria-hidden={copy === 1}>
                {(data?.recent ?? []).slice(0, 20).map((it) => <span key={it.id} className="tick"><Lamp light={it.light} size={10} />{ago(it.reported_at, now())} {it.title} <b>{stateWords[it.state]}</b></span>)}
              </span>
            ))}
          </div>
        </section>
      </main>
    </div>
  );
}

const openStates = "reported,verifying,accepted,filed,dispatched,fixing,suspended,referred,fixed,checking,checked";
/** A map with more marks than this shows nothing any more. */
const MOST_PAGES = 5;

/** Everything that is open, for the map: the numbers beside it count the same. */
async function everyOpen(signal: AbortSignal): Promise<LeadRow[]> {
  const rows: LeadRow[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = await listLeads({ state: openStates, limit: 200, sort: "due", ...(cursor ? { cursor } : {}) }, signal);
    rows.push(...found.items);
    cursor = found.next_cursor ?? undefined;
    if (!cursor) break;
  }
  return rows;
}

function Figure({ label, value, red }: { label: string; value: number | string | undefined; red?: boolean }) {
  return <div className={red && Number(value) > 0 ? "red" : ""}><span>{label}</span><b>{red && Number(value) > 0 && <Lamp light="red" size={18} />}{value ?? "—"}</b></div>;
}

function Clock() {
  const t = localTime(useNow(1000));
  return <time className="wall-clock">{t && <>{t.year}-{t.month}-{t.day} <b>{t.hour}:{t.minute}:{t.second}</b></>}</time>;
}

function RedList({ wall }: { wall: Wall | undefined }) {
  const time = useNow(10_000);
  if (!wall) return null;
  if (wall.red.length === 0) return <p className="wall-empty">没有超期的线索。</p>;
  return (
    <ol>
      {wall.red.map((it) => (
        <li key={it.id}>
          <Link to="/leads/$id" params={{ id: it.id }}>{it.title}</Link>
          <span><Lamp light="red" size={11} /><b>{it.due_at ? remaining(it.due_at, time).text : "超期"}</b><span>{stateWords[it.state]}</span><span>{it.holder?.person?.name ?? it.holder?.unit?.name ?? it.place.township_name}</span></span>
        </li>
      ))}
    </ol>
  );
}
