/** A reply with what is wrong with it (答复核验), and what can be made of it: give it as it is with a reason, or write it anew. */
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { releaseReply, rewriteReply } from "../../api/replyChecks";
import type { ReplyCheck } from "../../api/contract";
import { StateTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime, shortTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { checkWords, marked } from "./checks";
import "./reply-checks.css";

export function ReplyCheckCard({ of, alone }: { of: ReplyCheck; alone?: boolean }) {
  return (
    <>
      <div className="reply-check-top">
        {alone ? <span className={`state-tag${of.state === "held" ? "" : " state-tag-final"}`}>{checkWords[of.state]}</span> : <Link to="/leads/$id" params={{ id: of.lead_id }}>{of.lead_title}</Link>}
        {!alone && <StateTag state={of.lead_state} />}
        <time dateTime={of.made_at} title={dateTime(of.made_at)}>{shortTime(of.made_at, now())}</time>
      </div>
      {!alone && <small>{of.source_name} · <span className="mono">{of.lead_number}</span></small>}
      {!alone && <p className="reply-asked"><b>诉求</b>{of.asked}</p>}
      <p className="reply-words"><b>答复</b>{of.words === "" ? <span className="quiet">没有写</span> : marked(of.words, of.findings.flatMap((it) => it.words)).map((it, at) => (it.mark ? <mark key={at}>{it.text}</mark> : <span key={at}>{it.text}</span>))}</p>
      <ul className="reply-findings" aria-label="核验发现">
        {of.findings.map((it) => <li key={it.code}><b>{it.label}</b>{it.reason}</li>)}
      </ul>
      {of.settled_by && <p className="quiet">{of.settled_by.name} {of.settled_at && shortTime(of.settled_at, now())} {checkWords[of.state]}{of.reason && `：${of.reason}`}</p>}
      <Actions of={of} />
    </>
  );
}

function Actions({ of }: { of: ReplyCheck }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const allowed = mayAny(useSession(), ["lead.triage"]);
  const [open, setOpen] = useState<"release" | "rewrite" | null>(null);
  if (of.state !== "held") return null;
  if (!allowed) return <p className="quiet">由受理员或值班长放行或改写，您可以查看。</p>;
  const done = (words: string) => {
    setOpen(null);
    void message.success(words);
    for (const queryKey of [["reply-checks"], ["reply-check-count"], ["answers"], ["history", of.lead_id], ["lead", of.lead_id]]) void client.invalidateQueries({ queryKey });
  };
  return (
    <div className="answer-actions">
      <Button size="small" type="primary" onClick={() => setOpen("rewrite")}>改写</Button>
      <Button size="small" onClick={() => setOpen("release")}>放行</Button>
      <FormDialog<{ words: string }>
        open={open === "rewrite"} title="改写答复" okText="改写并发出" initial={{ words: of.words }} close={() => setOpen(null)}
        save={async ({ words }) => { await rewriteReply(of, words); done("已改写，答复照新的发出"); }}
      >
        <p className="answer-about"><b>诉求</b><br />{of.asked}</p>
        <Form.Item name="words" label="答复" extra="写明查到了什么、做了什么、在哪里；没有办完的写明到什么时候。上报人和来源看到的就是这里写的。" rules={[{ required: true, whitespace: true, message: "请填写答复" }]}>
          <Input.TextArea rows={5} maxLength={2000} />
        </Form.Item>
      </FormDialog>
      <FormDialog<{ reason: string }>
        open={open === "release"} title="放行答复" okText="放行" initial={{ reason: "" }} close={() => setOpen(null)}
        save={async ({ reason }) => { await releaseReply(of, reason); done("已放行，答复照原话发出"); }}
      >
        <p className="answer-about">{of.findings.map((it) => `${it.label}：${it.reason}`).join("；")}</p>
        <Form.Item name="reason" label="放行理由" extra="记入这件线索的账页，不能修改。" rules={[{ required: true, whitespace: true, message: "请写明放行理由" }]}>
          <Input.TextArea rows={3} maxLength={500} placeholder="例如：已电话向来电人当面说清" />
        </Form.Item>
      </FormDialog>
    </div>
  );
}
