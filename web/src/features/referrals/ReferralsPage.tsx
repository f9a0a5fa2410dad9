/** The desk of referrals (案件移交): what was put before the case management centre, and where it stands. The filters stand in the address. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input, Select, Table, Tabs, type TableColumnsType } from "antd";
import { useMemo } from "react";
import { countReferrals, listReferrals, referralsFile } from "../../api/referrals";
import type { CaseReferralRow } from "../../api/referral-types";
import { Countdown } from "../../components/Countdown";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime, shortTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Page } from "../shell/Page";
import { filterOf, referralStates, referralViews, stateWords, viewWords, wayWords, type ReferralSearch } from "./referrals";
import "../search/search.css";
import "../notices/notices.css";
import "./referrals.css";

export function ReferralTag({ of }: { of: Pick<CaseReferralRow, "state" | "open"> }) {
  return <span className={`state-tag${of.open ? "" : " state-tag-final"}`}>{stateWords[of.state]}</span>;
}

const columns: TableColumnsType<CaseReferralRow> = [
  { title: "移交", key: "title", width: "32%", render: (_, it) => <div className="cell-lead"><Link to="/referrals/$id" params={{ id: it.id }}>{it.title}</Link><span><span className="mono">{it.number}</span>{it.simulated && <SimulatedTag />}</span></div> },
  { title: "提出部门", key: "asker", render: (_, it) => it.asker.name },
  { title: "状态", key: "state", width: 120, render: (_, it) => <ReferralTag of={it} /> },
  { title: "期限", key: "due", width: 140, render: (_, it) => (it.due_at ? <Countdown dueAt={it.due_at} light={it.light as never} /> : <span className="quiet">—</span>) },
  { title: "去向", key: "way", width: 170, render: (_, it) => (it.way ? <div className="cell-lead"><span className="ink">{it.target?.name}</span><span>{it.way_label}</span></div> : "—") },
  { title: "案件和结果", key: "case", width: 190, render: (_, it) => <div className="cell-lead"><span className="ink">{it.result ?? "—"}</span>{it.case_number && <span className="mono">{it.case_number}</span>}</div> },
  { title: "提出", key: "opened", width: 110, render: (_, it) => <time dateTime={it.opened_at} title={dateTime(it.opened_at)}>{shortTime(it.opened_at, now())}</time> },
];

export function ReferralsPage() {
  const search = useSearch({ strict: false }) as ReferralSearch;
  const navigate = useNavigate();
  const session = useSession();
  const { view, filter } = filterOf(search);
  const go = (change: ReferralSearch) => {
    const next = { ...search, ...change };
    void navigate({ to: "/referrals", search: Object.fromEntries(Object.entries(next).filter(([key, value]) => value && !(key === "view" && value === "open"))) as Record<string, string>, replace: true });
  };
  const counts = useQuery({ queryKey: ["referrals", "counts"], queryFn: ({ signal }) => countReferrals(signal), refetchInterval: 60_000 });
  const list = useInfiniteQuery({
    queryKey: ["referrals", filter], initialPageParam: "", refetchInterval: 60_000,
    queryFn: ({ pageParam, signal }) => listReferrals({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const may = mayAny(session, ["referral.open"]);
  const number = (key: string) => ({ mine: counts.data?.mine, open: counts.data?.open, overdue: counts.data?.overdue })[key] ?? 0;
  const nothing = <Empty title={`没有${viewWords[view]}的移交`}>监管部门在这里提出移交；本机关的线索在线索页“移交案件管理中心”。</Empty>;
  return (
    <Page title="案件移交" wide intro="案件管理中心受理以后分流：本级办理、镇街办理或者转其他部门，结果由案件自动回传。" extra={may && <Button type="primary" onClick={() => void navigate({ to: "/referrals/new" })}>提出移交</Button>}>
      <search className="notice-bar" aria-label="筛选移交">
        <Input.Search aria-label="查找移交" allowClear placeholder="事由、地点、事实或编号" defaultValue={search.q ?? ""} onSearch={(it) => go({ q: it })} style={{ width: 240 }} />
        <Select aria-label="状态" allowClear placeholder="全部状态" value={referralStates.find((it) => it === search.state) ?? null} onChange={(it: string | null) => go({ state: it ?? "" })} options={referralStates.map((value) => ({ value, label: stateWords[value] }))} style={{ width: 140 }} />
        <Select aria-label="去向" allowClear placeholder="全部去向" value={search.way ?? null} onChange={(it: string | null) => go({ way: it ?? "" })} options={Object.entries(wayWords).map(([value, label]) => ({ value, label }))} style={{ width: 140 }} />
        <Button href={referralsFile(filter)}>导出</Button>
      </search>
      <Tabs activeKey={view} onChange={(key) => go({ view: key })} items={referralViews.map((key) => ({ key, label: number(key) > 0 ? `${viewWords[key]} ${number(key)}` : viewWords[key] }))} />
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <>
          <Table<CaseReferralRow>
            className="lead-table" rowKey="id" size="small" pagination={false} loading={list.isPending} columns={columns} dataSource={rows} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : nothing }}
            onRow={(it) => ({ onClick: (event) => { if (!(event.target as HTMLElement).closest("a,button")) void navigate({ to: "/referrals/$id", params: { id: it.id } }); } })}
          />
          <ul className="lead-cards">
            {rows.map((it) => (
              <li key={it.id}>
                <Link to="/referrals/$id" params={{ id: it.id }}>
                  <b>{it.title}</b>
                  <span><ReferralTag of={it} />{it.due_at && <Countdown dueAt={it.due_at} light={it.light as never} />}{it.simulated && <SimulatedTag />}</span>
                  <small>{[it.number, it.asker.name, it.target?.name].filter(Boolean).join(" · ")}</small>
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
