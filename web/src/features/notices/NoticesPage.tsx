/** Written notices (督办文书): what was issued to whom, what waits for a reply, what for a word. The filters stand in the address. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select, Table, Tabs, TreeSelect, type TableColumnsType } from "antd";
import { useMemo } from "react";
import { listNotices } from "../../api/notices";
import type { NoticeRow } from "../../api/contract";
import { Countdown } from "../../components/Countdown";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime, shortTime } from "../../format/time";
import { useUnitTree } from "../organisation/units";
import { Empty, Failure, Page } from "../shell/Page";
import { filterOf, noticeStages, noticeViews, noticeWords, stageWords, viewWords, type NoticeSearch } from "./notices";
import "../search/search.css";
import "./notices.css";

export function NoticeTag({ of }: { of: Pick<NoticeRow, "state"> }) {
  return <span className={`state-tag${["issued", "replied", "returned"].includes(of.state) ? "" : " state-tag-final"}`}>{noticeWords[of.state]}</span>;
}

const columns: TableColumnsType<NoticeRow> = [
  { title: "文书", key: "title", width: "34%", render: (_, it) => <div className="cell-lead"><Link to="/notices/$id" params={{ id: it.id }}>{it.title}</Link><span><span className="mono">{it.number}</span>{it.simulated && <SimulatedTag />}</span></div> },
  { title: "种类", key: "stage", width: 108, render: (_, it) => stageWords[it.stage] },
  { title: "状态", key: "state", width: 96, render: (_, it) => <NoticeTag of={it} /> },
  { title: "期限", key: "due", width: 140, render: (_, it) => (it.due_at ? <Countdown dueAt={it.due_at} light={it.light as never} /> : <span className="quiet">—</span>) },
  { title: "收文单位", key: "unit", render: (_, it) => it.unit?.name ?? "—" },
  { title: "线索", key: "leads", width: 72, render: (_, it) => `${it.leads} 件` },
  { title: "签发", key: "issued", width: 150, render: (_, it) => <div className="cell-lead"><span className="ink">{it.issued_by?.name ?? "督办规则"}</span><time dateTime={it.issued_at} title={dateTime(it.issued_at)}>{shortTime(it.issued_at, now())}</time></div> },
];

export function NoticesPage() {
  const search = useSearch({ strict: false }) as NoticeSearch;
  const navigate = useNavigate();
  const { view, filter } = filterOf(search);
  const units = useUnitTree();
  const go = (change: NoticeSearch) => {
    const next = { ...search, ...change };
    void navigate({ to: "/notices", search: Object.fromEntries(Object.entries(next).filter(([key, value]) => value && !(key === "view" && value === "open"))) as Record<string, string>, replace: true });
  };
  const list = useInfiniteQuery({
    queryKey: ["notices", filter], initialPageParam: "", refetchInterval: 60_000,
    queryFn: ({ pageParam, signal }) => listNotices({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const nothing = <Empty title={`没有${viewWords[view]}的督办文书`}>处置时限亮黄灯或超期的线索，可以在线索页签发提示单；督办规则开启后也会自动签发。</Empty>;
  return (
    <Page title="督办文书" wide intro="先提示，未按期回复或回复不足的再督办，仍不落实的建议问责；每一步都有编号和期限。">
      <search className="notice-bar" aria-label="筛选督办文书">
        <Select aria-label="种类" allowClear placeholder="全部种类" value={filter.stage ?? null} onChange={(it: string | null) => go({ stage: it ?? "" })} options={noticeStages.map((value) => ({ value, label: stageWords[value] }))} style={{ width: 150 }} />
        <TreeSelect aria-label="收文单位" allowClear showSearch={{ treeNodeFilterProp: "title" }} treeDefaultExpandAll placeholder="全部单位" value={search.unit ?? null} treeData={units} onChange={(it: string | null) => go({ unit: it ?? "" })} style={{ minWidth: 200 }} />
      </search>
      <Tabs activeKey={view} onChange={(key) => go({ view: key })} items={noticeViews.map((key) => ({ key, label: viewWords[key] }))} />
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <>
          <Table<NoticeRow>
            className="lead-table" rowKey="id" size="small" pagination={false} loading={list.isPending} columns={columns} dataSource={rows} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : nothing }}
            onRow={(it) => ({ onClick: (event) => { if (!(event.target as HTMLElement).closest("a,button")) void navigate({ to: "/notices/$id", params: { id: it.id } }); } })}
          />
          <ul className="lead-cards">
            {rows.map((it) => (
              <li key={it.id}>
                <Link to="/notices/$id" params={{ id: it.id }}>
                  <b>{it.title}</b>
                  <span><NoticeTag of={it} />{it.due_at && <Countdown dueAt={it.due_at} light={it.light as never} />}{it.simulated && <SimulatedTag />}</span>
                  <small>{[it.number, it.issued_by?.name ?? "督办规则", shortTime(it.issued_at, now())].join(" · ")}</small>
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
