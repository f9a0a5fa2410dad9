/** The live map of vehicles (车辆): who is where and doing what; one of them opened, its day played again. What is chosen stands in the address. */
import type { Map as MapLibre } from "maplibre-gl";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, Button, Input } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { VehiclePosition } from "../../api/vehicles";
import { SimulatedTag } from "../../components/StateTag";
import { ago } from "../../format/time";
import { CityMap } from "../../map/CityMap";
import { useKeys } from "../shell/keys";
import { Empty, Failure, Loading } from "../shell/Page";
import { asProblem } from "../../api/problem";
import { VehicleLayer } from "./layer";
import { stateNow, useLive, type Live } from "./live";
import { Mark } from "./Mark";
import { Replay } from "./Replay";
import { VehiclePanel } from "./VehiclePanel";
import { bodyWords, chosen, stateHelp, states, stateWords } from "./words";
import "./vehicles.css";

interface Search { q?: string; state?: string; vehicle?: string; day?: string; replay?: string }
const FIRST = 100;

export function VehiclesPage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const { live, error, retry } = useLive();
  const [shown, setShown] = useState(FIRST);
  const [map, setMap] = useState<MapLibre | null>(null);
  const [time, setTime] = useState(() => Date.now());
  const field = useRef<HTMLDivElement>(null);
  const layer = useRef<VehicleLayer | null>(null);
  const selected = search.vehicle ? Number(search.vehicle) : null;
  const replaying = selected !== null && search.replay === "1";
  const go = useCallback((change: Search) => {
    const next = { ...search, ...change };
    void navigate({ to: "/vehicles", search: Object.fromEntries(Object.entries(next).filter(([, value]) => value)) as Record<string, string>, replace: true });
  }, [navigate, search]);
  const latest = useRef(go);
  useEffect(() => { latest.current = go; });

  useEffect(() => { document.title = "车辆 · 闭环"; }, []);
  // Vehicles go dark without anybody saying so.
  useEffect(() => { const timer = setInterval(() => setTime(Date.now()), 15_000); return () => clearInterval(timer); }, []);

  const now = Math.max(time, live?.told ?? 0) + (live?.shift ?? 0);
  const darkAfter = live?.darkAfter ?? 600;
  const loaded = live !== null;
  const stateOf = useCallback((it: VehiclePosition) => stateNow(it, now, darkAfter), [now, darkAfter]);
  const counts = useMemo(() => {
    const found = Object.fromEntries(states.map((it) => [it, 0])) as Record<string, number>;
    for (const it of live?.vehicles.values() ?? []) found[stateOf(it)] = (found[stateOf(it)] ?? 0) + 1;
    return found;
  }, [live, stateOf]);
  const list = useMemo(() => chosen(live?.vehicles.values() ?? [], stateOf, search.state, search.q ?? ""), [live, stateOf, search.state, search.q]);

  const dress = useCallback((view: MapLibre) => {
    layer.current = new VehicleLayer(view, (id) => latest.current({ vehicle: String(id), replay: "", day: "" }));
    setMap(view);
    return () => { layer.current?.end(); layer.current = null; setMap(null); };
  }, []);
  useEffect(() => { if (map) layer.current?.update(list, stateOf); }, [map, list, stateOf]);
  useEffect(() => { if (map) layer.current?.select(selected, true); }, [map, selected, loaded]);
  useEffect(() => { if (map) layer.current?.show(!replaying); }, [map, replaying]);

  const step = (by: number) => {
    const at = list.findIndex((it) => it.id === selected);
    const next = list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))];
    if (next) go({ vehicle: String(next.id), replay: "", day: "" });
  };
  useKeys({
    j: () => step(1), k: () => step(-1), f: () => field.current?.querySelector("input")?.focus(),
    r: () => { if (selected !== null) go({ replay: replaying ? "" : "1" }); },
    Escape: () => go(replaying ? { replay: "" } : { vehicle: "", day: "" }),
    ...Object.fromEntries(states.map((it, index) => [String(index + 1), () => go({ state: search.state === it ? "" : it })])),
  });

  return (
    <div className={`vehicles${selected !== null ? " vehicles-open" : ""}`}>
      <section className="vehicles-side" aria-label="车辆列表">
        <header>
          <h1>车辆</h1>
          {live && <span className="quiet" role="status">{live.vehicles.size} 辆{error ? "，连接中断，正在重试" : ""}</span>}
          {live && [...live.vehicles.values()].some((it) => it.point.simulated) && <SimulatedTag />}
        </header>
        <div ref={field}><Input allowClear aria-label="按车牌查找" placeholder="车牌（f）" value={search.q ?? ""} onChange={(event) => { setShown(FIRST); go({ q: event.target.value }); }} /></div>
        <div className="vehicle-states" role="group" aria-label="按状态筛选">
          {states.map((it) => (
            <button key={it} type="button" aria-pressed={search.state === it} title={stateHelp[it]} onClick={() => { setShown(FIRST); go({ state: search.state === it ? "" : it }); }}>
              <Mark state={it} />{stateWords[it]} <b>{live ? counts[it] : "—"}</b>
            </button>
          ))}
        </div>
        {live?.cut && <Alert type="warning" title="车辆超过 20,000 辆，未全部列出" />}
        <List live={live} error={error} retry={retry} list={list} shown={shown} more={() => setShown(shown + FIRST)} stateOf={stateOf} now={now} selected={selected} select={(id) => go({ vehicle: String(id), replay: "", day: "" })} filtered={Boolean(search.q ?? search.state)} />
      </section>
      <div className="vehicles-map">
        <CityMap label={replaying ? "一辆车一天的轨迹" : `${list.length} 辆车的实时位置`} follow="city" onMap={dress} />
        {replaying && <Replay key={`${selected}-${search.day ?? ""}`} id={selected} day={search.day} map={map} setDay={(day) => go({ day })} close={() => go({ replay: "", day: "" })} />}
      </div>
      {selected !== null && !replaying && <VehiclePanel id={selected} live={live?.vehicles.get(selected)} state={live?.vehicles.get(selected) ? stateOf(live.vehicles.get(selected) as VehiclePosition) : undefined} now={now} replay={(day) => go({ replay: "1", day })} close={() => go({ vehicle: "", day: "" })} />}
    </div>
  );
}

