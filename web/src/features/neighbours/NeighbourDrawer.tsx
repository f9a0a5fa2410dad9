/** One neighbour city, set up or changed (邻市对接). */
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Form, Input, InputNumber, Switch } from "antd";
import { useEffect, useMemo, useState } from "react";
import { saveNeighbour } from "../../api/neighbours";
import type { Neighbour, NeighbourInput } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { fieldErrors } from "../shell/Page";
import { codePattern, inputOf, neighboursQuery, pairsText, readPairs } from "./neighbours";
import "../sources/sources.css";

interface Fields {
  code: string; name: string; ground: string; url: string; jurisdiction: string; api_key: string; pairs: string; fallback_service: string;
  active: boolean; pulls: boolean; poll_minutes: number; forget_key: boolean;
}

function fieldsOf(of: Neighbour | null): Fields {
  const input = of ? inputOf(of) : null;
  return {
    code: of?.code ?? "", name: input?.name ?? "", ground: input?.ground ?? "", url: input?.url ?? "", jurisdiction: input?.jurisdiction ?? "", api_key: "",
    pairs: pairsText(input?.services), fallback_service: input?.fallback_service ?? "", active: input?.active ?? true, pulls: input?.pulls ?? false,
    poll_minutes: input?.poll_minutes ?? 10, forget_key: false,
  };
}

function inputOfFields(it: Fields): NeighbourInput {
  const read = readPairs(it.pairs);
  const key = it.forget_key ? "" : it.api_key.trim() || null;
  return {
    name: it.name, ground: it.ground, url: it.url, jurisdiction: it.jurisdiction || null, services: "pairs" in read ? read.pairs : [], fallback_service: it.fallback_service || null,
    active: it.active, pulls: it.pulls, poll_minutes: it.poll_minutes, ...(key === null ? {} : { api_key: key }),
  };
}

/** `of` is null for a new one. */
export function NeighbourDrawer({ of: current, close }: { of: Neighbour | null; close: () => void }) {
  // The list may be read anew while the drawer is open; what the person began with stays.
  const [of] = useState(current);
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [open, setOpen] = useState(true);
  const [form] = Form.useForm<Fields>();
  const initial = useMemo(() => fieldsOf(of), [of]);
  const fields = { ...initial, ...(Form.useWatch([], form) as Partial<Fields> | undefined) };
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const dirty = JSON.stringify(fields) !== JSON.stringify(initial);

  useEffect(() => {
    if (!dirty || !open) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [dirty, open]);

  function leave() {
    if (dirty) void modal.confirm({ title: "放弃没有保存的修改？", okText: "放弃修改", cancelText: "继续编辑", onOk: () => setOpen(false) });
    else setOpen(false);
  }

  async function submit(typed: Fields) {
    setBusy(true);
    setProblem(null);
    try {
      const saved = await saveNeighbour(of?.code ?? typed.code, inputOfFields({ ...initial, ...typed }), of?.version ?? 0);
      void client.invalidateQueries({ queryKey: neighboursQuery.queryKey });
      void client.invalidateQueries({ queryKey: ["settings-history"] });
      void message.success(`已保存：${saved.name}`);
      setOpen(false);
    } catch (error) {
      const failed = asProblem(error);
      // What was typed stays; the person looks at the latest in the list and decides.
      if (failed.stale) void client.invalidateQueries({ queryKey: neighboursQuery.queryKey });
      form.setFields(fieldErrors(failed).map((it) => (it.name[0] === "services" ? { ...it, name: ["pairs"] } : it)) as never);
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Drawer
      open={open} onClose={leave} afterOpenChange={(it) => { if (!it) close(); }} size={640} className="source-drawer"
      title={of ? <>邻市 · {of.name} <span className="mono quiet">{of.code}</span></> : "新增邻市"}
      footer={<div className="source-foot">{dirty && <span className="quiet">有未保存的修改</span>}<Button onClick={leave}>取消</Button><Button type="primary" loading={busy} onClick={() => form.submit()}>保存</Button></div>}
    >
      <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={initial} scrollToFirstError onFinish={(typed) => void submit(typed)}>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} />}
        <section className="source-part" aria-label="邻市">
          <div className="source-grid">
            {!of && <Form.Item name="code" label="编码" extra="保存后不能改。" rules={[{ required: true, pattern: codePattern, message: "小写字母开头，由小写字母、数字和 - 组成，2 至 32 位" }]}><Input className="mono" maxLength={32} autoComplete="off" autoFocus placeholder="例如 next-city" /></Form.Item>}
            <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={40} placeholder="例如 邻县综合执法局" /></Form.Item>
            <Form.Item name="ground" label="区划代码（选填）" rules={[{ pattern: /^\d{0,6}$/, message: "至多 6 位数字" }]}><Input className="mono" maxLength={6} inputMode="numeric" /></Form.Item>
          </div>
          <Form.Item name="active" label="启用" valuePropName="checked" extra="停用后不再转办、跟踪和接收。"><Switch /></Form.Item>
        </section>
        <section className="source-part" aria-labelledby="neighbour-server">
          <h3 id="neighbour-server">对方的接口</h3>
          <Form.Item name="url" label="地址" extra="GeoReport v2 的根地址，须支持 JSON；除本机外使用 https。" rules={[{ required: true, whitespace: true, message: "请填写地址" }]}><Input className="mono" maxLength={2000} placeholder="https://city.example.com/open311/v2" /></Form.Item>
          <div className="source-grid">
            <Form.Item name="jurisdiction" label="jurisdiction_id（选填）"><Input className="mono" maxLength={100} /></Form.Item>
            <Form.Item name="api_key" label={of?.link?.has_api_key ? "api_key（已保存，填写则更换）" : "api_key（选填）"}><Input.Password maxLength={500} autoComplete="new-password" disabled={fields.forget_key} /></Form.Item>
            {of?.link?.has_api_key && <Form.Item name="forget_key" label="删除已保存的 api_key" valuePropName="checked"><Switch /></Form.Item>}
          </div>
        </section>
        <section className="source-part" aria-labelledby="neighbour-services">
          <h3 id="neighbour-services">类别对应</h3>
          <Form.Item
            name="pairs" label="本市类别 = 对方的 service_code" extra="每行一条；类别可以只写前几位，位数多的优先。接收时只按完整代码对应，其余由文字建议类别。"
            rules={[{ validator: (_, text: string) => { const read = readPairs(text); return "faulty" in read ? Promise.reject(new Error(`这一行不对或重复：${read.faulty}`)) : Promise.resolve(); } }]}
          ><Input.TextArea className="mono" autoSize={{ minRows: 4, maxRows: 12 }} placeholder={"06010 = WASTE-01\n06 = STREET"} /></Form.Item>
          <Form.Item name="fallback_service" label="其他类的 service_code（选填）" extra="没有对应的类别用它；不填则这些类别不能转给这个邻市。"><Input className="mono" maxLength={100} /></Form.Item>
        </section>
        <section className="source-part" aria-labelledby="neighbour-pull">
          <h3 id="neighbour-pull">接收与跟踪</h3>
          <Form.Item name="pulls" label="接收邻市转来" valuePropName="checked" extra="定期读取对方的请求，落在本市单元网格内、未办结的接成线索，一条请求一件。"><Switch /></Form.Item>
          <Form.Item name="poll_minutes" label="查询间隔（分钟）" rules={[{ required: true, message: "请填写 1 至 1440" }]}><InputNumber min={1} max={1440} precision={0} style={{ width: 160 }} /></Form.Item>
        </section>
      </Form>
    </Drawer>
  );
}
