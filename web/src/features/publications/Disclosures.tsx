/** What is public in advance and in process (事前公开、事中公示): made from what the house holds, published by another; and one's certificate shown. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber, Modal, QRCode, Select } from "antd";
import { useState } from "react";
import { draftDisclosure, listDisclosures, showCertificate, stepDisclosure, type Disclosure, type DisclosureKind } from "../../api/disclosures";
import { asProblem } from "../../api/problem";
import { Light } from "../../components/Light";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading } from "../shell/Page";
import "../matters/matters.css";

const notices = [{ value: "seal-notice", label: "查封、扣押公告" }, { value: "demolition-notice", label: "强制拆除公告" }, { value: "service-notice", label: "公告送达（至少三十天）" }, { value: "other-notice", label: "其他公告" }];

export function Disclosures() {
  const client = useQueryClient();
  const session = useSession();
  const { message } = App.useApp();
  const [drafting, setDrafting] = useState<{ kind?: DisclosureKind; label: string; made: boolean } | null>(null);
  const [asking, setAsking] = useState<{ of: Disclosure; step: "refuse" | "withdraw" } | null>(null);
  const [code, setCode] = useState<{ code: string; until: string } | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const list = useQuery({ queryKey: ["disclosures"], queryFn: ({ signal }) => listDisclosures(signal) });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const [works, checks] = [mayAny(session, ["publication.work"]), mayAny(session, ["publication.check"])];
  const step = async (of: Disclosure, action: string, reason = "") => {
    await stepDisclosure(of.id, action, reason);
    void message.success("已办理");
    void client.invalidateQueries({ queryKey: ["disclosures"] });
  };
  const refused = (error: unknown) => void message.error(asProblem(error).message);
  return (
    <>
      <div className="law-bar">
        {works && <Button type="primary" onClick={() => setDrafting({ label: "发布公告", made: false })}>起草公告</Button>}
        {works && <Button onClick={() => showCertificate().then(setCode, refused)}>亮证</Button>}
        <Button href="/openness" target="_blank">公众看到的页面</Button>
      </div>
      <h2>事前公开</h2>
      <ul className="duties">
        {list.data.duties.map((it) => (
          <li key={it.kind}><div><b>{it.label}</b><Light light={it.public ? (it.outdated ? "yellow" : "green") : "red"} words={it.public ? (it.outdated ? "与现在不符，应更新" : "已公开") : "没有公开"} />{works && <Button size="small" aria-label={`${it.made ? "按现有数据生成" : "起草"} ${it.label}`} onClick={() => setDrafting({ kind: it.kind, label: it.label, made: it.made })}>{it.made ? "按现有数据生成" : "起草"}</Button>}</div></li>
        ))}
      </ul>
      <h2>全部版本和公告</h2>
      {list.data.items.length === 0 && <p className="quiet">还没有起草。清单由系统按现有的事项、人员、程序、裁量基准生成，另一人审核后公开；公告写明内容和公告期。</p>}
      <ul className="duties">
        {list.data.items.map((it) => (
          <li key={it.id}>
            <div><b>{it.title}</b><span className="quiet">{it.kind_label} 第 {it.version} 版</span><span className="state-tag">{it.state_label}</span>{it.shown_until && <span>公告至 {it.shown_until}</span>}</div>
            <div className="quiet">{it.drafted_by} 于 {dateTime(it.drafted_at)} 起草{it.published_by && `，${it.published_by} 于 ${dateTime(it.published_at)} 审核公开`}{it.reason && `；${it.reason}`}</div>
            <div>
              <Button size="small" aria-expanded={open === it.id} onClick={() => setOpen(open === it.id ? null : it.id)}>{open === it.id ? "收起" : `查看内容${it.lines.rows.length > 0 ? `（${it.lines.rows.length} 行）` : ""}`}</Button>
              {it.state === "drafted" && checks && <><Button size="small" type="primary" disabled={it.mine} title={it.mine ? "由起草人以外的另一人审核公开" : ""} aria-label={`公开 ${it.title}`} onClick={() => void step(it, "publish").catch(refused)}>审核公开</Button><Button size="small" disabled={it.mine} onClick={() => setAsking({ of: it, step: "refuse" })}>退回</Button></>}
              {it.state === "published" && checks && <Button size="small" aria-label={`撤回 ${it.title}`} onClick={() => setAsking({ of: it, step: "withdraw" })}>撤回</Button>}
              {it.state === "drafted" && it.mine && <span className="quiet">由另一人审核公开</span>}
            </div>
            {open === it.id && <Content of={it} />}
          </li>
        ))}
      </ul>
      {drafting && (
        <FormDialog<{ kind: DisclosureKind; title?: string; body?: string; days?: number }> open title={drafting.label} okText="起草" width={680} initial={{ kind: drafting.kind ?? "service-notice", days: 30 }} close={() => setDrafting(null)} save={async ({ kind, title, body, days }) => {
          const made = drafting.kind ? { kind: drafting.kind, body: body ?? "" } : { kind, title: title ?? "", body: body ?? "", ...(days ? { days } : {}) };
          const drafted = await draftDisclosure(made);
          void message.success(`已起草第 ${drafted.version} 版${drafted.rows > 0 ? `，${drafted.rows} 行` : ""}，等待另一人审核`);
          void client.invalidateQueries({ queryKey: ["disclosures"] });
          setDrafting(null);
        }}>
          {!drafting.kind && (
            <>
              <Form.Item name="kind" label="公告种类"><Select options={notices} /></Form.Item>
              <Form.Item name="title" label="标题" rules={[{ required: true, whitespace: true, message: "请填写标题" }]}><Input maxLength={200} /></Form.Item>
              <Form.Item name="days" label="公告期（天）"><InputNumber min={1} max={365} precision={0} /></Form.Item>
            </>
          )}
          <Form.Item name="body" label={drafting.made ? "说明（选填，写在清单上面）" : "内容"} extra="电话、证件号码会被隐去。" rules={drafting.made ? [] : [{ required: true, whitespace: true, message: "请填写内容" }]}><Input.TextArea rows={8} maxLength={20000} /></Form.Item>
        </FormDialog>
      )}
      {asking && (
        <FormDialog<{ reason: string }> open title={asking.step === "refuse" ? "退回" : "撤回"} okText="确定" initial={{}} close={() => setAsking(null)} save={async ({ reason }) => { await step(asking.of, asking.step, reason); setAsking(null); }}>
          <Form.Item name="reason" label="理由" extra={asking.step === "withdraw" ? "公众页面上写明。" : ""} rules={[{ required: true, whitespace: true, message: "请填写理由" }]}><Input maxLength={200} /></Form.Item>
        </FormDialog>
      )}
      {code && (
        <Modal open title="亮证" footer={null} onCancel={() => setCode(null)}>
          <div style={{ display: "grid", justifyItems: "center", gap: 8 }}><QRCode type="svg" value={`${location.origin}/officer/${code.code}`} size={220} bordered={false} marginSize={4} /><b className="mono">{code.code}</b><p>请对方扫码核对姓名、单位和执法证，{dateTime(code.until)} 以前有效。</p></div>
        </Modal>
      )}
    </>
  );
}

function Content({ of }: { of: Disclosure }) {
  return (
    <>
      {of.body && <p style={{ whiteSpace: "pre-wrap" }}>{of.body}</p>}
      {of.lines.rows.length > 0 && (
        <div style={{ overflowX: "auto", maxHeight: 420 }} tabIndex={0} role="region" aria-label={`${of.title}内容`}>
          <table className="disclosure-table"><thead><tr>{of.lines.heads.map((it) => <th key={it}>{it}</th>)}</tr></thead><tbody>{of.lines.rows.map((row, index) => <tr key={index}>{row.map((cell, at) => <td key={at}>{cell}</td>)}</tr>)}</tbody></table>
        </div>
      )}
    </>
  );
}
