/** The planned penalty: kinds, amounts in yuan, reasons. */
import { Checkbox, Form, Input, InputNumber, Select } from "antd";
import type { CaseFile } from "../../api/contract";
import { useCaseDiscretion } from "../discretion/CaseDiscretion";
import { penaltyWords, yuan } from "./cases";

export function PlanFields({ of, optional }: { of: CaseFile; optional: boolean }) {
  const kinds = (Form.useWatch(["plan", "kinds"]) as string[] | undefined) ?? [];
  const weighed = useCaseDiscretion(of.id, of.version, of.basis?.library === true).data?.weighing;
  const tier = weighed ? `“${weighed.tier}”阶次 ${yuan(weighed.low_fen)}至 ${yuan(weighed.high_fen)}，建议 ${yuan(weighed.proposed_fen)}；` : "";
  const range = of.matter.fine_max_fen == null ? "本事项没有罚款幅度" : `罚款幅度 ${yuan(of.matter.fine_min_fen ?? 0)}至 ${yuan(of.matter.fine_max_fen)}`;
  return (
    <div className="plan-fields" role="group" aria-label="拟处罚内容">
      <Form.Item name={["plan", "kinds"]} label={optional ? "拟处罚种类（可以由审批时再定）" : "处罚种类"}><Select mode="multiple" options={Object.entries(penaltyWords).map(([value, label]) => ({ value, label }))} /></Form.Item>
      {kinds.includes("fine") && <Form.Item name={["plan", "fine_fen"]} label="罚款（元）" extra={`${tier}${range}；${yuan(of.matter.heavy_fine_fen)}以上应当告知听证（数额标准待本地确认）。`}><InputNumber min={0} max={100_000_000_000} precision={2} style={{ width: 200 }} /></Form.Item>}
      {kinds.includes("confiscation") && <Form.Item name={["plan", "confiscated_fen"]} label="没收的价值（元）"><InputNumber min={0} max={100_000_000_000} precision={2} style={{ width: 200 }} /></Form.Item>}
      <Form.Item name={["plan", "reasons"]} label="处罚理由"><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
      <Form.Item name={["plan", "mitigation"]} label="减轻处罚的事由（低于幅度时填写）"><Input.TextArea autoSize={{ minRows: 1, maxRows: 3 }} maxLength={2000} /></Form.Item>
      {kinds.includes("fine") && <Form.Item name={["plan", "surcharge"]} valuePropName="checked"><Checkbox>决定书告知逾期每日加处百分之三</Checkbox></Form.Item>}
    </div>
  );
}
