/** Erases name and telephone of a reporter (删除报料人信息): for good, with a reason, and nothing brings them back. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { eraseReporter } from "../../api/erasure";
import type { Lead } from "../../api/contract";
import { FormDialog } from "../shell/FormDialog";

export function EraseReporter({ lead, erased }: { lead: Lead; erased: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const save = async (fields: { reason: string; everywhere?: boolean }) => {
    const done = await eraseReporter(lead, { reason: fields.reason, everywhere: fields.everywhere ?? false });
    setOpen(false);
    erased();
    const others = done.remaining > 0 ? `另有 ${done.remaining} 件线索留有同一电话。` : "";
    void message.success(`已删除 ${done.erased.length} 件线索上的姓名和电话。${others}`);
    await Promise.all([client.invalidateQueries({ queryKey: ["lead", lead.id] }), client.invalidateQueries({ queryKey: ["history", lead.id] })]);
  };
  return (
    <>
      <Button size="small" danger onClick={() => setOpen(true)}>删除姓名和电话</Button>
      <FormDialog<{ reason: string; everywhere?: boolean }> open={open} title="删除报料人信息" okText="永久删除" initial={{ everywhere: true }} close={() => setOpen(false)} save={save}>
        <p className="quiet">姓名和电话删除后谁也无法恢复，也不能再联系报料人；线索照常办理，办理记录保留。请先核实是本人要求。</p>
        <Form.Item name="reason" label="删除理由（记入账页，不要写姓名和电话）" rules={[{ required: true, whitespace: true, message: "请填写删除理由" }]}>
          <Input.TextArea rows={2} maxLength={500} placeholder="例如：本人来电要求删除" />
        </Form.Item>
        <Form.Item name="everywhere" valuePropName="checked"><Checkbox>同一电话的其他线索也一并删除</Checkbox></Form.Item>
      </FormDialog>
    </>
  );
}
