/** The rules of one kind (识别种类): when a sighting is made of it, and when it becomes a lead without a person. */
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Form, InputNumber, Switch } from "antd";
import { useEffect, useState } from "react";
import { saveKind } from "../../api/machines";
import type { MachineKind, MachineKindRules } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { fieldErrors } from "../shell/Page";
import { kindsQuery } from "./kinds";
import { precisionWord } from "./sightings";
import { Theirs } from "./Theirs";
import "../sources/sources.css";
import "./machines.css";

interface Fields { rules: MachineKindRules }

export function KindDrawer({ of: current, close }: { of: MachineKind; close: () => void }) {
  // The list may be read anew while the drawer is open; what the person began with stays.
  const [of] = useState(current);
  const [base, setBase] = useState(current);
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [open, setOpen] = useState(true);
  const [form] = Form.useForm<Fields>();
  const rules = { ...of.rules, ...(Form.useWatch("rules", form) as Partial<MachineKindRules> | undefined) };
  const [seen, setSeen] = useState(of.version);
  const [theirs, setTheirs] = useState<MachineKind | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const dirty = (Object.keys(of.rules) as (keyof MachineKindRules)[]).some((it) => rules[it] !== base.rules[it]);

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
      await saveKind({ number: of.number, version: seen }, { ...of.rules, ...typed.rules });
      void client.invalidateQueries({ queryKey: kindsQuery.queryKey });
      void client.invalidateQueries({ queryKey: ["settings-history"] });
      void message.success(`已保存：${of.name}`);
      setOpen(false);
    } catch (error) {
      const failed = asProblem(error);
      if (failed.stale) await meet(failed);
      else {
        form.setFields(fieldErrors(failed) as never);
        setProblem(failed);
      }
    } finally {
      setBusy(false);
    }
  }

  /** Somebody else saved meanwhile: what was typed stays, beside what stands now. */
  async function meet(failed: Problem) {
    await client.invalidateQueries({ queryKey: kindsQuery.queryKey });
    const latest = await client.fetchQuery({ ...kindsQuery, staleTime: 0 }).then(({ items }) => items.find((it) => it.number === of.number), () => undefined);
    if (!latest) setProblem(failed);
    else {
      setTheirs(latest);
      setSeen(latest.version);
    }
  }

  const share = { min: 0, max: 100, suffix: "%", style: { width: "100%" } } as const;
  // Stored as a share, read and typed in percent.
  const inPercent = { getValueProps: (it: number | null) => ({ value: it === null ? null : +(it * 100).toFixed(1) }), getValueFromEvent: (it: number | null) => (it === null ? null : +(it / 100).toFixed(3)) };
  const required = (words: string) => ({ rules: [{ required: true, message: words }] });
  return (
    <Drawer
      open={open} onClose={leave} afterOpenChange={(it) => { if (!it) close(); }} size={560} className="source-drawer" title={<>识别种类 · {of.name} <span className="mono quiet">{of.number}</span></>}
      footer={<div className="source-foot">{dirty && <span className="quiet">有未保存的修改</span>}<Button onClick={leave}>取消</Button><Button type="primary" loading={busy} onClick={() => form.submit()}>保存</Button></div>}
    >
      <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={{ rules: of.rules }} scrollToFirstError onFinish={(typed) => void submit(typed)}>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} />}
        {theirs && (
          <Theirs
            title="这个识别种类刚被别人改过，已取来最新内容；您填的还在，没有保存" latest={{ rules: theirs.rules }} mine={{ rules }}
            take={() => { form.setFieldsValue({ rules: theirs.rules }); setBase(theirs); setTheirs(null); }}
          />
        )}
        <p className="quiet" style={{ marginTop: 0 }}>线索类别 {of.class_name ?? "—"} {of.class_code} · {precisionWord(of.precision)}{of.personal && " · 以人为主，缺省停用"}</p>
        <section className="source-part" aria-labelledby="kind-found">
          <h3 id="kind-found">怎样形成发现</h3>
          <Form.Item name={["rules", "active"]} label="启用" valuePropName="checked" extra="停用后，这个种类的事件只存下来，不形成发现。"><Switch /></Form.Item>
          <Form.Item name={["rules", "least_confidence"]} label="最低置信度" extra="低于它的事件只存下来，不计入确认。" {...inPercent} {...required("请填写最低置信度")}><InputNumber {...share} /></Form.Item>
          <div className="two">
            <Form.Item
              name={["rules", "need"]} label="确认：看见几次" dependencies={[["rules", "of"]]}
              rules={[{ required: true, message: "请填写确认次数" }, ({ getFieldValue }) => ({ validator: (_, it: number) => (it > Number(getFieldValue(["rules", "of"])) ? Promise.reject(new Error("不能多于观察次数")) : Promise.resolve()) })]}
            ><InputNumber min={1} max={32} precision={0} style={{ width: "100%" }} /></Form.Item>
            <Form.Item name={["rules", "of"]} label="最近观察几次里" {...required("请填写观察次数")}><InputNumber min={1} max={32} precision={0} style={{ width: "100%" }} /></Form.Item>
          </div>
          <p className="quiet">同一设备最近 {rules.of} 次观察里有 {rules.need} 次看见，形成一条发现；连续 {rules.need} 次没有看见，算作消失。</p>
          <Form.Item name={["rules", "quiet_minutes"]} label="静默期" extra="误报以后，或线索了结以后，同一设备这么久不再形成这个种类的发现。" {...required("请填写静默期")}><InputNumber min={0} max={1440} precision={0} suffix="分钟" style={{ width: "100%" }} /></Form.Item>
        </section>
        <section className="source-part" aria-labelledby="kind-automatic">
          <h3 id="kind-automatic">自动转线索</h3>
          <Form.Item name={["rules", "automatic"]} label="自动" valuePropName="checked"><Switch /></Form.Item>
          {rules.automatic && !base.rules.automatic && <Alert type="warning" showIcon style={{ marginBottom: 16 }} title="以后的发现不经人工研判，直接成为线索" description="线索的结果仍计入准确率；准确率太低时自动暂停。" />}
          <Form.Item name={["rules", "floor"]} label="准确率下限" extra="准确率的 95% 区间整个低于它时，暂停自动转线索，改由人研判。" {...inPercent} {...required("请填写准确率下限")}><InputNumber {...share} /></Form.Item>
        </section>
        <section className="source-part" aria-labelledby="kind-closes">
          <h3 id="kind-closes">自动结案</h3>
          <Form.Item name={["rules", "closes"]} label="看不到了就结案" valuePropName="checked" extra={`处置单位反馈以后，同一设备连续 ${rules.need} 次没有看见，自动核查通过并结案；缺照片、有疑点、已派人核查的，仍由人办。`}><Switch /></Form.Item>
        </section>
      </Form>
    </Drawer>
  );
}