interface ListProps {
  live: Live | null; error: unknown; retry: () => void; list: VehiclePosition[]; shown: number; more: () => void; stateOf: (it: VehiclePosition) => keyof typeof stateWords; now: number;
  selected: number | null; select: (id: number) => void; filtered: boolean;
}

function List({ live, error, retry, list, shown, more, stateOf, now, selected, select, filtered }: ListProps) {
  if (!live) return error ? (asProblem(error).status === 403 ? <Empty title="没有查看车辆的权限">请管理员在“组织人员”中授予。</Empty> : <Failure error={error} retry={retry} />) : <Loading />;
  if (live.vehicles.size === 0) return <Empty title="还没有车辆上报位置">车载终端接入并上报后，车辆会出现在这里和地图上。接入办法见“车辆接入”说明：登记终端，设置接入地址。</Empty>;
  if (list.length === 0) return <Empty title="没有符合条件的车辆">{filtered ? "换一个车牌或状态再找。" : ""}</Empty>;
  return (
    <>
      <ul className="vehicle-list">
        {list.slice(0, shown).map((it) => {
          const state = stateOf(it);
          return (
            <li key={it.id}>
              <button type="button" aria-pressed={it.id === selected} onClick={() => select(it.id)}>
                <Mark state={state} />
                <b>{it.plate || `终端 ${it.id}`}</b>
                <span>{stateWords[state]}{state === "loaded" || state === "moving" || state === "alarm" ? ` ${Math.round(it.point.speed)} 公里/小时` : ""}</span>
                <small>{[state === "alarm" ? it.point.alarms?.map((alarm) => alarm.label).join("、") : "", bodyWords(it.point)].filter(Boolean).join(" · ") || "—"}</small>
                <small className="when">{ago(it.point.taken_at, now)}</small>
              </button>
            </li>
          );
        })}
      </ul>
      {list.length > shown && <div className="more"><Button onClick={more}>再显示 {Math.min(FIRST, list.length - shown)} 辆，共 {list.length} 辆</Button></div>}
    </>
  );
}
