/** What guides a case (案件页的办案指引): guides and model cases of its matter; a decided case is nominated here. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Radio } from "antd";
import { useState } from "react";
import type { CaseFile } from "../../api/contract";
import { nominateCase, readGuidance } from "../../api/quality";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading } from "../shell/Page";
import "./quality.css";

export function CaseGuidance({ of }: { of: CaseFile }) {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [nominating, setNominating] = useState(false);
  const sees = mayAny(session, ["quality.see"]);
  const query = useQuery({ queryKey: ["case-guidance", of.id], queryFn: ({ signal }) => readGuidance(of.id, signal), enabled: sees, staleTime: 300_000 });
  if (!sees) return null;
  return (
    <section className="panel" aria-labelledby="guidance-of-case">
      <h2 id="guidance-of-case">办案指引</h2>
      {query.isPending && <Loading rows={2} />}
      {query.error && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <div className="quality-guides">
          {query.data.guides.length + query.data.models.length === 0 && <p className="quiet">这个事项还没有办案指引和典型案例。</p>}
          {query.data.guides.map((it) => <details key={it.id}><summary>{it.title} <small className="quiet">第 {it.number} 版</small></summary><p className="quality-guide">{it.text}</p></details>)}
          {query.data.models.map((it) => <details key={it.id}><summary>典型案例（{it.level_label}）：{it.title}</summary><p className="quality-guide">{it.summary}</p><p className="quality-found">{it.merits}</p></details>)}
        </div>
      )}
      {of.decided_at && mayAny(session, ["quality.nominate"]) && <Button size="small" onClick={() => setNominating(true)}>推荐为典型案例</Button>}
      {nominating && (
        <FormDialog<{ level: string; title: string; summary: string; merits: string }>
          open title="推荐典型案例" okText="推荐" initial={{ level: "county", title: of.matter.name, summary: "", merits: "" }} close={() => setNominating(false)}
          save={async (fields) => { await nominateCase({ case: of.id, ...fields }); setNominating(false); void client.invalidateQueries({ queryKey: ["model-cases"] }); void message.success("已推荐，由另一人核对后展示"); }}
        >
          <Form.Item name="level" label="级别"><Radio.Group options={[{ value: "county", label: "县级" }, { value: "city", label: "市级" }, { value: "province", label: "省级" }]} /></Form.Item>
          <Form.Item name="title" label="标题" rules={[{ required: true, whitespace: true, message: "请填写标题" }]}><Input maxLength={100} /></Form.Item>
          <Form.Item name="summary" label="案情摘要" extra="不写当事人的姓名、证件号、电话；写了的不能提交。" rules={[{ required: true, whitespace: true, message: "请填写案情摘要" }]}><Input.TextArea rows={5} maxLength={5000} /></Form.Item>
          <Form.Item name="merits" label="典型意义" rules={[{ required: true, whitespace: true, message: "请填写典型意义" }]}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
        </FormDialog>
      )}
    </section>
  );
}
