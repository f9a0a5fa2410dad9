/** What may be done with one item: handed over, excluded. */
import { App, Form, Input, Select } from "antd";
import { excludeEvidence, handEvidenceOver } from "../../api/evidence";
import type { EvidenceItem } from "../../api/contract";
import { FormDialog } from "../shell/FormDialog";
import type { Officer } from "./CaseEvidence";

interface Of { item: EvidenceItem; close: () => void; changed: () => void }

export function HandOverDialog({ item, officers, close, changed }: Of & { officers: readonly Officer[] }) {
  const { message } = App.useApp();
  const store = "store";
  return (
    <FormDialog<{ to: string; words?: string; place?: string; reason: string }>
      open title={`移交证据 ${item.ordinal}`} okText="移交" initial={{ to: store }} close={close}
      save={async ({ to, words, place, reason }) => {
        await handEvidenceOver(item, { ...(to === store ? { holder_words: words ?? "" } : { holder: to }), ...(place?.trim() ? { place } : {}), reason });
        void message.success("已移交");
        changed();
        close();
      }}
    >
      <Form.Item name="to" label="交给"><Select options={[{ value: store, label: "保管处、鉴定机构等" }, ...officers.map((it) => ({ value: it.id, label: it.name }))]} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(one: { to: string }, other: { to: string }) => one.to !== other.to}>
        {({ getFieldValue }) => getFieldValue("to") === store && <Form.Item name="words" label="保管处" extra="写场所或者机构，不写个人姓名。" rules={[{ required: true, whitespace: true, message: "请填写保管处" }]}><Input maxLength={200} /></Form.Item>}
      </Form.Item>
      <Form.Item name="place" label="存放地点（选填）"><Input maxLength={200} /></Form.Item>
      <Form.Item name="reason" label="移交原因" rules={[{ required: true, whitespace: true, message: "请填写移交原因" }]}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
    </FormDialog>
  );
}

export function ExcludeDialog({ item, close, changed }: Of) {
  const { message } = App.useApp();
  return (
    <FormDialog<{ reason: string }>
      open title={`排除证据 ${item.ordinal}`} okText="排除" initial={{}} close={close}
      save={async ({ reason }) => { await excludeEvidence(item.id, reason); void message.success("已排除"); changed(); close(); }}
    >
      <p>以非法手段取得的证据，不得作为认定案件事实的根据（行政处罚法第四十六条第三款）。排除以后不能恢复，证据和理由都留在案卷里。</p>
      <Form.Item name="reason" label="排除理由" rules={[{ required: true, whitespace: true, message: "请填写排除理由" }]}><Input.TextArea rows={3} maxLength={2000} autoFocus /></Form.Item>
    </FormDialog>
  );
}
