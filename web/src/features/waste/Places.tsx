/** Sites, disposal sites, plants, transfer sites and black spots. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Checkbox, Input, Select, Table, type TableColumnsType } from "antd";
import { useMemo, useState } from "react";
import { listPlaces, registerFile, type WastePlace } from "../../api/waste";
import { SimulatedTag } from "../../components/StateTag";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure } from "../shell/Page";
import { PlaceDialog } from "./PlaceDialog";
import type { Go, WasteSearch } from "./WastePage";
import { choices, placeKinds } from "./words";

const columns: TableColumnsType<WastePlace> = [
  { title: "名称", fixed: "left", render: (_, it) => <div className="cell-lead"><Link to="/waste/places/$id" params={{ id: it.id }}>{it.name}</Link><span>{it.address}{it.closed && "（停用）"}{it.simulated && <SimulatedTag />}</span></div> },
  { title: "种类", render: (_, it) => it.kind_label },
  { title: "施工或者运营单位", render: (_, it) => it.contractor ?? "—" },
  { title: "出入口", render: (_, it) => (it.gates.length === 0 ? "—" : `${it.gates.length} 个，有洗车台 ${it.gates.filter((gate) => gate.wash_bay).length} 个`) },
  { title: "容量", align: "right", render: (_, it) => (it.capacity_m3 ? `${it.capacity_m3.toLocaleString("zh-CN")} m³` : "—") },
  { title: "有效期", render: (_, it) => `${it.valid_from} 起${it.valid_until ? `至 ${it.valid_until}` : ""}` },
];

export function Places({ search, go }: { search: WasteSearch; go: Go }) {
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const filter = { q: search.q, kind: search.kind, closed: search.closed ? true : undefined };
  const list = useInfiniteQuery({ queryKey: ["waste", "places", filter], initialPageParam: "", queryFn: ({ pageParam, signal }) => listPlaces({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return (
    <>
      <search className="notice-bar" aria-label="筛选场所">
        <Input.Search aria-label="查找场所" allowClear placeholder="名称、地址或单位" defaultValue={search.q ?? ""} onSearch={(q) => go({ q })} style={{ width: 240 }} />
        <Select aria-label="种类" allowClear placeholder="全部种类" value={search.kind || null} onChange={(kind: string | null) => go({ kind: kind ?? "" })} options={choices(placeKinds)} style={{ width: 140 }} />
        <Checkbox checked={Boolean(search.closed)} onChange={(event) => go({ closed: event.target.checked ? "1" : "" })}>包括停用的</Checkbox>
        <Button href={registerFile("places")}>导出</Button>
        {mayAny(session, ["waste.keep"]) && <Button type="primary" onClick={() => setAdding(true)}>登记场所</Button>}
      </search>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <>
          <Table<WastePlace> rowKey="id" size="small" pagination={false} loading={list.isPending} scroll={{ x: "max-content" }} columns={columns} dataSource={rows} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : <Empty title="没有这样的场所">点“登记场所”，在地图上画出工地、消纳场、综合利用场的范围；偷倒黑点也在这里画。</Empty> }} />
          {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
        </>
      )}
      {adding && <PlaceDialog of={null} close={() => setAdding(false)} />}
    </>
  );
}
