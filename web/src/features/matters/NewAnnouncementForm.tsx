/** Entering an announcement of empowerment, withdrawal or transfer (录入赋权公告). */
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, DatePicker, Drawer, Form, Input, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import type { PowerAct } from "../../api/contract";
import { announce } from "../../api/law";
import { asProblem, type Problem } from "../../api/problem";
import { now } from "../../format/clock";
import { cityDay } from "../indicators/periods";
import { actWords } from "./words";
import { useTownships } from "./WhoEnforces";

interface Fields { number: string; title: string; organ: string; announced_on: Dayjs; effective_from: Dayjs; act: PowerAct; matters: string; townships?: string[]; to_organ?: string; note?: string }

/** `withdraw` fills in what drafts of withdrawal say. */
export function NewAnnouncementForm({ close, withdraw }: { close: () => void; withdraw?: { matters: string[]; townships: string[]; note: string } }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { townships } = useTownships();
  const [form] = Form.useForm<Fields>();
  const act = Form.useWatch("act", form) ?? "grant";
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const today = dayjs(cityDay(now()));

  async function submit(typed: Fields) {
    setBusy(true);
    setProblem(null);
    try {
      const transfer = typed.act === "transfer";
      await announce({
        number: typed.number, title: typed.title, organ: typed.organ, act: typed.act, announced_on: typed.announced_on.format("YYYY-MM-DD"), effective_from: typed.effective_from.format("YYYY-MM-DD"),
        matters: typed.matters.split(/[\s,，、;；]+/).filter(Boolean), townships: transfer ? [] : (typed.townships ?? []), ...(transfer ? { to_organ: typed.to_organ ?? "" } : {}), ...(typed.note ? { note: typed.note } : {}),
      });
      for (const key of ["empowerments", "jurisdiction", "withdrawal-drafts", "power-use"]) void client.invalidateQueries({ queryKey: [key] });
      void message.success("已录入");
      close();
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(failed.fields.map((it) => ({ name: it.field, errors: [it.detail] })) as never);
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  }
  const needed = (words: string) => [{ required: true, whitespace: true, message: words }];
  return (
    <Drawer open onClose={close} title="录入公告" size={540} footer={<Button type="primary" loading={busy} onClick={() => form.submit()}>录入（之后不能修改）</Button>}>
      {problem && <Alert role="alert" type="error" showIcon title={problem.message} {...(problem.citation ? { description: `依据：${problem.citation}` } : {})} style={{ marginBottom: 14 }} />}
      <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={{ act: "grant", announced_on: today, effective_from: today, ...(withdraw ? { act: "withdraw", matters: withdraw.matters.join("\n"), townships: withdraw.townships, note: withdraw.note } : {}) }} onFinish={(typed) => void submit(typed)}>
        <Form.Item name="act" label="事由"><Radio.Group optionType="button" options={(["grant", "withdraw", "transfer"] as const).map((value) => ({ value, label: actWords[value] }))} /></Form.Item>
        <Form.Item name="number" label="文号" rules={needed("请输入文号")}><Input maxLength={60} /></Form.Item>
        <Form.Item name="title" label="标题" rules={needed("请输入标题")}><Input.TextArea autoSize maxLength={200} /></Form.Item>
        <Form.Item name="organ" label="公布机关" rules={needed("请输入公布机关")}><Input maxLength={60} /></Form.Item>
        <div className="law-fields">
          <Form.Item name="announced_on" label="公布日期"><DatePicker allowClear={false} style={{ width: "100%" }} /></Form.Item>
          <Form.Item name="effective_from" label="施行日期" extra="不早于公布日期"><DatePicker allowClear={false} style={{ width: "100%" }} /></Form.Item>
        </div>
        {act === "transfer"
          ? <Form.Item name="to_organ" label="划入部门" rules={needed("请输入划入的部门")}><Input maxLength={60} /></Form.Item>
          : <Form.Item name="townships" label="镇街" rules={[{ required: true, message: "请选择镇街" }]}><Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={townships.map((it) => ({ value: it.code, label: it.name }))} /></Form.Item>}
        <Form.Item name="matters" label="事项编号" extra="每行一个，也可从表格中整列粘贴" rules={needed("请输入事项编号")}><Input.TextArea className="mono" autoSize={{ minRows: 3, maxRows: 12 }} /></Form.Item>
        <Form.Item name="note" label="备注"><Input maxLength={500} /></Form.Item>
      </Form>
    </Drawer>
  );
}
