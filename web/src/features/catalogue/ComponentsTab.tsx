/** City components (部件): found around a place or by code, with their 18 attributes. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Drawer, Input, Table } from "antd";
import { useMemo, useState } from "react";
import { get } from "../../api/client";
import type { CityComponent, LonLat, Page } from "../../api/contract";
import { readMapSettings } from "../../api/public";
import { CityMap, type MapPoint } from "../../map/CityMap";
import { Empty, Failure } from "../shell/Page";

const attributeWords: Record<string, string> = {
  GLBJBSM: "标识码", GLBJMC: "名称", ZGBMDM: "主管部门代码", ZGBMMC: "主管部门", QSDWDM: "权属单位代码", QSDWMC: "权属单位", YHDWDM: "养护单位代码", YHDWMC: "养护单位", SZDYWGBSM: "所在单元网格",
  GLBJZT: "状态", CSRQ: "初始日期", BGRQ: "变更日期", SJLY: "数据来源", BZ: "备注", SZJDDM: "街道代码", SZJDMC: "街道", SZSQDM: "社区代码", SZSQMC: "社区",
};
const RADIUS_M = 3000;

export function ComponentsTab() {
  const [q, setQ] = useState("");
  const [centre, setCentre] = useState<LonLat | null>(null);
  const [open, setOpen] = useState<CityComponent | null>(null);
  const map = useQuery({ queryKey: ["map"], queryFn: ({ signal }) => readMapSettings(signal), staleTime: Infinity });
  const middle = centre ?? (map.data ? { lon: map.data.centre[0], lat: map.data.centre[1] } : null);
  const list = useInfiniteQuery({
    queryKey: ["components", middle, q], enabled: middle !== null, initialPageParam: "",
    queryFn: ({ pageParam, signal }) => get<Page<CityComponent>>("/components", { lon: middle?.lon, lat: middle?.lat, radius_m: RADIUS_M, q, cursor: pageParam }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const points = useMemo<MapPoint[]>(() => rows.map((it) => ({ id: it.code, position: it.position, label: it.name })), [rows]);
  return (
    <div className="regions">
      <section className="panel" aria-label="部件列表">
        <Input.Search aria-label="查找部件" allowClear placeholder="名称或标识码" onSearch={(it) => setQ(it.trim())} style={{ marginBottom: 10 }} />
        {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
          <Table<CityComponent>
            rowKey="code" size="small" dataSource={rows} loading={list.isFetching && rows.length === 0} pagination={false} scroll={{ y: 460 }} locale={{ emptyText: list.isPending ? " " : <Empty title="附近没有部件">点击地图换一个位置；部件数据由管理员导入。</Empty> }}
            onRow={(it) => ({ onClick: () => setOpen(it) })}
            columns={[{ title: "部件", render: (_, it) => <><button type="button" className="link" onClick={() => setOpen(it)}>{it.name}</button><br /><span className="mono quiet">{it.code}</span></> }, { title: "状态", dataIndex: "state", width: 70 }]}
          />
        )}
        {list.hasNextPage && <Button block style={{ marginTop: 8 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
        <p className="quiet">显示地图标记周围 {RADIUS_M / 1000} 公里内的部件。</p>
      </section>
      <section className="region-map" aria-label="部件地图"><CityMap label={`${points.length} 个部件的分布`} points={points} picked={centre} onPick={setCentre} selected={open?.code} onSelect={(code) => setOpen(rows.find((it) => it.code === code) ?? null)} cluster follow="points" /></section>
      <Drawer open={open !== null} onClose={() => setOpen(null)} title={open?.name} size={420}>
        {open && <dl className="facts">{Object.entries(open.attributes).filter(([, value]) => value !== null && value !== "").map(([key, value]) => <div key={key} style={{ display: "contents" }}><dt>{attributeWords[key] ?? key}</dt><dd>{String(value)}</dd></div>)}</dl>}
      </Drawer>
    </div>
  );
}
