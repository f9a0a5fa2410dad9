/** The notices about a lead, and issuing a prompt about it (督办). */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { draftNotice, issueNotice, listNotices } from "../../api/notices";
import type { Lead } from "../../api/contract";
import { Countdown } from "../../components/Countdown";
import { dateTime } from "../../format/time";
import { isOpen } from "../../format/words";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading } from "../shell/Page";
import { openStates, stageWords } from "./notices";
import { NoticeTag } from "./NoticesPage";
import "./notices.css";

export function LeadNotices({ lead }: { lead: Lead }) {
  const session = useSession();
  const sees = mayAny(session, ["notice.see"]);
  const list = useQuery({ queryKey: ["notices", { lead: lead.id }], enabled: sees, queryFn: ({ signal }) => listNotices({ lead: lead.id }, signal) });
  const [issuing, setIssuing] = useState(false);
  const items = list.data?.items ?? [];
  const pressed = items.some((it) => openStates.includes(it.state));
  const may = mayAny(session, ["notice.issue"]) && isOpen(lead.state) && lead.unit != null && !pressed;
  if (!sees || (!list.error && items.length === 0 && !may)) return null;
  return (
    <section className="panel lead-notices" aria-labelledby="notices">
      <h2 id="notices">督办</h2>
      {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
      {items.map((it) => (
        <div key={it.id} className="lead-notice">
          <div><Link to="/notices/$id" params={{ id: it.id }}>{stageWords[it.stage]} {it.number}</Link><NoticeTag of={it} />{it.due_at && <Countdown dueAt={it.due_at} light={it.light as never} bare />}</div>
          <small className="quiet">{it.issued_by?.name ?? "督办规则"}签发于 {dateTime(it.issued_at)}</small>
        </div>
      ))}
      {may && <Button size="small" onClick={() => setIssuing(true)}>签发提示单</Button>}
      {issuing && <IssueDialog lead={lead} close={() => setIssuing(false)} />}
    </section>
  );
}

function IssueDialog({ lead, close }: { lead: Lead; close: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const draft = useQuery({ queryKey: ["notice-draft", lead.id, lead.version], queryFn: ({ signal }) => draftNotice([lead.id], signal), staleTime: 0, gcTime: 0 });
  return (
    <FormDialog<{ demand: string }>
      open title="签发提示单" okText="签发" width={620} initial={{ demand: "" }} close={close}
      save={async ({ demand }) => {
        const issued = await issueNotice([lead.id], demand ?? "");
        for (const queryKey of [["notices"], ["notice-counts"], ["history", lead.id]]) void client.invalidateQueries({ queryKey });
        void message.success(`已签发提示单 ${issued.number}`);
        close();
        void navigate({ to: "/notices/$id", params: { id: issued.id } });
      }}
    >
      {draft.isPending ? <Loading rows={4} /> : draft.error ? <Failure error={draft.error} retry={() => void draft.refetch()} /> : (
        <>
          {draft.data.refusal && <p className="extension-note" role="alert">现在还不能签发：{draft.data.refusal}</p>}
          <div className="notice-text notice-draft">{draft.data.text}</div>
        </>
      )}
      <Form.Item name="demand" label="另提要求（选填）" extra="正文由系统按事实生成，不能改写；这里写的附在后面。"><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
    </FormDialog>
  );
}
