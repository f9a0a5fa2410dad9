/** Sent back and put forward again (退回、补正后重报): who waits for what. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { resubmitCase, sendBackCase } from "../../api/cases";
import type { CaseFile } from "../../api/contract";
import { dateTime } from "../../format/time";
import { useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import "./approvals.css";

export function Remarks({ of }: { of: CaseFile }) {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [saying, setSaying] = useState(false);
  const handles = of.officers.some((it) => it.id === session.person.id && !it.recused);
  const again = of.sent_back && handles;
  if (!of.may_send_back && !again && of.remarks.length === 0) return null;
  const label = again ? "补正后重报" : "退回承办人";
  return (
    <section className="panel" aria-labelledby="remarks">
      <h2 id="remarks">退回和重报</h2>
      {of.remarks.length > 0 && <ul className="case-remarks">{of.remarks.map((it) => <li key={it.at + it.kind} data-kind={it.kind}><b>{it.label}</b><small>{it.person.name}，{dateTime(it.at)}</small><p>{it.text}</p></li>)}</ul>}
      {(of.may_send_back || again) && <Button onClick={() => setSaying(true)}>{label}</Button>}
      {saying && (
        <FormDialog<{ text: string }>
          open title={`${label} · ${of.number}`} okText={label} initial={{ text: "" }} close={() => setSaying(false)}
          save={async ({ text }) => {
            const done = await (again ? resubmitCase : sendBackCase)(of, text);
            client.setQueryData(["case", of.id], done);
            void client.invalidateQueries({ queryKey: ["cases"] });
            void message.success(`已办理：${label}`);
            setSaying(false);
          }}
        >
          <Form.Item name="text" label={again ? "补正了什么" : "缺什么、怎样改"} extra="案件事实不变，只改变由谁办理；说明记入台账。" rules={[{ required: true, whitespace: true, message: "请填写说明" }]}><Input.TextArea rows={4} maxLength={2000} autoFocus /></Form.Item>
        </FormDialog>
      )}
    </section>
  );
}
