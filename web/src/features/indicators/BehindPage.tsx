/** The leads behind a figure (指标明细), the newest day first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { Button, Table, type TableColumnsType } from "antd";
import { useMemo } from "react";
import type { CountedLead } from "../../api/contract";
import { readBehind } from "../../api/indicators";
import { StateTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { shortTime } from "../../format/time";
import { Empty, Failure, Page } from "../shell/Page";
import { byWords, isBy } from "./figures";
import { chosen, cityDay } from "./periods";
import "../search/search.css";
import "./indicators.css";

interface Search { from?: string; to?: string; by?: string; region?: string; subject?: string; part?: string; name?: string; indicator?: string }

/** A lead may stand there twice: a row is told by its place. */
type Row = CountedLead & { key: number };

const columns: TableColumnsType<Row> = [
  { title: "计入日", dataIndex: "day", key: "day", width: 110 },
  { title: "线索", key: "lead", render: (_, { lead }) => <div className="cell-lead"><Link to="/leads/$id" params={{ id: lead.id }}>{lead.title}</Link><span className="mono">{lead.number}</span></div> },
  { title: "现在的状态", key: "state", width: 110, render: (_, { lead }) => <StateTag state={lead.state} /> },
  { title: "类别", key: "class", width: 130, render: (_, { lead }) => lead.class?.name ?? "—" },
  { title: "镇街", key: "township", width: 120, render: (_, { lead }) => lead.place.township_name ?? "—" },
  { title: "处置单位", key: "unit", width: 140, render: (_, { lead }) => lead.unit?.name ?? "—" },
  { title: "上报", key: "at", width: 110, render: (_, { lead }) => shortTime(lead.reported_at, now()) },
];

export function BehindPage() {
  const { code } = useParams({ strict: false }) as { code: string };
  const search = useSearch({ strict: false }) as Search;
  const { from, to } = chosen(search, cityDay(now()));
  const by = isBy(search.by) ? search.by : "township";
  const part = search.part === "denominator" ? "denominator" : "numerator";
  const filter = { from, to, by, part, ...(search.subject ? { subject: search.subject } : {}), ...(search.region ? { region: search.region } : {}) } as const;
  const list = useInfiniteQuery({
    queryKey: ["indicators", code, filter], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => readBehind(code, { ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo<Row[]>(() => (list.data?.pages.flatMap((page) => page.items) ?? []).map((it, at) => ({ ...it, key: at })), [list.data]);
  const nothing = <Empty title="没有计入的线索">计入这一指标的线索出现在这里；已移出您管辖范围的不显示。</Empty>;
  return (
    <Page
      title={`${search.indicator ?? "指标"}明细`} wide intro={`${search.name ?? byWords[by]} · ${from} 至 ${to} · ${part === "numerator" ? "分子" : "分母"}`}
      extra={<Link className="no-print" to="/indicators" search={{ from, to, by, ...(search.region ? { region: search.region } : {}) }}>返回考核指标</Link>}
    >
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <>
          <Table<Row> className="lead-table" size="small" pagination={false} loading={list.isPending} columns={columns} dataSource={rows} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : nothing }} />
          <ul className="lead-cards">
            {rows.map(({ key, day, lead }) => (
              <li key={key}><Link to="/leads/$id" params={{ id: lead.id }}><b>{lead.title}</b><span><StateTag state={lead.state} />{lead.class?.name}</span><small>{lead.number} · 计入 {day}</small></Link></li>
            ))}
            {rows.length === 0 && !list.isPending && <li>{nothing}</li>}
          </ul>
        </>
      )}
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
    </Page>
  );
}
