/** The desk of publication (公开与信用): what waits, what is due, what is public, repairs, reviews and suits. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Checkbox, Input, Table, Tabs, type TableColumnsType } from "antd";
import { countPublications, listPublications, listRemedies, listRepairs, publicationsFile, remediesFile, takeRepairFeedback } from "../../api/publications";
import type { PublicationView, RemedyView, RepairView } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { Countdown } from "../../components/Countdown";
import { dateTime, day } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Page } from "../shell/Page";
import { Disclosures } from "./Disclosures";
import "../property/property.css";
import "../search/search.css";
import "./publications.css";

const tabs = {
  open: { label: "待公开", state: "waiting,drafted", empty: "没有等待公开的处罚决定", how: "案件作出处罚决定以后出现在这里，七个工作日内公开。" },
  published: { label: "已公开", state: "published", empty: "没有正在公开的处罚决定", how: "在案件页“公开与信用”里核对并公开。" },
  withdrawn: { label: "已撤回", state: "withdrawn,dropped", empty: "没有撤回的处罚决定", how: "决定被撤销、变更的，三个工作日内在案件页撤回。" },
  over: { label: "已结束", state: "ended,withheld", empty: "没有公示结束或者不予公开的决定", how: "公示期满、信用修复或者依法不予公开的留在这里备查。" },
  repairs: { label: "信用修复", state: "", empty: "没有信用修复申请", how: "当事人网上申请，或者在案件页登记。" },
  openness: { label: "事前事中公开", state: "", empty: "", how: "" },
  remedies: { label: "复议诉讼", state: "", empty: "没有行政复议和行政诉讼", how: "在案件页“公开与信用”里登记。" },
} as const;
type Tab = keyof typeof tabs;
interface Search { tab?: Tab; q?: string; late?: string }

const toCase = (id: string, words: string) => <Link to="/cases/$id" params={{ id }}>{words}</Link>;

const publicationColumns: TableColumnsType<PublicationView> = [
  { title: "案件", key: "case", width: "34%", render: (_, it) => <div className="cell-lead">{toCase(it.case_id, it.matter)}<span className="mono">{it.case_number}</span></div> },
  { title: "状态", key: "state", width: 110, render: (_, it) => <span className="state-tag">{it.state_label}</span> },
  { title: "时限", key: "due", width: 190, render: (_, it) => (it.due_at ? <><Countdown dueAt={it.due_at} light={it.light ?? null} /><br /><small className="quiet">{it.due_for}</small></> : it.max_until && it.state === "published" ? `公示至 ${it.max_until}` : "—") },
  { title: "当事人", key: "party", width: 170, render: (_, it) => it.content?.party ?? "—" },
  { title: "经手", key: "who", render: (_, it) => [it.drafted && `${it.drafted.name} 拟稿`, it.checked && `${it.checked.name} 核对`, it.published && `${dateTime(it.published.at)} 公开`, it.ground_label, it.reason].filter(Boolean).join("；") || "—" },
];
const repairColumns: TableColumnsType<RepairView> = [
  { title: "案件", key: "case", width: 200, render: (_, it) => (it.case_id ? toCase(it.case_id, it.case_number ?? "") : "—") },
  { title: "状态", key: "state", width: 110, render: (_, it) => <span className="state-tag">{it.state_label}</span> },
  { title: "办结期限", key: "due", width: 160, render: (_, it) => (it.light ? <Countdown dueAt={it.due_at} light={it.light} /> : day(it.decided?.at)) },
  { title: "渠道", key: "via", width: 110, render: (_, it) => it.via_label },
  { title: "核查和决定", key: "found", render: (_, it) => [it.found, it.reason].filter(Boolean).join("；") || "—" },
  { title: "反馈", key: "told", width: 150, render: (_, it) => (it.told_at ? dateTime(it.told_at) : it.state === "granted" ? "待反馈" : "—") },
];
const remedyColumns: TableColumnsType<RemedyView> = [
  { title: "案件", key: "case", width: "28%", render: (_, it) => <div className="cell-lead">{toCase(it.case_id, it.matter)}<span className="mono">{it.case_number}</span></div> },
  { title: "种类", key: "kind", width: 100, render: (_, it) => it.kind_label },
  { title: "机关和案号", key: "body", render: (_, it) => [it.body, it.number].filter(Boolean).join(" ") || "待补" },
  { title: "答复", key: "due", width: 160, render: (_, it) => (it.light ? <Countdown dueAt={it.answer_due_at} light={it.light} /> : it.answered_on ?? "—") },
  { title: "结果", key: "outcome", width: 140, render: (_, it) => it.outcome_label ?? "办理中" },
];

export function PublicationsPage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const tab: Tab = search.tab && search.tab in tabs ? search.tab : "open";
  const go = (change: Search) => {
    const next = { ...search, ...change };
    void navigate({ to: "/publications", search: Object.fromEntries(Object.entries(next).filter(([key, value]) => value && !(key === "tab" && value === "open"))) as Record<string, string>, replace: true });
  };
  const counts = useQuery({ queryKey: ["publications", "counts"], queryFn: ({ signal }) => countPublications(signal), refetchInterval: 60_000 });
  const number = (it: Tab): { count: number; late: number } => {
    if (it === "repairs") return { count: counts.data?.repairs_open ?? 0, late: counts.data?.repairs_late ?? 0 };
    if (it === "openness") return { count: 0, late: 0 };
    if (it === "remedies") return { count: counts.data?.remedies_open ?? 0, late: counts.data?.remedies_late ?? 0 };
    const of = (counts.data?.publications ?? []).filter((row) => (tabs[it].state as string).split(",").includes(row.state));
    return { count: of.reduce((sum, row) => sum + row.count, 0), late: of.reduce((sum, row) => sum + row.late, 0) };
  };
  const label = (it: Tab) => { const { count, late } = number(it); return `${tabs[it].label}${count ? ` ${count}` : ""}${late ? `（超期 ${late}）` : ""}`; };
  return (
    <Page title="公开与信用" wide intro="处罚决定七个工作日内公开，变更、撤销的三个工作日内撤回；信用修复和复议诉讼的台账也在这里。" extra={<a href="/decisions" target="_blank" rel="noreferrer">公示页</a>}>
      <Tabs activeKey={tab} onChange={(key) => go({ tab: key as Tab })} items={(Object.keys(tabs) as Tab[]).map((key) => ({ key, label: label(key) }))} />
      {tab === "openness" ? <Disclosures /> : tab === "repairs" ? <Repairs /> : tab === "remedies" ? <Remedies q={search.q} go={go} /> : <Publications key={tab} tab={tab} search={search} go={go} />}
    </Page>
  );
}

function Publications({ tab, search, go }: { tab: Tab; search: Search; go: (change: Search) => void }) {
  const filter = { state: tabs[tab].state, ...(search.q ? { q: search.q } : {}), ...(search.late ? { late: true } : {}) };
  const list = useInfiniteQuery({ queryKey: ["publications", filter], initialPageParam: "", refetchInterval: 60_000, queryFn: ({ pageParam, signal }) => listPublications({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  return (
    <>
      <search className="publication-bar" aria-label="筛选公开记录">
        <Input.Search aria-label="查找" allowClear placeholder="案件编号、案由、单位名称" defaultValue={search.q ?? ""} onSearch={(it) => go({ q: it })} style={{ width: 260 }} />
        <Checkbox checked={!!search.late} onChange={(it) => go({ late: it.target.checked ? "1" : "" })}>只看超期</Checkbox>
        <Button href={publicationsFile(filter)}>导出</Button>
      </search>
      <List<PublicationView> list={list} columns={publicationColumns} empty={<Empty title={tabs[tab].empty}>{tabs[tab].how}</Empty>} />
    </>
  );
}

function Repairs() {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const list = useInfiniteQuery({ queryKey: ["publications", "repairs"], initialPageParam: "", refetchInterval: 60_000, queryFn: ({ pageParam, signal }) => listRepairs(pageParam ? { cursor: pageParam } : {}, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const feedback = async () => {
    try {
      const address = URL.createObjectURL(await takeRepairFeedback());
      const link = Object.assign(document.createElement("a"), { href: address, download: "信用修复反馈.csv" });
      link.click();
      URL.revokeObjectURL(address);
      void client.invalidateQueries({ queryKey: ["publications", "repairs"] });
    } catch (error) { void message.error(asProblem(error).message); }
  };
  return (
    <>
      {mayAny(session, ["publication.work"]) && <div className="publication-bar"><Button onClick={() => void feedback()}>导出待反馈信用平台的修复结果</Button></div>}
      <List<RepairView> list={list} columns={repairColumns} empty={<Empty title={tabs.repairs.empty}>{tabs.repairs.how}</Empty>} />
    </>
  );
}

function Remedies({ q, go }: { q: string | undefined; go: (change: Search) => void }) {
  const filter = q ? { q } : {};
  const list = useInfiniteQuery({ queryKey: ["publications", "remedies", filter], initialPageParam: "", refetchInterval: 60_000, queryFn: ({ pageParam, signal }) => listRemedies({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const tally = list.data?.pages[0]?.tally ?? [];
  return (
    <>
      <search className="publication-bar" aria-label="筛选复议诉讼">
        <Input.Search aria-label="查找" allowClear placeholder="案件编号、案号、案由、机关" defaultValue={q ?? ""} onSearch={(it) => go({ q: it })} style={{ width: 260 }} />
        <Button href={remediesFile(filter)}>导出</Button>
      </search>
      <List<RemedyView> list={list} columns={remedyColumns} empty={<Empty title={tabs.remedies.empty}>{tabs.remedies.how}</Empty>} />
      {tally.length > 0 && (
        <table className="publication-tally"><caption>按案由统计</caption><thead><tr><th>案由</th><th>办理中</th><th>决定维持</th><th>决定被撤销或者变更</th></tr></thead><tbody>{tally.map((it) => <tr key={it.matter}><td>{it.matter}</td><td>{it.running}</td><td>{it.stood}</td><td>{it.fell}</td></tr>)}</tbody></table>
      )}
    </>
  );
}

interface Pages<T> { data?: { pages: { items: T[] }[] } | undefined; error: unknown; isPending: boolean; hasNextPage: boolean; isFetchingNextPage: boolean; refetch: () => unknown; fetchNextPage: () => unknown }

function List<T extends { id: string }>({ list, columns, empty }: { list: Pages<T>; columns: TableColumnsType<T>; empty: React.ReactNode }) {
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <Table<T> rowKey="id" size="small" pagination={false} loading={list.isPending} columns={columns} dataSource={rows} scroll={{ x: 860 }} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : empty }} />
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
    </>
  );
}
