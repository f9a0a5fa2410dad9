/** Score sheets in versions: read, copied into a draft as JSON, published. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input } from "antd";
import { useState } from "react";
import type { ReviewSheet, SheetBody } from "../../api/quality-contract";
import { asProblem, Problem } from "../../api/problem";
import { draftSheet, listSheets, settleSheet } from "../../api/quality";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";

export function SheetsTab() {
  const manages = mayAny(useSession(), ["quality.manage"]);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [editing, setEditing] = useState<ReviewSheet | null>(null);
  const query = useQuery({ queryKey: ["review-sheets"], queryFn: ({ signal }) => listSheets(signal) });
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  const settle = async (of: ReviewSheet, step: "publish" | "discard") => {
    try {
      await settleSheet(of, step);
      void message.success(step === "publish" ? "已发布，新的批次按这一版评查" : "已放弃草稿");
    } catch (error) { void message.error(asProblem(error).message); }
    void client.invalidateQueries({ queryKey: ["review-sheets"] });
  };
  if (query.data.items.length === 0) return <Empty title="还没有评查标准">随程序提供的示例会在启动时写入。</Empty>;
  return (
    <ul className="quality-items">
      {query.data.items.map((it) => (
        <li key={it.id} className="quality-item">
          <header><b>{it.title}</b><span>第 {it.number} 版</span><span className="state-tag">{it.state === "draft" ? "草稿" : "已发布"}</span>{it.shipped && <span className="tag">随程序提供的示例</span>}</header>
          <p className="quiet">{it.points} 分，合格 {it.body.pass} 分；{it.reason}；{it.created_by ?? "程序"}，{dateTime(it.settled_at ?? it.created_at)}</p>
          <details><summary>查看标准</summary><Sheet body={it.body} /></details>
          {manages && <div className="law-acts"><Button onClick={() => setEditing(it)}>{it.state === "draft" ? "修改草稿" : "据此起草新版"}</Button>{it.state === "draft" && <><Button onClick={() => void settle(it, "discard")}>放弃草稿</Button><Button type="primary" onClick={() => void settle(it, "publish")}>发布</Button></>}</div>}
        </li>
      ))}
      {editing && <Edit of={editing} close={() => setEditing(null)} done={() => { setEditing(null); void client.invalidateQueries({ queryKey: ["review-sheets"] }); void message.success("草稿已保存，核对后发布"); }} />}
    </ul>
  );
}

function Sheet({ body }: { body: SheetBody }) {
  return (
    <div className="quality-sheet">
      {body.sections.map((section) => (
        <table key={section.title}>
          <caption>{section.title}</caption>
          <thead><tr><th>项目</th><th>分值</th><th>扣分规则</th><th>依据</th></tr></thead>
          <tbody>{section.items.map((it) => <tr key={it.code}><td>{it.code} {it.text}{it.auto && <small className="quiet">（系统核对）</small>}</td><td>{it.points}</td><td>{(it.deductions ?? []).map((rule) => <div key={rule.code}>{rule.text}，扣 {rule.points}</div>)}{it.veto && <div>一票否决：{it.veto}</div>}</td><td>{it.article}</td></tr>)}</tbody>
        </table>
      ))}
    </div>
  );
}

function Edit({ of, close, done }: { of: ReviewSheet; close: () => void; done: () => void }) {
  return (
    <FormDialog<{ title: string; reason: string; body: string }>
      open title="起草评查标准" okText="保存草稿" width={820} initial={{ title: of.title, reason: of.state === "draft" ? of.reason : "", body: JSON.stringify(of.body, null, 2) }} close={close}
      save={async ({ title, reason, body }) => {
        let read: SheetBody;
        try { read = JSON.parse(body) as SheetBody; } catch { throw new Problem({ status: 422, code: "sheet-invalid", title: "内容不是有效的 JSON", detail: "内容不是有效的 JSON，请检查括号和引号" }); }
        await draftSheet({ code: of.code, title, reason, body: read });
        done();
      }}
    >
      <Form.Item name="title" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={100} /></Form.Item>
      <Form.Item name="reason" label="修订理由" rules={[{ required: true, whitespace: true, message: "请填写修订理由" }]}><Input maxLength={500} /></Form.Item>
      <Form.Item name="body" label="内容（JSON）" rules={[{ required: true, message: "请填写内容" }]}><Input.TextArea rows={18} className="mono" spellCheck={false} /></Form.Item>
      <Alert type="info" title="每项写明编号、内容、分值、依据的条款和扣分规则；veto 是一票否决的情形，auto 是系统核对项。" />
    </FormDialog>
  );
}
