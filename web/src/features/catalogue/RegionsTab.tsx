/** Regions and unit grids (单元网格) as a tree beside the map. */
import { useQuery } from "@tanstack/react-query";
import { Input, Tree } from "antd";
import { useMemo, useState } from "react";
import { get } from "../../api/client";
import type { Items, LonLat, Place, Region } from "../../api/contract";
import { levelWords } from "../../format/words";
import { CityMap } from "../../map/CityMap";
import { Failure, Loading } from "../shell/Page";

interface Node { key: string; title: string; children: Node[] }

export function regionTree(items: readonly Region[], q: string): Node[] {
  const nodes = new Map<string, Node>(items.map((it) => [it.code, { key: it.code, title: it.name, children: [] }]));
  const roots: Node[] = [];
  for (const it of items) {
    const node = nodes.get(it.code);
    if (!node) continue;
    const parent = it.parent_code ? nodes.get(it.parent_code) : undefined;
    (parent?.children ?? roots).push(node);
  }
  if (q === "") return roots;
  const keep = (node: Node): Node | null => {
    const children = node.children.map(keep).filter((it) => it !== null);
    return node.title.includes(q) || node.key.includes(q) || children.length > 0 ? { ...node, children } : null;
  };
  return roots.map(keep).filter((it) => it !== null);
}

export function RegionsTab() {
  const [chosen, setChosen] = useState<string | null>(null);
  const [q, setQ] = useState("");
  const [picked, setPicked] = useState<LonLat | null>(null);
  const regions = useQuery({ queryKey: ["regions", "all"], queryFn: async ({ signal }) => {
    const [above, grids] = await Promise.all([get<Items<Region>>("/regions", undefined, signal), get<Items<Region>>("/regions", { level: "grid" }, signal)]);
    return [...new Map([...above.items, ...grids.items].map((it) => [it.code, it])).values()];
  }, staleTime: 10 * 60_000 });
  const place = useQuery({ queryKey: ["place", picked?.lon, picked?.lat], enabled: picked !== null, queryFn: ({ signal }) => get<Place>("/places", { x: picked?.lon, y: picked?.lat, system: "wgs84" }, signal) });
  const tree = useMemo(() => regionTree(regions.data ?? [], q), [regions.data, q]);
  const region = regions.data?.find((it) => it.code === chosen);
  return (
    <div className="regions">
      <section className="panel" aria-label="区划">
        <Input aria-label="查找区划" allowClear placeholder="名称或代码" value={q} onChange={(event) => setQ(event.target.value.trim())} style={{ marginBottom: 10 }} />
        {regions.isPending ? <Loading /> : regions.error ? <Failure error={regions.error} /> : <Tree key={q} treeData={tree} height={520} blockNode defaultExpandedKeys={q ? [] : tree.map((it) => it.key)} defaultExpandAll={q !== ""} selectedKeys={chosen ? [chosen] : []} onSelect={(keys) => setChosen(keys.length > 0 ? String(keys[0]) : null)} />}
      </section>
      <section className="region-map" aria-label="网格地图">
        <CityMap label="区划与单元网格" highlight={chosen} grids follow="city" onPick={setPicked} picked={picked} />
        <div className="region-note" aria-live="polite">
          {region ? <><b>{region.name}</b> {levelWords[region.level]} <span className="mono">{region.code}</span></> : "选择左侧区划，或点击地图查看所在网格。"}
          {picked && <div>{place.data ? <>{[place.data.township, place.data.community, place.data.grid].map((it) => it?.name).filter(Boolean).join(" / ") || "不在辖区内"} <span className="mono">{place.data.grid?.code} · {picked.lon.toFixed(6)}, {picked.lat.toFixed(6)}</span></> : "正在定位…"}</div>}
        </div>
      </section>
    </div>
  );
}
