/** Webhooks: other systems hear what happens, signed, at least once. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Select, Switch, Table, Typography } from "antd";
import { useState } from "react";
import { get, patch, post, remove } from "../../api/client";
import type { Items, Webhook } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";
import { DeliveriesDrawer } from "./DeliveriesDrawer";
import { knownTopics, topicWord } from "./topics";

type Fields = Pick<Webhook, "url" | "topics" | "active"> & { secret?: string };

export function WebhooksTab() {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [adding, setAdding] = useState(false);
  const [watched, setWatched] = useState<Webhook | null>(null);
  const list = useQuery({ queryKey: ["webhooks"], queryFn: ({ signal }) => get<Items<Webhook>>("/webhooks", undefined, signal), refetchInterval: 15_000 });
  const refresh = () => client.invalidateQueries({ queryKey: ["webhooks"] });
  async function turn(of: Webhook, active: boolean) {
    try {
      await patch(`/webhooks/${of.id}`, { active });
    } catch (error) {
      void message.error(asProblem(error).message);
    }
    void refresh();
  }
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <div className="settings-bar"><p className="quiet">线索变化时向外部系统发送签名的 JSON，失败会重试；内容不含个人信息。</p><Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>新增 Webhook</Button></div>
      <Table<Webhook>
        rowKey="id" size="small" className="settings-table" loading={list.isPending} pagination={false} scroll={{ x: 820 }} dataSource={list.data?.items ?? []} locale={{ emptyText: list.isPending ? " " : <Empty title="还没有 Webhook">新增后，外部系统即可实时得知线索的变化。</Empty> }}
        columns={[
          { title: "地址", dataIndex: "url", render: (it: string) => <span className="mono">{it}</span> }, { title: "主题", width: 200, render: (_, it) => it.topics.map((one) => <span key={one} className="tag" title={one}>{topicWord(one)}</span>) },
          { title: "状态", width: 90, render: (_, it) => <Switch size="small" aria-label={`启用 ${it.url}`} checked={it.active} onChange={(active) => void turn(it, active)} /> }, { title: "最近结果", width: 210, render: (_, it) => <>{it.last_status ? `HTTP ${it.last_status}` : "尚未发送"}{it.waiting > 0 && <span className="quiet"> 待发 {it.waiting}</span>}{it.dead > 0 && <b> 放弃 {it.dead}</b>}</> },
          { title: <span className="visually-hidden">操作</span>, width: 150, render: (_, it) => <><Button size="small" type="text" onClick={() => setWatched(it)}>推送记录</Button><Button size="small" type="text" onClick={() => void modal.confirm({ title: "删除这个 Webhook？", okText: "删除", onOk: async () => { try { await remove(`/webhooks/${it.id}`); void refresh(); } catch (error) { void message.error(asProblem(error).message); } } })}>删除</Button></> },
        ]}
      />
      <DeliveriesDrawer of={watched} close={() => setWatched(null)} />
      <FormDialog<Fields>
        open={adding} title="新增 Webhook" initial={{ topics: ["lead.*"], active: true }} close={() => setAdding(false)}
        save={async (fields) => {
          const made = await post<Webhook | undefined>("/webhooks", fields);
          setAdding(false);
          void refresh();
          if (made?.secret && made.secret !== fields.secret) void modal.info({ title: "签名密钥（只显示一次）", content: <Typography.Text code copyable={{ text: made.secret, tooltips: ["复制", "已复制"] }} style={{ overflowWrap: "anywhere" }}>{made.secret}</Typography.Text> });
        }}
      >
        <Form.Item name="url" label="地址" rules={[{ required: true, type: "url", message: "请输入 https:// 开头的地址" }]}><Input className="mono" placeholder="https://" /></Form.Item>
        <Form.Item name="topics" label="主题" extra="可用通配，例如 lead.*。" rules={[{ type: "array", min: 1, required: true, message: "至少一个主题" }]}><Select mode="tags" options={knownTopics.map((value) => ({ value, label: `${topicWord(value)}（${value}）` }))} /></Form.Item>
        <Form.Item name="secret" label="签名密钥（留空自动生成）"><Input.Password autoComplete="new-password" /></Form.Item>
        <Form.Item name="active" label="启用" valuePropName="checked"><Switch /></Form.Item>
      </FormDialog>
    </>
  );
}
