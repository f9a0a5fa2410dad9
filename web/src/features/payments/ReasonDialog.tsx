/** Asks for a reason, and what else the step needs. */
import { Form, Input } from "antd";
import type { ReactNode } from "react";
import { FormDialog } from "../shell/FormDialog";

export function ReasonDialog({ title, okText, close, save, children }: { title: string; okText: string; close: () => void; save: (reason: string, fields: Record<string, string>) => Promise<void>; children?: ReactNode }) {
  return (
    <FormDialog<Record<string, string>> open title={title} okText={okText} initial={{}} close={close} save={async ({ reason = "", ...fields }) => { await save(reason, fields as Record<string, string>); close(); }}>
      {children}
      <Form.Item name="reason" label="理由" rules={[{ required: true, whitespace: true, message: "请填写理由" }]}><Input.TextArea rows={3} maxLength={500} autoFocus /></Form.Item>
    </FormDialog>
  );
}
