/** An action's form in a dialog, with the server's refusals at the fields. */
import { Alert, Form, Modal } from "antd";
import { useRef, useState } from "react";
import type { Lead, Suggestion, Verb } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { fieldErrors } from "../shell/Page";
import { ActionForm, toBody, type Values } from "./ActionForm";
import { useAct } from "./useAct";

/** Where typing begins: at the reasons that a number picks, where a reason is what is asked, else at the first field. */
function beginAt(box: HTMLElement | null, verb: Verb | null): void {
  const reasons = verb === "merge" || verb === "correct" ? null : box?.querySelector<HTMLElement>(".quick-reasons button");
  (reasons ?? box?.querySelector<HTMLElement>("input:not([type=file]), textarea"))?.focus();
}

export function ActionDialog({ lead, verb, label, suggestion, close, done, hold }: {
  lead: Lead; verb: Verb | null; label: string; suggestion?: Suggestion | null | undefined; close: () => void; done: (verb: Verb, next: Lead | undefined) => void;
  /** Takes what was filled in instead of sending it at once. */
  hold?: (values: Values) => void;
}) {
  const [form] = Form.useForm();
  const [problem, setProblem] = useState<Problem | null>(null);
  const act = useAct();
  const body = useRef<HTMLDivElement>(null);

  async function submit(values: Values) {
    if (!verb) return;
    setProblem(null);
    const { search: _, ...rest } = values;
    if (hold) {
      close();
      hold(rest);
      return;
    }
    try {
      const next = await act.mutateAsync({ lead, verb, body: toBody(rest) });
      close();
      done(verb, next);
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed) as never);
      setProblem(failed);
    }
  }

  return (
    <Modal
      open={verb !== null} title={`${label} · ${lead.number}`} okText={label} cancelText="取消" confirmLoading={act.isPending} destroyOnHidden width={520}
      onOk={() => form.submit()} onCancel={() => { setProblem(null); close(); }}
      // The library's dialog takes the focus to its closing cross; a person who pressed a key goes on with a key.
      afterOpenChange={(open) => { if (open) requestAnimationFrame(() => beginAt(body.current, verb)); }}
      {...(verb && ["reject", "void"].includes(verb) ? { okButtonProps: { danger: true } } : {})}
    >
      <div ref={body}>
        <p className="dialog-lead">{lead.title}</p>
        {verb && <ActionForm verb={verb} lead={lead} suggestion={suggestion} form={form} onSubmit={(values) => void submit(values)} compact />}
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} {...(problem.citation ? { description: `依据：${problem.citation}` } : {})} />}
      </div>
    </Modal>
  );
}
