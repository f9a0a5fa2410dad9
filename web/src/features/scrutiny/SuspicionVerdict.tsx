/** The verdict (判定) on a suspicion, with its reason; a verdict can be withdrawn. */
import { Button, Form, Input } from "antd";
import { useState } from "react";
import type { SuspicionWithVerdicts } from "../../api/contract";
import { dateTime } from "../../format/time";
import { consequence } from "./suspicions";

export type Said = "upheld" | "dismissed" | "reopen" | "hear";

export function SuspicionVerdict({ of, allowed, say }: { of: SuspicionWithVerdicts; allowed: boolean; say: (said: Said, note: string) => Promise<void> }) {
  const [form] = Form.useForm<{ note: string }>();
  const [busy, setBusy] = useState<Said | null>(null);
  const open = of.state === "open";
  const state = of.leads.find((it) => it.id === of.lead?.id)?.state;
  const send = (said: Said) => void form.validateFields().then(async ({ note }) => {
    setBusy(said);
    await say(said, note.trim());
    setBusy(null);
  }, () => undefined);
  return (
    <section className="decision" aria-label="判定">
      <h3>{open ? "判定" : of.state_label}</h3>
      {!open && (
        <dl className="facts">
          {of.judged_by && <><dt>判定人</dt><dd>{of.judged_by}</dd></>}
          {of.judged_at && <><dt>判定时间</dt><dd>{dateTime(of.judged_at)}</dd></>}
          {of.outcome_label && <><dt>结果</dt><dd>{of.outcome_label}</dd></>}
          {of.note && <><dt>理由</dt><dd>{of.note}</dd></>}
        </dl>
      )}
      {open && <p className="why">疑点只是需要看一眼的理由，不是结论。{of.kind === "pairing" && of.statements.length === 0 && "请先听取当事人说明并记录，再判定属实。"}{consequence(of, state)}</p>}
      {allowed ? (
        <Form form={form} layout="vertical" requiredMark={false}>
          <Form.Item name="note" label={<>{open ? "理由" : "撤回的理由"}<kbd aria-hidden="true">s</kbd></>} rules={[{ required: true, whitespace: true, message: "请写明理由" }]}>
            <Input.TextArea id="suspicion-note" autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} placeholder={open ? "看到了什么、怎么核实的" : "为什么撤回"} onKeyDown={(event) => { if (event.key === "Escape") event.currentTarget.blur(); }} />
          </Form.Item>
          {open ? (
            <div className="verdict-buttons">
              <Button type="primary" loading={busy === "upheld"} disabled={busy === "dismissed"} onClick={() => send("upheld")}>属实</Button>
              {of.person_name && <Button loading={busy === "hear"} onClick={() => send("hear")} title="把当事人的说明写在上面的框里，记录后再判定">记录当事人说明</Button>}
              <Button loading={busy === "dismissed"} disabled={busy === "upheld"} onClick={() => send("dismissed")}>排除</Button>
            </div>
          ) : <Button loading={busy === "reopen"} onClick={() => send("reopen")}>撤回判定</Button>}
          {!open && of.outcome === "rework" && <p className="quiet">撤回判定不会取回已退回返工的线索。</p>}
        </Form>
      ) : <p className="quiet">判定由值班长和考核员办理，您可以查看。</p>}
    </section>
  );
}
