/** What waits for me and my unit (我的待办), the latest due first. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { listTodo } from "../../api/leads";
import { countReplyChecks } from "../../api/replyChecks";
import { countNotices } from "../../api/notices";
import type { Light } from "../../api/contract";
import { Lamp } from "../../components/Light";
import { lightWords } from "../../format/words";
import { LeadTable } from "../search/LeadTable";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Page } from "../shell/Page";
import "../notices/notices.css";
import "./todo.css";

export function TodoPage() {
  const session = useSession();
  const [light, setLight] = useState<Light | null>(null);
  const list = useInfiniteQuery({
    queryKey: ["todo"], initialPageParam: "", queryFn: ({ pageParam, signal }) => listTodo(pageParam || undefined, signal), getNextPageParam: (page) => page.next_cursor ?? undefined, refetchInterval: 60_000,
  });
  const notices = useQuery({ queryKey: ["notice-counts"], queryFn: ({ signal }) => countNotices(signal), enabled: mayAny(session, ["notice.see"]), refetchInterval: 60_000 });
  const replies = useQuery({ queryKey: ["reply-check-count"], queryFn: ({ signal }) => countReplyChecks(signal), enabled: mayAny(session, ["lead.triage"]), refetchInterval: 60_000 });
  const held = replies.data?.held ?? 0;
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const shown = light ? rows.filter((it) => it.light === light) : rows;
  const more = list.hasNextPage ? "+" : "";

  return (
    <Page title="我的待办" intro={`${session.person.name} · ${session.organisation.name}`} wide>
      {(notices.data?.mine ?? 0) > 0 && <p className="todo-notices" role="status"><b>{notices.data?.mine} 份督办文书待办理</b><Link to="/notices" search={{ view: "mine" }}>去办理</Link></p>}
      {held > 0 && <p className="todo-notices" role="status"><b>{held >= 1000 ? "999+" : held} 条答复待核对</b><Link to="/answers" search={{ state: "checks" }}>去核对</Link></p>}
      <div className="lights" role="group" aria-label="按预警筛选">
        {(["red", "yellow", "green"] as const).map((it) => (
          <button key={it} type="button" aria-pressed={light === it} onClick={() => setLight(light === it ? null : it)}>
            <Lamp light={it} size={15} /><span>{lightWords[it]}</span><b>{rows.filter((row) => row.light === it).length}{more}</b>
          </button>
        ))}
      </div>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <LeadTable rows={shown} loading={list.isPending} empty={<Empty title={light ? `没有${lightWords[light]}的待办` : "没有待办"}>派给您或您单位的线索会自动出现在这里。</Empty>} />
      )}
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
    </Page>
  );
}
