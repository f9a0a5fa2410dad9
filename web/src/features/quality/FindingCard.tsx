/** A finding: what, by which article, what the officer answered, what was judged. */
import { Link } from "@tanstack/react-router";
import { Button, Form, Input, Radio } from "antd";
import { useState } from "react";
import type { FindingView } from "../../api/quality-contract";
import { answerFinding, judgeFinding } from "../../api/quality";
import { Countdown } from "../../components/Countdown";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { points } from "./words";

export function FindingCard({ of, changed, acts = true }: { of: FindingView; changed?: (words: string) => void; acts?: boolean }) {
  const session = useSession();
  const [dialog, setDialog] = useState<"answer" | "judge" | null>(null);
  const answers = acts && of.mine && of.state === "told" && mayAny(session, ["quality.answer"]);
  const judges = acts && !of.mine && (of.state === "corrected" || of.state === "objected") && mayAny(session, ["quality.score"]);
  const verdicts = of.state === "objected" ? [["drop", "异议成立，撤销问题"], ["uphold", "异议不成立"], ["return", "退回继续整改"]] : [["confirm", "确认整改"], ["return", "退回继续整改"]];
  return (
    <article className="quality-item" aria-label={of.title}>
      <header><b>{of.title}</b><span className="state-tag">{of.state_label}</span>{of.light && <Countdown dueAt={of.due_at} light={of.light} />}</header>
      <p className="quiet">{of.severity_label}{of.tenths > 0 && `，扣 ${points(of.tenths)} 分`}；{of.article}；<Link to="/cases/$id" params={{ id: of.case_id }}>{of.number}</Link> {of.officer}，{of.round_name}</p>
      {of.note && <p>{of.note}</p>}
      {of.answer && <p className="quality-found">答复（{dateTime(of.answered_at)}）：{of.answer}</p>}
      {of.judgement && <p className="quality-found">复核（{dateTime(of.judged_at)}）：{of.judgement}</p>}
      {(answers || judges) && <div className="law-acts">{answers && <Button type="primary" onClick={() => setDialog("answer")}>答复</Button>}{judges && <Button type="primary" onClick={() => setDialog("judge")}>复核</Button>}</div>}
      {dialog === "answer" && (
        <FormDialog<{ answer: string; text: string }> open title="答复评查问题" okText="提交" initial={{ answer: "corrected", text: "" }} close={() => setDialog(null)} save={async ({ answer, text }) => { await answerFinding(of, answer, text); setDialog(null); changed?.("已答复，等待复核"); }}>
          <Form.Item name="answer"><Radio.Group options={[{ value: "corrected", label: "已整改" }, { value: "objected", label: "提出异议" }]} /></Form.Item>
          <Form.Item name="text" label="整改情况或者异议理由" rules={[{ required: true, whitespace: true, message: "请填写" }]}><Input.TextArea rows={4} maxLength={2000} autoFocus /></Form.Item>
        </FormDialog>
      )}
      {dialog === "judge" && (
        <FormDialog<{ verdict: string; text: string }> open title="复核答复" okText="提交" initial={{ text: "", ...(verdicts[0]?.[0] ? { verdict: verdicts[0][0] } : {}) }} close={() => setDialog(null)} save={async ({ verdict, text }) => { await judgeFinding(of, verdict, text); setDialog(null); changed?.("已复核"); }}>
          <Form.Item name="verdict"><Radio.Group options={verdicts.map(([value, label]) => ({ value, label }))} /></Form.Item>
          <Form.Item name="text" label="复核意见" rules={[{ required: true, whitespace: true, message: "请填写复核意见" }]}><Input.TextArea rows={3} maxLength={2000} autoFocus /></Form.Item>
        </FormDialog>
      )}
    </article>
  );
}
