/** Requests of persons about themselves (权利请求). Filters and the open request stand in the address. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select, Table } from "antd";
import { useState } from "react";
import type { PrivacyRequest } from "../../api/contract";
import { listPrivacyRequests } from "../../api/privacy";
import { shortTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { EnterRequest } from "./EnterRequest";
import { RequestDrawer } from "./RequestDrawer";

interface Search { tab?: string; state?: string; kind?: string; id?: string }
export const kinds = { copy: "查阅、复制", correct: "更正、补充", erase: "删除" };
const states = { open: "待办理", granted: "已同意", refused: "已拒绝" };
const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

export function RequestsTab() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const handles = mayAny(useSession(), ["privacy.handle"]);
  const [entering, setEntering] = useState(false);
  const filter = { ...(search.state ? { state: search.state } : {}), ...(search.kind ? { kind: search.kind } : {}) };
  const go = (change: Search) => void navigate({ to: "/privacy", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as Record<string, string>, replace: true });
  const list = useInfiniteQuery({
    queryKey: ["privacy-requests", filter], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => listPrivacyRequests({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="privacy-bar">
        <Select aria-label="请求状态" allowClear placeholder="全部状态" value={search.state ?? null} options={options(states)} onChange={(it: string | null) => go({ state: it ?? "" })} style={{ minWidth: 120 }} />
        <Select aria-label="请求种类" allowClear placeholder="全部种类" value={search.kind ?? null} options={options(kinds)} onChange={(it: string | null) => go({ kind: it ?? "" })} style={{ minWidth: 120 }} />
        <Button type="primary" disabled={!handles} title={handles ? undefined : "办理权利请求需要“办理个人信息权利请求”权限"} onClick={() => setEntering(true)}>窗口登记</Button>
      </div>
      {list.isPending ? <Loading /> : list.error && !list.data ? <Failure error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? (
        search.state || search.kind ? <Empty title="没有符合条件的请求"><Button type="link" onClick={() => go({ state: "", kind: "" })}>看全部</Button></Empty>
          : <Empty title="还没有人提出请求">市民在进度页“我的个人信息”里提出，或到窗口由工作人员登记，都会出现在这里。</Empty>
      ) : (
        <>
          <Table<PrivacyRequest>
            rowKey="id" size="middle" pagination={false} dataSource={rows} scroll={{ x: 720 }}
            columns={[
              { title: "编号", render: (_, it) => <Button type="link" className="number" style={{ padding: 0, textDecoration: "underline" }} onClick={() => go({ id: it.id })}>{it.number}</Button> },
              { title: "种类", dataIndex: "kind_label" },
              { title: "来自", dataIndex: "channel_label" },
              { title: "上报", render: (_, it) => `${it.leads} 件` },
              { title: "收到", render: (_, it) => shortTime(Date.parse(it.received_at)) },
              { title: "应在此前答复", render: (_, it) => (it.state === "open" ? <span className={it.overdue ? "privacy-late" : undefined}>{shortTime(Date.parse(it.due_at))}{it.overdue ? "（已超期）" : ""}</span> : "—") },
              { title: "状态", dataIndex: "state_label" },
            ]}
          />
          {list.hasNextPage && <Button block style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
        </>
      )}
      {entering && <EnterRequest close={(id) => { setEntering(false); if (id) go({ id }); }} />}
      {search.id && <RequestDrawer id={search.id} close={() => go({ id: "" })} />}
    </>
  );
}
