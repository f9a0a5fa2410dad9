/** The factors of a benchmark as fields: numbers with their unit, choices, yes or no; and the circumstances of the law. */
import { Checkbox, Form, InputNumber, Radio } from "antd";
import type { BenchmarkRules } from "../../api/discretion";
import { effectWords, yesNo } from "./rules";

export interface AnswerFields { values?: Record<string, string | number | null>; circumstances?: string[] }

export function AnswerInputs({ rules }: { rules: BenchmarkRules }) {
  return (
    <>
      {rules.factors.map((factor) => (
        <Form.Item key={factor.code} name={["values", factor.code]} label={factor.label} rules={[{ required: true, message: `请填写${factor.label}` }]}>
          {factor.unit
            ? <InputNumber min={0} precision={0} suffix={factor.unit} style={{ width: 200 }} />
            : <Radio.Group className={yesNo(factor) ? "" : "stacked"} options={factor.values.map((it) => ({ value: it.code, label: it.label }))} />}
        </Form.Item>
      ))}
      {(rules.circumstances ?? []).length > 0 && (
        <Form.Item name="circumstances" label="法定情节（没有的不选）">
          <Checkbox.Group className="stacked" options={(rules.circumstances ?? []).map((it) => ({ value: it.code, label: `${it.label}（${it.article}，应当${effectWords[it.effect]}）` }))} />
        </Form.Item>
      )}
    </>
  );
}

/** What the server is given: every answer as text. */
export const answersOf = (fields: AnswerFields) => ({
  values: Object.fromEntries(Object.entries(fields.values ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== "").map(([code, value]) => [code, String(value)])),
  circumstances: fields.circumstances ?? [],
});
