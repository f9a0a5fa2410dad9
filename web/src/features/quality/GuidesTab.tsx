/** Case guides in versions, and model cases that are nominated, looked through, shown and withdrawn. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import type { CaseGuide, ModelCase } from "../../api/quality-contract";
import { asProblem } from "../../api/problem";
import { listGuides, listModels, settleModel, writeGuide } from "../../api/quality";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";

interface Fields { code: string; title: string; matters?: string; field?: string; text: string; reason: string; withdrawn?: boolean }

export function GuidesTab() {
  const manages = mayAny(useSession(), ["quality.manage"]);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [editing, setEditing] = useState<CaseGuide | "new" | null>(null);
  const query = useQuery({ queryKey: ["case-guides"], queryFn: ({ signal }) => listGuides(signal) });
  const old = editing && editing !== "new" ? editing : null;
  return (
    <>
      <section className="panel" aria-labelledby="guides">
        <h2 id="guides">办案指引</h2>
        {manages && <div className="quality-bar"><Button type="primary" onClick={() => setEditing("new")}>编写指引</Button><span className="quiet">按事项或者领域显示在案件页；每次修改都是新的一版。</span></div>}
        {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : !query.data ? <Loading rows={3} /> : query.data.items.length === 0 ? <Empty title="还没有办案指引">{manages ? "点“编写指引”，写明取证要点、常见错误和条款。" : "编写后列在这里，也显示在案件页。"}</Empty> : (
          <ul className="quality-items">{query.data.items.map((it) => (
            <li key={it.id} className="quality-item">
              <header><b>{it.title}</b><span>第 {it.number} 版</span>{it.withdrawn && <span className="state-tag">已停用</span>}</header>
              <p className="quiet">{it.matters.length > 0 ? `事项 ${it.matters.join("、")}` : it.field ? `领域 ${it.field}` : "全部案件"}；{it.written_by}，{dateTime(it.written_at)}；{it.reason}</p>
              <details><summary>内容</summary><p className="quality-guide">{it.text}</p></details>
              {manages && <div className="law-acts"><Button onClick={() => setEditing(it)}>修订</Button></div>}
            </li>
          ))}</ul>
        )}
      </section>
      <Models />
      {editing && (
        <FormDialog<Fields>
          open title={old ? `修订 · ${old.title}` : "编写指引"} width={720} close={() => setEditing(null)}
          initial={old ? { code: old.code, title: old.title, matters: old.matters.join(" "), field: old.field, text: old.text, reason: "", withdrawn: old.withdrawn } : { reason: "新编" }}
          save={async (of) => {
            const matters = (of.matters ?? "").split(/[\s,，、]+/).filter(Boolean);
            await writeGuide(of.code, { seen: old?.number ?? 0, title: of.title, matters, field: of.field ?? "", text: of.text, reason: of.reason, withdrawn: !!of.withdrawn });
            setEditing(null);
            void client.invalidateQueries({ queryKey: ["case-guides"] });
            void message.success("已发布新的一版");
          }}
        >
          <Form.Item name="code" label="编号" extra="小写字母、数字和连字符，例如 dog-certificate。" rules={[{ required: true, message: "请填写编号" }]}><Input maxLength={40} disabled={!!old} /></Form.Item>
          <Form.Item name="title" label="标题" rules={[{ required: true, whitespace: true, message: "请填写标题" }]}><Input maxLength={100} /></Form.Item>
          <Form.Item name="matters" label="适用的事项编号（空格分开；不填则按领域）"><Input placeholder="M001 M016" /></Form.Item>
          <Form.Item name="field" label="适用的执法领域（都不填则适用全部案件）"><Input maxLength={60} /></Form.Item>
          <Form.Item name="text" label="内容" rules={[{ required: true, whitespace: true, message: "请填写内容" }]}><Input.TextArea rows={10} maxLength={20000} /></Form.Item>
          <Form.Item name="reason" label="修订理由" rules={[{ required: true, whitespace: true, message: "请填写修订理由" }]}><Input maxLength={500} /></Form.Item>
          {old && <Form.Item name="withdrawn" valuePropName="checked"><Checkbox>停用，不再显示在案件页</Checkbox></Form.Item>}
        </FormDialog>
      )}
    </>
  );
}

function Models() {
  const keeps = mayAny(useSession(), ["quality.nominate"]);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [ending, setEnding] = useState<ModelCase | null>(null);
  const list = useInfiniteQuery({ queryKey: ["model-cases"], initialPageParam: "", queryFn: ({ pageParam, signal }) => listModels(pageParam || undefined, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const rows = list.data?.pages.flatMap((it) => it.items) ?? [];
  const changed = () => void client.invalidateQueries({ queryKey: ["model-cases"] });
  const show = async (of: ModelCase) => {
    try { await settleModel(of, "show"); void message.success("已展示给承办同类案件的人"); } catch (error) { void message.error(asProblem(error).message); }
    changed();
  };
  return (
    <section className="panel" aria-labelledby="models">
      <h2 id="models">典型案例</h2>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading rows={3} /> : rows.length === 0 ? <Empty title="还没有典型案例">在已作出决定的案件页“办案指引”里推荐，另一人核对脱敏后展示。</Empty> : (
        <ul className="quality-items">{rows.map((it) => (
          <li key={it.id} className="quality-item">
            <header><b>{it.title}</b><span>{it.level_label}</span><span className="state-tag">{it.state_label}</span></header>
            <p className="quiet"><Link to="/cases/$id" params={{ id: it.case_id }}>{it.matter_name}</Link>；{it.nominated_by} 推荐，{dateTime(it.nominated_at)}</p>
            <p>{it.summary}</p><p className="quality-found">{it.merits}</p>
            {keeps && <div className="law-acts">{it.state === "nominated" && <Button type="primary" disabled={it.mine} title={it.mine ? "推荐人不能核对自己推荐的案例" : ""} onClick={() => void show(it)}>核对通过并展示</Button>}<Button onClick={() => setEnding(it)}>撤下</Button></div>}
          </li>
        ))}</ul>
      )}
      {list.hasNextPage && <Button block className="law-more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
      {ending && (
        <FormDialog<{ reason: string }> open title={`撤下 · ${ending.title}`} okText="撤下" initial={{ reason: "" }} close={() => setEnding(null)} save={async ({ reason }) => { await settleModel(ending, "withdraw", reason); setEnding(null); changed(); }}>
          <Form.Item name="reason" label="理由" rules={[{ required: true, whitespace: true, message: "请填写理由" }]}><Input.TextArea rows={2} maxLength={500} autoFocus /></Form.Item>
        </FormDialog>
      )}
    </section>
  );
}
