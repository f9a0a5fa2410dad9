/** The law changed since the act: both are shown, and the lighter is chosen with its reason (行政处罚法第三十七条). */
import { Form, Input, Radio } from "antd";
import type { CaseLawView } from "../../api/contract";
import { yuan } from "./cases";

export function LawFields({ of }: { of: CaseLawView }) {
  const options = ([["行为时", of.of_act], ["现行", of.at_decision]] as const).flatMap(([word, it]) => (it ? [{ value: it.version, label: `${word}第 ${it.version} 版：${it.articles}${it.fine_max_fen != null ? `，罚款 ${yuan(it.fine_min_fen ?? 0)}至 ${yuan(it.fine_max_fen)}` : ""}` }] : []));
  return (
    <div className="plan-fields" role="group" aria-label="适用的规定">
      <p>行为发生后规定有变化：{of.verdict_label}。{of.why}</p>
      <Form.Item name={["law_choice", "version"]} label="适用的规定（从旧兼从轻）" rules={[{ required: true, message: "请选定适用的规定" }]}><Radio.Group className="stacked" options={options} /></Form.Item>
      <Form.Item name={["law_choice", "reason"]} label="理由" rules={[{ required: true, whitespace: true, message: "请写明理由" }]}><Input.TextArea autoSize={{ minRows: 1, maxRows: 3 }} maxLength={2000} /></Form.Item>
    </div>
  );
}
