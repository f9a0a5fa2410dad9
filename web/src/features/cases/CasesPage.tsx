/** The case desk (案件): my cases, what waits for me, what is late. The filters stand in the address. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input, Select, Table, Tabs, type TableColumnsType } from "antd";
import { useMemo } from "react";
import { listCases } from "../../api/cases";
import type { CaseRow } from "../../api/contract";
import { Countdown } from "../../components/Countdown";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime, shortTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Page } from "../shell/Page";
import { caseViews, filterOf, trackWords, viewWords, type CaseSearch } from "./cases";
import "../search/search.css";
import "../notices/notices.css";
import "./cases.css";

export function CaseStateTag({ of }: { of: Pick<CaseRow, "state" | "open"> }) {
  return <span className={`state-tag${of.open ? "" : " state-tag-final"}`}>{of.state.label}</span>;
}

const columns: TableColumnsType<CaseRow> = [
  { title: "案件", key: "title", width: "38%", render: (_, it) => <div className="cell-lead"><Link to="/cases/$id" params={{ id: it.id }}>{it.title}</Link><span><span className="mono">{it.number}</span>{it.simulated && <SimulatedTag />}</span></div> },
  { title: "程序", key: "track", width: 110, render: (_, it) => it.track.label },
  { title: "状态", key: "state", width: 130, render: (_, it) => <><CaseStateTag of={it} />{it.sent_back && <span className="state-tag state-tag-back">退回</span>}</> },
  { title: "机关期限", key: "due", width: 150, render: (_, it) => (it.due_at ? <Countdown dueAt={it.due_at} light={it.light ?? null} /> : <span className="quiet">—</span>) },
  { title: "等待", key: "waits", width: 120, render: (_, it) => it.waits_for ?? (it.open ? "承办人" : "—") },
  { title: "承办人", key: "officer", width: 120, render: (_, it) => it.officer?.name ?? "—" },
  { title: "登记", key: "opened", width: 130, render: (_, it) => <time dateTime={it.opened_at} title={dateTime(it.opened_at)}>{shortTime(it.opened_at, now())}</time> },
];

export function CasesPage() {
  const search = useSearch({ strict: false }) as CaseSearch;
  const navigate = useNavigate();
  const session = useSession();
  const { view, filter } = filterOf(search);
  const go = (change: CaseSearch) => {
    const next = { ...search, ...change };
    void navigate({ to: "/cases", search: Object.fromEntries(Object.entries(next).filter(([key, value]) => value && !(key === "view" && value === "mine"))) as Record<string, string>, replace: true });
  };
  const list = useInfiniteQuery({
    queryKey: ["cases", filter], initialPageParam: "", refetchInterval: 60_000,
    queryFn: ({ pageParam, signal }) => listCases({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const may = mayAny(session, ["case.open"]);
  const nothing = <Empty title={`没有${{ mine: "我承办的", waiting: "待我办理的", overdue: "已超期的", open: "未归档的", all: "" }[view]}案件`}>{may ? "巡查、投诉中发现的违法行为，可以在这里登记案件，也可以在线索页一步转为案件。" : "执法人员登记的案件，需要您审批、审核或者主持听证时会出现在“待我办理”。"}</Empty>;
  return (
    <Page title="案件" wide intro="一案一页：现在能办什么、为什么不能办、从哪一天起能办，依据条文都在页上。" extra={<>{mayAny(session, ["document.see"]) && mayAny(session, ["case.see"]) && <Link to="/cases/together">三书同达率</Link>} {may && <Button type="primary" onClick={() => void navigate({ to: "/cases/new" })}>登记案件</Button>}</>}>
      <search className="notice-bar" aria-label="筛选案件">
        <Input.Search aria-label="查找案件" allowClear placeholder="事项、地点、案情或编号" defaultValue={search.q ?? ""} onSearch={(it) => go({ q: it })} style={{ width: 260 }} />
        <Select aria-label="程序" allowClear placeholder="全部程序" value={filter.track ?? null} onChange={(it: string | null) => go({ track: it ?? "" })} options={Object.entries(trackWords).map(([value, label]) => ({ value, label }))} style={{ width: 150 }} />
      </search>
      <Tabs activeKey={view} onChange={(key) => go({ view: key })} items={caseViews.map((key) => ({ key, label: viewWords[key] }))} />
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <>
          <Table<CaseRow>
            className="lead-table" rowKey="id" size="small" pagination={false} loading={list.isPending} columns={columns} dataSource={rows} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : nothing }}
            onRow={(it) => ({ onClick: (event) => { if (!(event.target as HTMLElement).closest("a,button")) void navigate({ to: "/cases/$id", params: { id: it.id } }); } })}
          />
          <ul className="lead-cards">
            {rows.map((it) => (
              <li key={it.id}>
                <Link to="/cases/$id" params={{ id: it.id }}>
                  <b>{it.title}</b>
                  <span><CaseStateTag of={it} />{it.due_at && <Countdown dueAt={it.due_at} light={it.light ?? null} />}{it.simulated && <SimulatedTag />}</span>
                  <small>{[it.number, it.track.label, it.officer?.name].filter(Boolean).join(" · ")}</small>
                </Link>
              </li>
            ))}
            {rows.length === 0 && !list.isPending && <li>{nothing}</li>}
          </ul>
          {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
        </>
      )}
    </Page>
  );
}
