/** What vehicles are found to have done (车辆违规): a list to work through, and the rules. State and filters stand in the address. */
import { DownloadOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, DatePicker, Input, Select, Table, Tabs } from "antd";
import dayjs from "dayjs";
import { findingsFile, listFindings, type Finding } from "../../api/findings";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime, shortTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Page } from "../shell/Page";
import { RulesTab } from "./RulesTab";
import { emptyWords, numberWords, rules, states } from "./words";
import "./findings.css";

export interface FindingsSearch { tab?: string; state?: string; rule?: string; q?: string; from?: string; to?: string }

export function FindingsPage() {
  const search = useSearch({ strict: false }) as FindingsSearch;
  const navigate = useNavigate();
  const session = useSession();
  const go = (change: FindingsSearch) => void navigate({ to: "/findings", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as never, replace: true });
  const tab = search.tab === "rules" ? "rules" : "list";
  return (
    <Page title="车辆违规" wide intro="按规则从车载终端的轨迹中判定，每条附轨迹、数值和示意图；核实成立的转为线索，只转一次。">
      <Tabs activeKey={tab} destroyOnHidden onChange={(key) => go({ tab: key === "list" ? "" : key })} items={[
        { key: "list", label: "发现", children: <List search={search} go={go} /> },
        { key: "rules", label: "规则与准确率", children: <RulesTab keeps={mayAny(session, ["finding.rules"])} /> },
      ]} />
    </Page>
  );
}

function List({ search, go }: { search: FindingsSearch; go: (change: FindingsSearch) => void }) {
  const state = states.some(([code]) => code === search.state) ? (search.state as string) : search.state === "all" ? "all" : "waiting";
  const filter = {
    ...(state === "all" ? {} : { state }), ...(search.rule ? { rule: search.rule } : {}), ...(search.q ? { q: search.q } : {}),
    ...(search.from ? { from: search.from } : {}), ...(search.to ? { to: search.to } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["findings", filter], initialPageParam: "", refetchInterval: 10_000, refetchOnWindowFocus: "always",
    queryFn: ({ pageParam, signal }) => listFindings({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = Boolean(search.rule ?? search.q ?? search.from ?? search.to);
  return (
    <>
      <search className="findings-bar" aria-label="筛选车辆违规">
        <Select aria-label="状态" value={state} style={{ width: 130 }} onChange={(value) => go({ state: value === "waiting" ? "" : value })} options={[...states.map(([value, label]) => ({ value: value as string, label: label as string })), { value: "all", label: "全部状态" }]} />
        <Select aria-label="情形" allowClear placeholder="全部情形" style={{ width: 190 }} value={search.rule ?? null} onChange={(value: string | null) => go({ rule: value ?? "" })} options={rules.map(([value, label]) => ({ value: value as string, label: label as string }))} />
        <Input.Search aria-label="车牌" allowClear placeholder="车牌" defaultValue={search.q ?? ""} style={{ width: 160 }} onSearch={(q) => go({ q: q.trim() })} />
        <DatePicker.RangePicker
          aria-label="日期" allowEmpty={[true, true]} value={[search.from ? dayjs(search.from) : null, search.to ? dayjs(search.to) : null]}
          onChange={(days) => go({ from: days?.[0]?.format("YYYY-MM-DD") ?? "", to: days?.[1]?.format("YYYY-MM-DD") ?? "" })}
        />
        <Button icon={<DownloadOutlined />} href={findingsFile(filter)}>导出</Button>
      </search>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <Table<Finding>
          rowKey="id" size="small" loading={list.isPending} dataSource={rows} pagination={false} scroll={{ x: 900 }}
          locale={{ emptyText: list.isPending ? " " : <Empty title={narrowed ? "没有符合条件的发现" : "没有车辆违规发现"}>{narrowed ? <Button type="link" onClick={() => go({ rule: "", q: "", from: "", to: "" })}>清除筛选</Button> : emptyWords[state] ?? emptyWords["waiting"]}</Empty> }}
          columns={[
            { title: "情形", render: (_, it) => <Link to="/findings/$id" params={{ id: it.id }}>{it.rule_label}</Link> },
            { title: "车辆", render: (_, it) => <>{it.plate || "未报车牌"} {it.visitor && <span className="tag">来访终端</span>}{it.simulated && <SimulatedTag />}</> },
            { title: "开始", render: (_, it) => <time dateTime={it.began_at} title={dateTime(it.began_at)}>{shortTime(it.began_at, now())}</time> },
            { title: "数值", render: (_, it) => <span className="findings-numbers">{numberWords(it)}</span> },
            { title: "地点", render: (_, it) => it.jurisdiction_name ?? it.jurisdiction },
            { title: "状态", render: (_, it) => <>{it.state_label}{it.open && <span className="quiet"> 持续中</span>}{it.outdated && <span className="tag">轨迹有变</span>}{it.lead_id && <> <Link to="/leads/$id" params={{ id: it.lead_id }}>{it.lead_number}</Link></>}</> },
          ]}
        />
      )}
      {list.hasNextPage && <Button block className="findings-more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
    </>
  );
}
