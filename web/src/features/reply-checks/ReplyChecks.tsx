/** The replies that do not answer (答复核验), a state at a time; and the one of a lead on its page. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Segmented } from "antd";
import { listReplyChecks } from "../../api/replyChecks";
import type { Lead, ReplyCheckState } from "../../api/contract";
import { Empty, Failure, Loading } from "../shell/Page";
import { checkStates, checkWords } from "./checks";
import { ReplyCheckCard } from "./ReplyCheckCard";

const empty: Partial<Record<ReplyCheckState, [title: string, words: string]>> = {
  held: ["没有待核对的答复", "单位反馈或线索办结时，答非所问的答复按“规则设置 · 答复核验”暂缓发出，到这里等人放行或改写。"],
  warned: ["没有提示过的答复", "有问题、但按设置照常发出的答复列在这里。"],
  released: ["还没有放行过", "核对后照原话发出的列在这里，写着理由。"],
  rewritten: ["还没有改写过", "核对后改写再发出的列在这里。"],
};

export function ReplyChecks({ state, go }: { state: ReplyCheckState; go: (state: ReplyCheckState) => void }) {
  const list = useInfiniteQuery({
    queryKey: ["reply-checks", { state }], initialPageParam: "", refetchInterval: 60_000,
    queryFn: ({ pageParam, signal }) => listReplyChecks({ state, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const [title, words] = empty[state] ?? ["没有", ""];
  return (
    <>
      <Segmented aria-label="核验状态" value={state} onChange={go} options={checkStates.map((it) => ({ value: it, label: checkWords[it] }))} style={{ marginBottom: 12 }} />
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading /> : rows.length === 0 ? <Empty title={title}>{words}</Empty> : (
        <ul className="reply-checks">{rows.map((it) => <li key={it.lead_id}><ReplyCheckCard of={it} /></li>)}</ul>
      )}
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
    </>
  );
}

/** Nothing as long as nothing was found. */
export function LeadReplyCheck({ lead }: { lead: Lead }) {
  const list = useQuery({ queryKey: ["reply-checks", "lead", lead.id, lead.version], queryFn: ({ signal }) => listReplyChecks({ lead: lead.id }, signal), enabled: Boolean(lead.reply) || lead.state === "closed" });
  const found = list.data?.items[0];
  if (!list.error && !found) return null;
  return (
    <section className="panel" aria-labelledby="reply-check">
      <h2 id="reply-check">答复核验</h2>
      {found ? <ReplyCheckCard of={found} alone /> : <Failure error={list.error} retry={() => void list.refetch()} />}
    </section>
  );
}
