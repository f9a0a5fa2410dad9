/** The reporter (报料人), masked; unmasking asks for a reason and leaves a ledger entry. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Modal } from "antd";
import { useEffect, useState } from "react";
import { revealReporter } from "../../api/leads";
import type { Lead } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { mayAny, useSession } from "../session/session";
import { dateTime } from "../../format/time";
import { Failure } from "../shell/Page";
import { ActionForm } from "./ActionForm";
import { EraseReporter } from "./EraseReporter";

const SHOWN_SECONDS = 60;

export function Reporter({ lead }: { lead: Lead }) {
  const client = useQueryClient();
  const [form] = Form.useForm();
  const [asking, setAsking] = useState(false);
  const session = useSession();
  const allowed = mayAny(session, ["personal.reveal"]);
  const erases = mayAny(session, ["personal.erase"]);
  const reveal = useMutation({
    mutationFn: (reason: string) => revealReporter(lead, reason),
    onSuccess: () => {
      setAsking(false);
      void client.invalidateQueries({ queryKey: ["history", lead.id] });
      void client.invalidateQueries({ queryKey: ["lead", lead.id] });
    },
  });
  const { reset, data } = reveal;
  // A screen left alone must not go on showing it.
  useEffect(() => {
    if (!data) return;
    const timer = setTimeout(reset, SHOWN_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [data, reset]);

  return (
    <section className="panel" aria-labelledby="reporter">
      <h2 id="reporter">报料人</h2>
      <div className="reveal">
        <span aria-live="polite">{reveal.data ? <b>{reveal.data.name ?? "未留姓名"} {reveal.data.telephone ?? ""}</b> : lead.reporter?.person ? lead.reporter.person : lead.reporter?.has_contact ? `已留联系方式（已隐藏）${lead.reporter.telephone_verified ? "，电话已经短信验证" : ""}` : lead.reporter?.erased_at ? `姓名和电话已删除（${dateTime(lead.reporter.erased_at)}）` : "匿名，未留联系方式"}</span>
        {lead.reporter?.has_contact && !reveal.data && allowed && <Button size="small" onClick={() => setAsking(true)}>查看完整信息</Button>}
        {lead.reporter?.has_contact && erases && <EraseReporter lead={lead} erased={reset} />}
      </div>
      {lead.reporter?.has_contact && !allowed && !erases && <p className="quiet">您没有查看联系方式的权限。</p>}
      {reveal.data && <p className="quiet">已记入账页，{SHOWN_SECONDS} 秒后自动隐藏。</p>}
      <Modal open={asking} title="查看报料人信息" okText="查看" confirmLoading={reveal.isPending} destroyOnHidden onCancel={() => { setAsking(false); reset(); }} onOk={() => form.submit()}>
        <p className="quiet">查看会连同理由记入这件线索的账页。</p>
        <ActionForm verb="reveal" lead={lead} form={form} compact onSubmit={(values) => reveal.mutate(String(values.reason ?? ""))} />
        {reveal.error && <Failure error={asProblem(reveal.error)} />}
      </Modal>
    </section>
  );
}
