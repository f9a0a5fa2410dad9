/** Hot spots (热点): places to which many like reports came of late; decided here: what deserves one visit for all. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Select } from "antd";
import { useEffect, useMemo } from "react";
import { listHotspots } from "../../api/leads";
import type { Hotspot } from "../../api/contract";
import { now } from "../../format/clock";
import { ago, dateTime } from "../../format/time";
import { CityMap, type MapPoint } from "../../map/CityMap";
import { Empty, Failure, Loading } from "../shell/Page";
import { trendWords, windowOf } from "./hotspots";
import "./hotspots.css";

const days = [3, 7, 14, 30].map((value) => ({ value, label: `近 ${value} 天` }));
const radii = [100, 200, 500, 1000].map((value) => ({ value, label: `半径 ${value} 米` }));

export function HotspotsPage() {
  const search = useSearch({ strict: false }) as { days?: string; metres?: string; spot?: string };
  const navigate = useNavigate();
  const window = windowOf(search);
  useEffect(() => { document.title = "热点 · 闭环"; }, []);
  const query = useQuery({
    queryKey: ["hotspots", window.days, window.metres], queryFn: ({ signal }) => listHotspots(window, signal), refetchInterval: 300_000,
  });
  const items = useMemo(() => query.data?.items ?? [], [query.data]);
  const points = useMemo<MapPoint[]>(() => items.map((it, index) => ({ id: String(index), position: it.centre, label: `${it.category.name} ${it.count} 件` })), [items]);
  const set = (change: Record<string, string>) => void navigate({ to: "/hotspots", search: { ...search, ...change }, replace: true });
  const chosen = search.spot !== undefined && items[Number(search.spot)] ? search.spot : null;

  return (
    <div className="hotspots">
      <header className="hotspots-head">
        <h1>热点</h1>
        <p className="quiet">同一处、同大类、{window.days} 天内至少 {query.data?.least ?? 5} 件且不止一人反映。与之前同样长的一段时间相比。</p>
        <Select aria-label="时间范围" value={window.days} options={days} onChange={(value) => set({ days: String(value), spot: "" })} />
        <Select aria-label="半径" value={window.metres} options={radii} onChange={(value) => set({ metres: String(value), spot: "" })} />
      </header>
      <section className="hotspots-list" aria-label="热点列表">
        {query.isPending ? <Loading /> : query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : items.length === 0 ? (
          <Empty title="这段时间没有热点">同一处来了许多同类上报时会出现在这里。可以放宽时间范围或半径再看。</Empty>
        ) : (
          <ol>{items.map((it, index) => <Spot key={`${it.category.code}-${it.centre.lon}-${it.centre.lat}`} spot={it} selected={chosen === String(index)} select={() => set({ spot: String(index) })} />)}</ol>
        )}
        {query.data?.cut && <p className="quiet">这段时间的线索过多，只看了较新的部分；请缩短时间范围。</p>}
      </section>
      <CityMap className="hotspots-map" label={`热点分布，共 ${items.length} 处`} points={points} selected={chosen} onSelect={(id) => set({ spot: id })} follow={chosen === null ? "points" : "selected"} grids />
    </div>
  );
}

function Spot({ spot, selected, select }: { spot: Hotspot; selected: boolean; select: () => void }) {
  return (
    <li className={selected ? "spot spot-selected" : "spot"}>
      <button type="button" className="spot-head" aria-expanded={selected} onClick={select}>
        <b>{spot.category.name}</b>
        <span className="spot-count">{spot.count} 件</span>
        <span>{[spot.place.township_name, spot.place.grid_name].filter(Boolean).join(" / ") || "辖区外"}</span>
        <span className="quiet">{trendWords(spot)} · {spot.reporters} 人反映 · 未结 {spot.open} 件 · 最近 {ago(spot.last_at, now())}</span>
      </button>
      {selected && (
        <ul>
          {spot.leads.map((it) => <li key={it.id}><Link to="/leads/$id" params={{ id: it.id }}>{it.title}</Link><span className="quiet">{it.number} · {it.state_label} · {dateTime(it.reported_at)}</span></li>)}
          {spot.place.grid_code && <li><Link to="/search" search={{ region: spot.place.grid_code, class: spot.category.code, from: spot.first_at.slice(0, 10) }}>在线索查询中看这个网格的同类线索</Link></li>}
        </ul>
      )}
    </li>
  );
}
