/** Findings: one's own to answer, those of one's ground to judge. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Input, Select } from "antd";
import { listFindings } from "../../api/quality";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { FindingCard } from "./FindingCard";
import type { QualitySearch } from "./QualityPage";

const states = [["open", "未办结"], ["told", "待整改"], ["corrected", "已整改待复核"], ["objected", "异议待复核"], ["all", "全部"]] as const;

export function FindingsTab({ search, go }: { search: QualitySearch; go: (change: QualitySearch) => void }) {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const mine = search.mine ? search.mine === "1" : mayAny(session, ["quality.answer"]);
  const state = states.some(([code]) => code === search.state) ? (search.state as string) : "open";
  const filter = { mine, ...(state === "open" ? { open: true } : state === "all" ? {} : { state }), ...(search.q ? { q: search.q } : {}) };
  const list = useInfiniteQuery({ queryKey: ["review-findings", filter], initialPageParam: "", refetchInterval: 60_000, queryFn: ({ pageParam, signal }) => listFindings({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const rows = list.data?.pages.flatMap((it) => it.items) ?? [];
  const changed = (words: string) => { void client.invalidateQueries({ queryKey: ["review-findings"] }); void message.success(words); };
  return (
    <>
      <search className="quality-bar" aria-label="筛选问题">
        <Input.Search aria-label="查找" allowClear placeholder="案件编号、问题" defaultValue={search.q ?? ""} onSearch={(q) => go({ q })} style={{ width: 240 }} />
        <Select aria-label="状态" value={state} onChange={(value) => go({ state: value })} options={states.map(([value, label]) => ({ value, label }))} style={{ width: 160 }} />
        <Checkbox checked={mine} onChange={(it) => go({ mine: it.target.checked ? "1" : "0" })}>只看我承办的案件</Checkbox>
      </search>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading /> : rows.length === 0 ? <Empty title="没有评查问题">案卷评定后，扣分的地方作为问题反馈给承办人，在这里整改、提出异议和复核。</Empty> : <ul className="quality-items">{rows.map((it) => <li key={it.id}><FindingCard of={it} changed={changed} /></li>)}</ul>}
      {list.hasNextPage && <Button block className="law-more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
    </>
  );
}
