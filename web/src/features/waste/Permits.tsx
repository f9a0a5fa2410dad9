/** The permits and applications: what waits for whoever looks, what is in force, what is over. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, Input, Select, Table, type TableColumnsType } from "antd";
import { useMemo } from "react";
import { listPermits, registerFile, type WastePermitRow } from "../../api/waste";
import { Countdown } from "../../components/Countdown";
import { SimulatedTag } from "../../components/StateTag";
import { Empty, Failure } from "../shell/Page";
import type { Go, WasteSearch } from "./WastePage";
import { cubic, isOver, period } from "./words";

const views = [
  { value: "open", label: "在办和有效", state: "applied,returned,reviewed,in_force,change_applied,change_reviewed" }, { value: "mine", label: "等我办理", state: "" },
  { value: "force", label: "有效", state: "in_force,change_applied,change_reviewed" }, { value: "over", label: "已经结束", state: "refused,withdrawn,revoked,cancelled,expired" }, { value: "all", label: "全部", state: "" },
];

export const StateOf = ({ of }: { of: Pick<WastePermitRow, "state" | "state_label"> }) => <span className={`state-tag${isOver(of.state) ? " state-tag-final" : ""}`}>{of.state_label}</span>;

export const permitColumns: TableColumnsType<WastePermitRow> = [
  { title: "工地", key: "site", width: "26%", render: (_, it) => <div className="cell-lead"><Link to="/waste/permits/$id" params={{ id: it.id }}>{it.site_name}</Link><span><span className="mono">{it.number ?? it.application}</span>{it.simulated && <SimulatedTag />}</span></div> },
  { title: "状态", key: "state", width: 150, render: (_, it) => <StateOf of={it} /> },
  { title: "期限", key: "due", width: 150, render: (_, it) => (it.due_at ? <Countdown dueAt={it.due_at} light={it.light as never} /> : <span className="quiet">—</span>) },
  { title: "运输企业", key: "carrier", render: (_, it) => <div className="cell-lead"><span className="ink">{it.carrier_name}</span><span>{it.vehicles} 辆车</span></div> },
  { title: "种类和量", key: "volume", width: 140, render: (_, it) => <div className="cell-lead"><span className="ink">{it.material_label}</span><span>{cubic(it.volume_m3)}</span></div> },
  { title: "有效期", key: "valid", width: 190, render: (_, it) => period(it) },
];

export function PermitTable({ rows, loading, nothing }: { rows: WastePermitRow[]; loading?: boolean; nothing: React.ReactNode }) {
  const navigate = useNavigate();
  return (
    <>
      <Table<WastePermitRow>
        className="lead-table" rowKey="id" size="small" pagination={false} loading={loading ?? false} columns={permitColumns} dataSource={rows} locale={{ emptyText: loading ? <div className="table-waits" /> : nothing }}
        onRow={(it) => ({ onClick: (event) => { if (!(event.target as HTMLElement).closest("a,button")) void navigate({ to: "/waste/permits/$id", params: { id: it.id } }); } })}
      />
      <ul className="lead-cards">
        {rows.map((it) => (
          <li key={it.id}>
            <Link to="/waste/permits/$id" params={{ id: it.id }}>
              <b>{it.site_name}</b>
              <span><StateOf of={it} />{it.due_at && <Countdown dueAt={it.due_at} light={it.light as never} />}{it.simulated && <SimulatedTag />}</span>
              <small>{[it.number ?? it.application, it.carrier_name, cubic(it.volume_m3)].join(" · ")}</small>
            </Link>
          </li>
        ))}
        {rows.length === 0 && !loading && <li>{nothing}</li>}
      </ul>
    </>
  );
}

export function Permits({ search, go }: { search: WasteSearch; go: Go }) {
  const view = views.find((it) => it.value === search.view) ?? views[0];
  const filter = { q: search.q, mine: view?.value === "mine" ? true : undefined, state: view?.state || undefined };
  const list = useInfiniteQuery({
    queryKey: ["waste", "permits", filter], initialPageParam: "", refetchInterval: 60_000,
    queryFn: ({ pageParam, signal }) => listPermits({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return (
    <>
      <search className="notice-bar" aria-label="筛选处置核准">
        <Input.Search aria-label="查找处置核准" allowClear placeholder="工地、企业、文号或申请号" defaultValue={search.q ?? ""} onSearch={(q) => go({ q })} style={{ width: 260 }} />
        <Select aria-label="范围" value={view?.value} onChange={(it: string) => go({ view: it === "open" ? "" : it })} options={views.map(({ value, label }) => ({ value, label }))} style={{ width: 140 }} />
        <Button href={registerFile("permits")}>导出</Button>
      </search>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <>
          <PermitTable rows={rows} loading={list.isPending} nothing={<Empty title="没有这样的处置核准">企业在网上提出申请，或者窗口把纸质申请录入以后，列在这里：一人审查，另一名负责人决定。</Empty>} />
          {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
        </>
      )}
    </>
  );
}
