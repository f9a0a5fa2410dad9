/** A form in a dialog: saves, keeps what was typed when refused, and puts refusals at their fields. */
import { Alert, Form, Modal } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { asProblem, type Problem } from "../../api/problem";
import { fieldErrors } from "./Page";

export function FormDialog<T extends object>({ open, title, initial, children, close, save, okText = "保存", width = 520 }: {
  open: boolean; title: string; initial: Partial<T>; children: ReactNode; close: () => void; save: (fields: T) => Promise<void>; okText?: string; width?: number;
}) {
  const [form] = Form.useForm<T>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => { if (open) setProblem(null); }, [open]);

  async function submit(fields: T) {
    setBusy(true);
    setProblem(null);
    try {
      await save(fields);
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed) as never);
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal open={open} title={title} okText={okText} cancelText="取消" confirmLoading={busy} destroyOnHidden width={width} onCancel={close} onOk={() => form.submit()}>
      <Form<T> form={form} layout="vertical" requiredMark={false} preserve={false} initialValues={initial} onFinish={(fields) => void submit(fields)}>{children}</Form>
      {problem && <Alert role="alert" type="error" showIcon title={problem.message} {...(problem.citation ? { description: `依据：${problem.citation}` } : {})} />}
    </Modal>
  );
}
