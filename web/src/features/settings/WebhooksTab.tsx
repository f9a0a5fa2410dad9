/** Webhooks: other systems hear what happens, signed, at least once. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Select, Switch, Table } from "antd";
import { useState } from "react";
import { get, post, remove } from "../../api/client";
import type { Items, Webhook } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";

type Fields = Pick<Webhook, "url" | "topics" | "active"> & { secret?: string };

export function WebhooksTab() {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [adding, setAdding] = useState(false);
  const list = useQuery({ queryKey: ["webhooks"], queryFn: ({ signal }) => get<Items<Webhook>>("/webhooks", undefined, signal) });
  const refresh = () => client.invalidateQueries({ queryKey: ["webhooks"] });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <div className="settings-bar"><p className="quiet">线索变化时向外部系统发送签名的 JSON，失败会重试；内容不含个人信息。</p><Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>新增 Webhook</Button></div>
      <Table<Webhook>
        rowKey="id" size="small" className="settings-table" loading={list.isPending} pagination={false} dataSource={list.data?.items ?? []} locale={{ emptyText: <Empty title="还没有 Webhook">新增后，外部系统即可实时得知线索的变化。</Empty> }}
        columns={[
          { title: "地址", dataIndex: "url", render: (it: string) => <span className="mono">{it}</span> }, { title: "主题", render: (_, it) => (it.topics.join("、")) },
          { title: "状态", render: (_, it) => (it.active ? "启用" : "停用") }, { title: "最近结果", render: (_, it) => <>{it.last_status ? `HTTP ${it.last_status}` : "尚未发送"}{(it.waiting ?? 0) > 0 && <span className="quiet"> 待发 {it.waiting}</span>}{(it.dead ?? 0) > 0 && <b> 失败 {it.dead}</b>}</> },
          { title: <span className="visually-hidden">操作</span>, width: 80, render: (_, it) => <Button size="small" type="text" onClick={() => void modal.confirm({ title: "删除这个 Webhook？", okText: "删除", onOk: async () => { try { await remove(`/webhooks/${it.id}`); void refresh(); } catch (error) { void message.error(asProblem(error).message); } } })}>删除</Button> },
        ]}
      />
      <FormDialog<Fields>
        open={adding} title="新增 Webhook" initial={{ topics: ["lead.*"], active: true }} close={() => setAdding(false)}
        save={async (fields) => {
          const made = await post<Webhook | undefined>("/webhooks", fields);
          setAdding(false);
          void refresh();
          if (made?.secret && made.secret !== fields.secret) void modal.info({ title: "签名密钥（只显示一次）", content: <code className="mono">{made.secret}</code> });
        }}
      >
        <Form.Item name="url" label="地址" rules={[{ required: true, type: "url", message: "请输入 https:// 开头的地址" }]}><Input className="mono" placeholder="https://" /></Form.Item>
        <Form.Item name="topics" label="主题" extra="可用通配，例如 lead.*。" rules={[{ type: "array", min: 1, required: true, message: "至少一个主题" }]}><Select mode="tags" options={["lead.*", "lead.filed", "lead.closed"].map((value) => ({ value, label: value }))} /></Form.Item>
        <Form.Item name="secret" label="签名密钥（留空自动生成）"><Input.Password autoComplete="new-password" /></Form.Item>
        <Form.Item name="active" label="启用" valuePropName="checked"><Switch /></Form.Item>
      </FormDialog>
    </>
  );
}
