/** Drafting the next version of a matter, or a new one (编辑执法事项). Nothing counts before it is published. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Alert, App, Button, Drawer, Form, Input, Select } from "antd";
import { useState } from "react";
import type { MatterRow } from "../../api/contract";
import { saveDraft } from "../../api/law";
import { asProblem, type Problem } from "../../api/problem";
import { hearingWords, rankWords, statusWords } from "./words";

type Fields = MatterRow & { reason: string };
const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const empty: Partial<Fields> = { target: "个人/单位", rank: "省级地方性法规", hearing_hint: "by-amount", status: "local", verified: "N", region: "浙江" };

export function EditMatter({ code, seen, row: read, close }: { code: string | null; seen: string | null; row: MatterRow | null; close: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  // What the form was opened on: a later reading must not slip beneath what is typed.
  const [{ row, draft }] = useState({ row: read, draft: seen });
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit({ reason, ...typed }: Fields) {
    setBusy(true);
    setProblem(null);
    const name = code ?? typed.code.trim();
    try {
      // What the sheet says of the simple procedure is counted anew from the range.
      const kept = await saveDraft(name, { ...row, ...typed, simple_individual: "", simple_unit: "", code: name } as MatterRow, reason, draft);
      void message.success(`已存为第 ${kept.number} 版草稿，发布后生效`);
      void client.invalidateQueries({ queryKey: ["matters"] });
      void client.invalidateQueries({ queryKey: ["matter", name] });
      close();
      void navigate({ to: "/law/matters/$code", params: { code: name } });
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(failed.fields.map((it) => ({ name: it.field, errors: [it.detail] })) as never);
      setProblem(failed);
      if (failed.code === "draft-changed") void client.invalidateQueries({ queryKey: ["matter", name] });
    } finally {
      setBusy(false);
    }
  }
  const text = (name: keyof Fields, label: string, extra?: string) => <Form.Item name={name} label={label} {...(extra ? { extra } : {})}><Input /></Form.Item>;
  return (
    <Drawer open onClose={close} title={code ? `编辑 ${code}：下一版草稿` : "新增执法事项"} size={640} footer={<Button type="primary" loading={busy} onClick={() => form.submit()}>存为草稿</Button>}>
      {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 14 }} />}
      <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={{ ...empty, ...row }} onFinish={(typed) => void submit(typed)}>
        {!code && <Form.Item name="code" label="编号" rules={[{ required: true, pattern: /^[A-Za-z0-9-]{1,30}$/, message: "字母、数字或连字符" }]}><Input className="mono" maxLength={30} /></Form.Item>}
        <Form.Item name="name" label="违法行为"><Input.TextArea autoSize maxLength={100} /></Form.Item>
        <div className="law-fields">
          {text("domain", "领域")}
          {text("external_code", "事项编码")}
          {text("law", "法律法规")}
          <Form.Item name="rank" label="效力位阶"><Select options={Object.values(rankWords).map((value) => ({ value, label: value }))} /></Form.Item>
          {text("region", "适用地域", "全国、浙江、嘉兴等，或区划代码前几位")}
          {text("enforcer", "法定执法主体")}
          {text("violated_article", "违反条款", "如 第11(1)条；与处罚条款相同可不填")}
          {text("penalty_article", "处罚条款")}
          <Form.Item name="target" label="处罚对象"><Select options={["个人", "单位", "个人/单位", "见formula"].map((value) => ({ value, label: value === "见formula" ? "按公式" : value }))} /></Form.Item>
          {text("precondition", "前置条件", "如 责令限期改正，逾期不改正")}
          {text("ind_min", "个人下限（元）", "没有下限写 0")}
          {text("ind_max", "个人上限（元）")}
          {text("unit_min", "单位下限（元）")}
          {text("unit_max", "单位上限（元）")}
          {text("formula", "计算公式")}
          {text("other_measure", "其他处罚或措施")}
          <Form.Item name="hearing_hint" label="听证告知"><Select options={[...choices(hearingWords), ...(row && !(row.hearing_hint in hearingWords) ? [{ value: row.hearing_hint, label: row.hearing_hint }] : [])]} /></Form.Item>
          <Form.Item name="status" label="状态"><Select options={choices(statusWords)} /></Form.Item>
          {text("effective_from", "生效日期", "如 2026-08-15")}
          {text("effective_to", "失效日期")}
          <Form.Item name="verified" label="核对"><Select options={[{ value: "Y", label: "已核对原文" }, { value: "S", label: "二手资料一致" }, { value: "N", label: "尚未核对" }]} /></Form.Item>
          {text("source", "来源")}
        </div>
        <Form.Item name="note" label="备注"><Input.TextArea autoSize maxLength={500} /></Form.Item>
        <Form.Item name="reason" label="修改原因" rules={[{ required: true, whitespace: true, message: "请写明原因" }]}><Input maxLength={500} /></Form.Item>
      </Form>
    </Drawer>
  );
}
