/** Trying rules out (试算): facts in, the tier, the range and the way to it out, live. Nothing is kept. */
import { useQuery } from "@tanstack/react-query";
import { Alert, Form, InputNumber, Segmented } from "antd";
import { useDeferredValue, useState } from "react";
import { tryBenchmark, type BenchmarkRules } from "../../api/discretion";
import { Failure, Loading } from "../shell/Page";
import { AnswerInputs, answersOf, type AnswerFields } from "./Answers";
import { partyWords, placeWord, verdictWords } from "./rules";

export function TryOut({ rules }: { rules: BenchmarkRules }) {
  const [fields, setFields] = useState<AnswerFields & { yuan?: number | null }>({});
  const [organisation, setOrganisation] = useState(false);
  const trial = useDeferredValue({ rules, organisation, ...answersOf(fields), ...(fields.yuan ? { yuan: fields.yuan } : {}) });
  const tried = useQuery({ queryKey: ["benchmark-trial", trial], queryFn: ({ signal }) => tryBenchmark(trial, signal), placeholderData: (before) => before, retry: false, staleTime: Infinity, gcTime: 30_000 });
  const it = tried.data;
  return (
    <section className="panel" aria-labelledby="try">
      <h2 id="try">试算</h2>
      <Form<AnswerFields & { yuan?: number | null }> layout="vertical" requiredMark={false} onValuesChange={(_, all) => setFields(all)}>
        <Form.Item label="当事人"><Segmented aria-label="当事人" value={organisation ? "organisation" : "person"} onChange={(to) => setOrganisation(to === "organisation")} options={(["person", "organisation"] as const).map((value) => ({ value, label: partyWords[value] }))} /></Form.Item>
        <AnswerInputs rules={rules} />
        <Form.Item name="yuan" label="拟罚款（元，选填）"><InputNumber min={0} precision={0} style={{ width: 200 }} /></Form.Item>
      </Form>
      <div role="status" aria-label="试算结果">
        {tried.error ? <Failure error={tried.error} /> : !it ? <Loading rows={2} /> : (
          <>
            {it.faults.length > 0 && <Alert type="error" showIcon style={{ marginBottom: 10 }} title={`有 ${it.faults.length} 处须改正`} description={<ul className="benchmark-faults">{it.faults.map((one) => <li key={one.pointer + one.detail}>{placeWord(one.pointer)}：{one.detail}</li>)}</ul>} />}
            {it.lacking && <p className="quiet">{it.lacking}</p>}
            {it.weighed && (
              <>
                <p><b>{it.weighed.tier}</b>（{it.weighed.points} 分），{it.weighed.low} 元至 {it.weighed.high} 元，建议 {it.proposed} 元</p>
                {it.judgement && <p><b>{verdictWords[it.judgement.verdict]}</b>：{it.judgement.reason}</p>}
                <ol>{it.weighed.steps.map((step) => <li key={step.text}>{step.text}<span className="quiet">［{step.basis}］</span></li>)}</ol>
              </>
            )}
          </>
        )}
      </div>
    </section>
  );
}
