/** What was sent to one webhook (推送记录), what failed and why, and sending it once more. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Segmented, Table } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { get, post } from "../../api/client";
import type { Delivery, Page, Webhook } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { Empty, Failure } from "../shell/Page";
import { topicWord } from "./topics";

const words: Record<string, string> = { waiting: "待发送", delivered: "已送达", dead: "已放弃" };

export function DeliveriesDrawer({ of, close }: { of: Webhook | null; close: () => void }) {
  return <Drawer open={of !== null} onClose={close} title="推送记录" size={760} destroyOnHidden>{of && <Deliveries of={of} />}</Drawer>;
}

function Deliveries({ of }: { of: Webhook }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [state, setState] = useState(of.dead > 0 ? "dead" : "");
  const list = useInfiniteQuery({
    queryKey: ["deliveries", of.id, state], initialPageParam: "", refetchInterval: 5000,
    queryFn: ({ pageParam, signal }) => get<Page<Delivery>>(`/webhooks/${of.id}/deliveries`, { state, cursor: pageParam }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  async function retry(it: Delivery) {
    try {
      await post(`/webhooks/${of.id}/deliveries/${it.id}/actions/retry`);
      void message.success("已排队，几秒内重新发送");
    } catch (error) {
      void message.error(asProblem(error).message);
    }
    void client.invalidateQueries({ queryKey: ["deliveries", of.id] });
    void client.invalidateQueries({ queryKey: ["webhooks"] });
  }
  return (
    <>
      <p className="mono" style={{ marginTop: 0, overflowWrap: "anywhere" }}>{of.url}</p>
      <Segmented aria-label="状态" value={state} onChange={setState} style={{ marginBottom: 12 }} options={[{ value: "", label: "全部" }, ...Object.entries(words).map(([value, label]) => ({ value, label }))]} />
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <Table<Delivery>
          rowKey="id" size="small" loading={list.isPending} pagination={false} scroll={{ x: 640 }} dataSource={list.data?.pages.flatMap((page) => page.items) ?? []}
          locale={{ emptyText: list.isPending ? " " : <Empty title="没有这样的推送">线索变化后，符合主题的推送会出现在这里。</Empty> }}
          columns={[
            { title: "时间", width: 150, render: (_, it) => dateTime(it.last_at ?? it.created_at) },
            { title: "主题", width: 110, render: (_, it) => <Link to="/leads/$id" params={{ id: it.lead_id }} title={it.topic}>{topicWord(it.topic)}</Link> },
            { title: "状态", width: 84, render: (_, it) => (it.state === "dead" ? <b>{words[it.state]}</b> : words[it.state] ?? it.state) },
            { title: "结果", render: (_, it) => (it.last_status ? `HTTP ${it.last_status}` : it.last_error ?? "—") },
            { title: "次数", dataIndex: "attempts", width: 60, align: "right" },
            { title: <span className="visually-hidden">操作</span>, width: 90, render: (_, it) => it.state === "dead" && <Button size="small" type="text" onClick={() => void retry(it)}>重新发送</Button> },
          ]}
        />
      )}
      {list.hasNextPage && <div style={{ padding: 12, textAlign: "center" }}><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
    </>
  );
}
