/** The inbox of those who decide (审批台): what waits for the head, the reviewer, the host; the whole case beside the list. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { listCases } from "../../api/cases";
import type { CaseRow } from "../../api/contract";
import { Countdown } from "../../components/Countdown";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { shortTime } from "../../format/time";
import { useKeys } from "../shell/keys";
import { Empty, Failure, Loading } from "../shell/Page";
import { byDue } from "./cases";
import { CaseWhole } from "./CasePage";
import { CaseStateTag } from "./CasesPage";
import "../triage/triage.css";
import "./approvals.css";

const waiting = { waiting: true, open: true };
const isSmall = () => matchMedia("(max-width: 900px)").matches;

export function ApprovalsPage() {
  const search = useSearch({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const box = useRef<HTMLUListElement>(null);
  const list = useInfiniteQuery({
    queryKey: ["cases", "inbox"], initialPageParam: "", refetchInterval: 60_000,
    queryFn: ({ pageParam, signal }) => listCases({ ...waiting, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => byDue(list.data?.pages.flatMap((page) => page.items) ?? []), [list.data]);
  const at = Math.max(0, rows.findIndex((it) => it.id === search.id));
  const row = rows[at];
  useEffect(() => { document.title = "案件审批 · 闭环"; }, [row?.id]);
  useEffect(() => { box.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" }); }, [row?.id]);
  const open = useCallback((id: string) => {
    // On a small screen there is no room beside the list.
    if (isSmall()) void navigate({ to: "/cases/$id", params: { id } });
    else void navigate({ to: "/cases/inbox", search: { id }, replace: true });
  }, [navigate]);
  const step = (by: number) => { const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))]; if (next && !isSmall()) open(next.id); };
  const whole = () => { if (row) void navigate({ to: "/cases/$id", params: { id: row.id } }); };
  useKeys({ j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1), Enter: whole, o: whole });

  return (
    <div className="approvals">
      <header>
        <h1>案件审批</h1>
        <p className="quiet">{list.data && (rows.length === 0 ? "没有等待您的案件" : `${rows.length}${list.hasNextPage ? "+" : ""} 件等待审批、审核或者主持，期限近的在前`)}</p>
        <nav aria-label="办案"><Link to="/cases/hearings">听证日历</Link><Link to="/cases">全部案件</Link></nav>
        <span className="triage-hint" aria-hidden="true"><kbd>j</kbd><kbd>k</kbd> 移动 <kbd>Enter</kbd> 打开</span>
      </header>
      <section className="triage-list" aria-label="等待我的案件">
        {list.isPending ? <Loading /> : list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? (
          <Empty title="没有等待您的案件">立案、告知、决定等需要审批、审核或者主持听证的案件会出现在这里。</Empty>
        ) : (
          <ul ref={box}>
            {rows.map((it) => <Row key={it.id} row={it} selected={it.id === row?.id} select={() => open(it.id)} />)}
            {list.hasNextPage && <li className="row-more"><Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></li>}
          </ul>
        )}
      </section>
      <section className="approvals-case" aria-label="案件内容">{row && <CaseWhole key={row.id} id={row.id} beside />}</section>
    </div>
  );
}

function Row({ row, selected, select }: { row: CaseRow; selected: boolean; select: () => void }) {
  return (
    <li>
      <button type="button" className="row" aria-current={selected} onClick={select}>
        <span className="row-top"><CaseStateTag of={row} /><span>{row.track.label}</span>{row.simulated && <SimulatedTag />}<time dateTime={row.opened_at}>{shortTime(row.opened_at, now())}</time></span>
        <b>{row.title}</b>
        <span className="row-foot">{row.due_at ? <Countdown dueAt={row.due_at} light={row.light ?? null} bare /> : <span className="mono">{row.number}</span>}<span>{row.officer?.name ?? ""}</span></span>
      </button>
    </li>
  );
}
