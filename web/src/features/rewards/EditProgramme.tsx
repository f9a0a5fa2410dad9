/** The rules of a programme, with a trial over the last ninety days before they are published. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Drawer, Form, Input, InputNumber, Radio, Space } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import type { RewardProgramme, RewardRules, RewardTrial } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { changeRewardRules, publishRewardProgramme, tryRewardRules } from "../../api/rewards";
import { now } from "../../format/clock";
import { fenOf, typed, yuan } from "./fen";

interface Values {
  name: string; area: string; from: Dayjs; to: Dayjs; since: Dayjs; classes: { class_prefix?: string; amount: string }[]; total: string; daily: string;
  person_day: number; person_month: number; place_metres: number; place_days: number; settle_after_days: number; claim_days: number; shortage: "draw" | "first";
}
const amount = { validator: (_: unknown, text: string) => (fenOf(text ?? "") === null ? Promise.reject(new Error("应为金额，最多两位小数")) : Promise.resolve()) };

const rulesOf = (it: Values): RewardRules => ({
  area: it.area.trim(), from_day: it.from.format("YYYY-MM-DD"), to_day: it.to.format("YYYY-MM-DD"),
  classes: it.classes.map((of) => ({ class_prefix: (of.class_prefix ?? "").trim(), fen: fenOf(of.amount) ?? 0 })),
  total_fen: fenOf(it.total) ?? 0, daily_fen: fenOf(it.daily) ?? 0, person_day: it.person_day, person_month: it.person_month, place_metres: it.place_metres,
  place_days: it.place_days, settle_after_days: it.settle_after_days, claim_days: it.claim_days, shortage: it.shortage,
});

function initial(of: RewardProgramme | null): Partial<Values> {
  const tomorrow = dayjs(now()).add(1, "day");
  if (!of) return { from: tomorrow, to: tomorrow.add(3, "month"), since: tomorrow, classes: [{ class_prefix: "", amount: "5" }], person_day: 2, person_month: 10, place_metres: 50, place_days: 15, settle_after_days: 5, claim_days: 60, shortage: "draw" };
  const { rules } = of;
  return {
    ...rules, name: of.name, from: dayjs(rules.from_day), to: dayjs(rules.to_day), since: tomorrow, total: typed(rules.total_fen), daily: typed(rules.daily_fen),
    classes: rules.classes.map((it) => ({ class_prefix: it.class_prefix, amount: typed(it.fen) })),
  };
}

export function EditProgramme({ of, close }: { of: RewardProgramme | null; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [trial, setTrial] = useState<RewardTrial | null>(null);
  const run = async (work: (values: Values) => Promise<void>) => {
    const values = await form.validateFields().catch(() => null);
    if (!values) return;
    setBusy(true);
    try {
      await work(values);
    } catch (error) {
      void message.error(asProblem(error).message, 8);
    } finally {
      setBusy(false);
    }
  };
  const publish = () => run(async (values) => {
    if (of) await changeRewardRules(of, rulesOf(values), values.since.format("YYYY-MM-DD"));
    else await publishRewardProgramme(values.name.trim(), rulesOf(values));
    void message.success("已发布，市民在门户上能看到");
    for (const queryKey of [["reward-programmes"], ["reward-account"]]) void client.invalidateQueries({ queryKey });
    close();
  });
  const count = (name: keyof Values, label: string, min: number, max: number) => (
    <Form.Item name={name} label={label} rules={[{ required: true, message: "请填写" }]}><InputNumber min={min} max={max} precision={0} /></Form.Item>
  );
  return (
    <Drawer
      open onClose={close} size={640} title={of ? `修改规则：${of.name}` : "新建奖励方案"}
      footer={<Space><Button loading={busy} onClick={() => void run(async (values) => setTrial(await tryRewardRules(rulesOf(values))))}>用近 90 天试算</Button><Button type="primary" loading={busy} onClick={() => void publish()}>发布</Button></Space>}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={initial(of)}>
        {!of && <Form.Item name="name" label="名称（市民看到的）" rules={[{ required: true, whitespace: true, max: 40, message: "1 至 40 字" }]}><Input maxLength={40} /></Form.Item>}
        <div className="reward-fields">
          <Form.Item name="area" label="范围（区县、镇街、社区代码）" rules={[{ required: true, pattern: /^\d{6}(\d{3}){0,3}$/, message: "6、9、12 或 15 位数字" }]}><Input disabled={of !== null} maxLength={15} /></Form.Item>
          <Form.Item name="from" label="上报自" rules={[{ required: true }]}><DatePicker disabled={of !== null} allowClear={false} /></Form.Item>
          <Form.Item name="to" label="至" rules={[{ required: true }]}><DatePicker allowClear={false} /></Form.Item>
          {of && <Form.Item name="since" label="新规则自" rules={[{ required: true }]}><DatePicker allowClear={false} /></Form.Item>}
        </div>
        <Form.List name="classes">
          {(fields, { add, remove }) => (
            <Form.Item label="每件奖励（类别代码的开头；留空为其他各类；0 元为不奖励）">
              {fields.map((field, index) => (
                <Space key={field.key} align="baseline">
                  <Form.Item name={[field.name, "class_prefix"]} rules={[{ pattern: /^\d{0,8}$/, message: "应为数字" }]}><Input aria-label={`第 ${index + 1} 类代码`} placeholder="其他各类" style={{ width: 130 }} /></Form.Item>
                  <Form.Item name={[field.name, "amount"]} rules={[amount]}><Input aria-label={`第 ${index + 1} 类金额`} suffix="元" style={{ width: 130 }} /></Form.Item>
                  {fields.length > 1 && <Button type="text" onClick={() => remove(field.name)}>删除</Button>}
                </Space>
              ))}
              <Button onClick={() => add({ class_prefix: "", amount: "" })}>增加一类</Button>
            </Form.Item>
          )}
        </Form.List>
        <div className="reward-fields">
          <Form.Item name="total" label="总预算" rules={[amount]}><Input suffix="元" /></Form.Item>
          <Form.Item name="daily" label="每日预算" rules={[amount]}><Input suffix="元" /></Form.Item>
          {count("person_day", "每人每日上限（件）", 1, 100)}
          {count("person_month", "每人每月上限（件）", 1, 1000)}
          {count("place_metres", "同一地点（米以内）", 5, 1000)}
          {count("place_days", "同一地点（天以内）", 1, 180)}
          {count("settle_after_days", "上报后几天核定", 1, 60)}
          {count("claim_days", "领取期限（天）", 7, 366)}
        </div>
        <Form.Item name="shortage" label="当天奖金不够时" extra="抽签的种子在当天之前公布指纹，核定后公布种子，任何人都可以重算。"><Radio.Group options={[{ value: "draw", label: "抽签" }, { value: "first", label: "先报先得" }]} /></Form.Item>
      </Form>
      {trial && <Trial of={trial} />}
    </Drawer>
  );
}

function Trial({ of }: { of: RewardTrial }) {
  const most = Math.max(1, ...of.days.map((it) => it.fen));
  return (
    <section className="reward-trial" aria-label="试算结果" aria-live="polite">
      <h3>试算：{of.from} 至 {of.to}</h3>
      <p>{of.reports} 件符合条件的上报中，{of.awards} 件会获得奖励，共 {yuan(of.fen)}；{of.persons_limited} 个电话会碰到上限（没有留电话的在领取时计算）。{of.cut && "上报过多，只看了其中最早的 10 万件。"}</p>
      <svg viewBox={`0 0 ${of.days.length * 6} 60`} width="100%" height="60" preserveAspectRatio="none" role="img" aria-label={`每天的奖金，最多一天 ${yuan(most)}`}>
        {of.days.map((it, index) => { const height = (it.fen / most) * 56; return <rect key={it.day} x={index * 6} y={60 - height} width={5} height={height} fill="currentColor"><title>{`${it.day}：${it.awards} 件，${yuan(it.fen)}`}</title></rect>; })}
      </svg>
      {of.reasons.length > 0 && <ul>{of.reasons.map((it) => <li key={it.reason}>{it.reason_label}：{it.reports} 件</li>)}</ul>}
    </section>
  );
}
