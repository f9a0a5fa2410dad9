/** How long each kind of data is kept, what would go today, what went, and what is held back (保存期限). */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, InputNumber, Modal, Popconfirm, Table } from "antd";
import { useState } from "react";
import type { RetentionHold, RetentionSettings } from "../../api/contract";
import { beginRetention, listRetentionHolds, listRetentionRuns, placeRetentionHold, previewRetention, readRetention, releaseRetentionHold, saveRetention } from "../../api/privacy";
import { asProblem, type Problem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, fieldErrors, Loading } from "../shell/Page";

export function RetentionTab() {
  const query = useQuery({ queryKey: ["retention", "settings"], queryFn: ({ signal }) => readRetention(signal), refetchOnWindowFocus: false });
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <><Periods key={query.data.version} of={query.data} reload={() => void query.refetch()} /><Preview /><Runs /><Holds /></>;
}

function Periods({ of, reload }: { of: RetentionSettings; reload: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const may = mayAny(useSession(), ["privacy.configure"]);
  const [form] = Form.useForm<Record<string, number | null>>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  async function save(values: Record<string, number | null>) {
    setBusy(true);
    setProblem(null);
    try {
      client.setQueryData(["retention", "settings"], await saveRetention(of.items.map((it) => ({ code: it.code, ...(values[it.code] ? { days: Number(values[it.code]) } : {}) })), of.version));
      void client.invalidateQueries({ queryKey: ["retention", "preview"] });
      void message.success("已保存，从下一次清理起生效");
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed) as never);
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  }
  return (
    <section className="panel">
      <p className="quiet">不填的一直保存，站内通知不填时保存 180 天。每天自动清理一次，先看下面的预演。影响评估、告知书、权利请求和台账不自动删除。</p>
      <Form form={form} layout="vertical" requiredMark={false} disabled={!may} initialValues={Object.fromEntries(of.items.map((it) => [it.code, it.days ?? null]))} onFinish={(it) => void save(it)} style={{ maxWidth: 560 }}>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} {...(problem.stale ? { action: <Button size="small" onClick={reload}>载入最新</Button> } : {})} />}
        {of.items.map((it) => <Form.Item key={it.code} name={it.code} label={`${it.label}（天）`} extra={it.basis}><InputNumber min={1} precision={0} placeholder={it.code === "notification" ? "180" : "一直保存"} style={{ width: 160 }} /></Form.Item>)}
        <Button type="primary" htmlType="submit" loading={busy}>保存</Button>
      </Form>
    </section>
  );
}

function Preview() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const may = mayAny(useSession(), ["privacy.configure"]);
  const query = useQuery({ queryKey: ["retention", "preview"], queryFn: ({ signal }) => previewRetention(signal) });
  const begin = useMutation({
    mutationFn: beginRetention,
    onSuccess: () => { void message.success("已开始清理，进度见下面的清理记录"); void client.invalidateQueries({ queryKey: ["retention", "runs"] }); },
    onError: (error) => void message.error(asProblem(error).message),
  });
  return (
    <section className="panel" aria-labelledby="retention-preview">
      <h2 id="retention-preview">若今天执行将删除</h2>
      {query.isPending ? <Loading rows={2} /> : query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : query.data.items.length === 0 ? <p className="quiet">还没有设置任何保存期限，不会删除任何内容。</p> : (
        <>
          <ul className="privacy-steps">{query.data.items.map((it) => <li key={it.code}>{it.label}：<b>{it.count}</b> 项{it.more && "以上"}（{dateTime(it.before)} 以前的）{it.spared > 0 && `；到期但因争议、疑点、请求或暂停删除而保留 ${it.spared} 项`}</li>)}</ul>
          <Popconfirm title="现在清理？" description="删除后不能恢复。" okText="清理" cancelText="取消" onConfirm={() => begin.mutate()} disabled={!may}><Button danger disabled={!may} loading={begin.isPending}>现在清理</Button></Popconfirm>
        </>
      )}
    </section>
  );
}

function Runs() {
  const query = useQuery({ queryKey: ["retention", "runs"], queryFn: ({ signal }) => listRetentionRuns(signal), refetchInterval: 15_000 });
  return (
    <section className="panel" aria-labelledby="retention-runs">
      <h2 id="retention-runs">清理记录</h2>
      {query.isPending ? <Loading rows={2} /> : query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : query.data.items.length === 0 ? <p className="quiet">还没有清理过。设置保存期限后，每天的清理结果会出现在这里。</p> : (
        <ul className="privacy-steps">{query.data.items.map((it) => <li key={it.id}>{dateTime(it.started_at)} {it.asked_by?.name ?? "每日自动"}{it.running ? "，正在进行" : ""}：{it.counts.map((count) => `${count.label}（${count.days} 天）删除 ${count.dropped}、保留 ${count.spared}`).join("；")}</li>)}</ul>
      )}
    </section>
  );
}

function Holds() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const may = mayAny(useSession(), ["privacy.handle"]);
  const [placing, setPlacing] = useState(false);
  const query = useQuery({ queryKey: ["retention", "holds"], queryFn: ({ signal }) => listRetentionHolds(signal) });
  const release = useMutation({
    mutationFn: releaseRetentionHold,
    onSuccess: (holds) => { client.setQueryData(["retention", "holds"], holds); void client.invalidateQueries({ queryKey: ["retention", "preview"] }); },
    onError: (error) => void message.error(asProblem(error).message),
  });
  return (
    <section className="panel" aria-labelledby="retention-holds">
      <div className="privacy-bar"><h2 id="retention-holds">暂停删除</h2><Button disabled={!may} onClick={() => setPlacing(true)}>登记</Button></div>
      {query.isPending ? <Loading rows={2} /> : query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : query.data.items.length === 0 ? <Empty title="没有暂停删除的线索">复议、诉讼、审计期间不能删的，在这里登记编号和理由。</Empty> : (
        <Table<RetentionHold> rowKey="id" size="middle" pagination={false} dataSource={query.data.items} scroll={{ x: 640 }} columns={[
          { title: "线索", dataIndex: "number", className: "number" },
          { title: "理由", dataIndex: "reason" },
          { title: "登记", render: (_, it) => `${it.placed_by.name} ${dateTime(it.placed_at)}` },
          { title: "解除", render: (_, it) => (it.released_at ? `${it.released_by?.name ?? ""} ${dateTime(it.released_at)}` : <Button size="small" disabled={!may} onClick={() => release.mutate(it.id)}>解除</Button>) },
        ]} />
      )}
      {placing && <Place close={() => setPlacing(false)} />}
    </section>
  );
}

function Place({ close }: { close: () => void }) {
  const client = useQueryClient();
  const [form] = Form.useForm<{ number: string; reason: string }>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  async function place(hold: { number: string; reason: string }) {
    setBusy(true);
    try {
      client.setQueryData(["retention", "holds"], await placeRetentionHold(hold));
      void client.invalidateQueries({ queryKey: ["retention", "preview"] });
      close();
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed) as never);
      setProblem(failed);
      setBusy(false);
    }
  }
  return (
    <Modal open title="暂停删除" okText="登记" cancelText="取消" confirmLoading={busy} onOk={() => form.submit()} onCancel={close}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(it) => void place(it)}>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} />}
        <Form.Item name="number" label="线索编号" rules={[{ required: true, message: "请填写编号" }]}><Input maxLength={40} /></Form.Item>
        <Form.Item name="reason" label="理由" rules={[{ required: true, message: "请填写理由" }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
      </Form>
    </Modal>
  );
}
