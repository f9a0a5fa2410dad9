import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, InputNumber, Select } from "antd";
import { post } from "../../api/client";
import type { CatalogueClass, LimitUnit } from "../../api/contract";
import { unitWords } from "../../format/words";
import { FormDialog } from "../shell/FormDialog";

interface Fields { conditions: string; value: number; unit: LimitUnit }

/** Settles a class: from then on the default limit no longer stands in for it. */
export function LimitDialog({ of, close }: { of: CatalogueClass | null; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return (
    <FormDialog<Fields>
      open={of !== null} title={`定处置时限 · ${of?.name ?? ""}`} initial={{ value: 1, unit: "working_day", conditions: "" }} close={close}
      save={async (fields) => {
        if (!of) return;
        await post(`/classes/${of.code}/limits`, { value: fields.value, unit: fields.unit, conditions: fields.conditions.split("\n").map((it) => it.trim()).filter(Boolean) });
        close();
        void message.success("已确定时限");
        await client.invalidateQueries({ queryKey: ["classes"] });
      }}
    >
      <Form.Item name="conditions" label="适用条件（每行一条，选填）" extra="例如：面积大于 5 平方米。"><Input.TextArea rows={3} maxLength={500} /></Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", gap: 16 }}>
        <Form.Item name="value" label="时限" rules={[{ required: true, message: "请填写" }]}><InputNumber min={1} max={365} precision={0} style={{ width: "100%" }} /></Form.Item>
        <Form.Item name="unit" label="单位"><Select options={(Object.keys(unitWords) as LimitUnit[]).map((value) => ({ value, label: unitWords[value] }))} /></Form.Item>
      </div>
      <p className="quiet">紧急工作时、紧急工作日连续计时，含夜间和节假日；工作时只计工作日 08:00–12:00、14:00–18:00；1 个工作日为 8 个工作时。</p>
    </FormDialog>
  );
}
