/** Leads as a table: the row's number is a link, so that it opens by keyboard and in a new tab. */
import { Link, useNavigate } from "@tanstack/react-router";
import { Table, type TableColumnsType } from "antd";
import { memo } from "react";
import type { LeadRow } from "../../api/contract";
import { Countdown } from "../../components/Countdown";
import { SimulatedTag, StateTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime, shortTime } from "../../format/time";
import { isOpen, roleWord } from "../../format/words";
import "./search.css";

const columns: TableColumnsType<LeadRow> = [
  {
    title: "线索", key: "title", width: "30%",
    render: (_, it) => (
      <div className="cell-lead">
        <Link to="/leads/$id" params={{ id: it.id }}>{it.title}</Link>
        <span><span className="mono">{it.number}</span>{it.simulated && <SimulatedTag />}</span>
      </div>
    ),
  },
  { title: "状态", key: "state", width: 92, render: (_, it) => <StateTag state={it.state} /> },
  { title: "时限", key: "due", width: 138, render: (_, it) => (isOpen(it.state) && (it.light || it.due_at) ? <Countdown dueAt={it.due_at} light={it.light} /> : <span className="quiet">—</span>) },
  { title: "类别", key: "class", width: 128, render: (_, it) => it.class?.name ?? <span className="quiet">待定</span> },
  { title: "位置", key: "place", width: 124, render: (_, it) => <div className="cell-lead"><span className="ink">{it.place.township_name ?? "—"}</span><span>{it.place.grid_name}</span></div> },
  { title: "承办", key: "holder", render: (_, it) => <div className="cell-lead"><span className="ink cell-wraps">{it.holder?.unit?.name ?? (it.holder?.role ? roleWord(it.holder.role) : "—")}</span>{it.holder?.person && <span>{it.holder.person.name}</span>}</div> },
  { title: "来源", key: "source", width: 108, dataIndex: "source_label" },
  { title: "上报", key: "reported", width: 96, render: (_, it) => <time dateTime={it.reported_at} title={dateTime(it.reported_at)}>{shortTime(it.reported_at, now())}</time> },
];

export const LeadTable = memo(function LeadTable({ rows, loading, empty }: { rows: LeadRow[]; loading: boolean; empty: React.ReactNode }) {
  const navigate = useNavigate();
  return (
    <>
      <Table<LeadRow>
        className="lead-table" rowKey="id" size="small" columns={columns} dataSource={rows} pagination={false} loading={loading} locale={{ emptyText: loading ? <div className="table-waits" /> : empty }}
        onRow={(it) => ({ onClick: (event) => { if (!(event.target as HTMLElement).closest("a,button")) void navigate({ to: "/leads/$id", params: { id: it.id } }); } })}
      />
      <ul className="lead-cards">
        {rows.map((it) => (
          <li key={it.id}>
            <Link to="/leads/$id" params={{ id: it.id }}>
              <b>{it.title}</b>
              <span><StateTag state={it.state} />{isOpen(it.state) && <Countdown dueAt={it.due_at} light={it.light} />}{it.simulated && <SimulatedTag />}</span>
              <small>{[it.place.township_name, it.holder?.unit?.name, shortTime(it.reported_at, now())].filter(Boolean).join(" · ")}</small>
            </Link>
          </li>
        ))}
        {rows.length === 0 && !loading && <li>{empty}</li>}
      </ul>
    </>
  );
});
