/** The discretion of a case (裁量): the factors, the tier and how it follows, a deviation, the fines of like cases. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { approveDeviation, askDeviation, readCaseDiscretion, weighCase, type BenchmarkRules } from "../../api/discretion";
import type { CaseDiscretion as Discretion, CaseFile } from "../../api/contract";
import { dateTime } from "../../format/time";
import { yuan } from "../cases/cases";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading } from "../shell/Page";
import { AnswerInputs, answersOf, type AnswerFields } from "./Answers";
import "./discretion.css";

export const useCaseDiscretion = (id: string, version: number, enabled = true) =>
  useQuery({ queryKey: ["case-discretion", id, version], enabled, queryFn: ({ signal }) => readCaseDiscretion(id, signal), placeholderData: (before) => before });

type Doing = "weigh" | "deviate" | "approve" | null;

export function CaseDiscretion({ of }: { of: CaseFile }) {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [doing, setDoing] = useState<Doing>(null);
  const query = useCaseDiscretion(of.id, of.version, of.basis?.library === true);
  if (of.basis?.library !== true) return null;
  if (query.error) return <section className="panel" aria-labelledby="discretion"><h2 id="discretion">裁量</h2><Failure error={query.error} retry={() => void query.refetch()} /></section>;
  const it = query.data;
  if (!it) return <section className="panel" aria-labelledby="discretion"><h2 id="discretion">裁量</h2><Loading rows={2} /></section>;
  const done = (words: string) => {
    void client.invalidateQueries({ queryKey: ["case", of.id] });
    void client.invalidateQueries({ queryKey: ["case-discretion", of.id] });
    void message.success(words);
    setDoing(null);
  };
  const rules = it.benchmark?.rules as BenchmarkRules | undefined;
  const deviates = it.weighing && of.plan?.fine_fen ? of.plan.fine_fen < it.weighing.low_fen || of.plan.fine_fen > it.weighing.high_fen : false;
  const waiting = it.deviation && !it.deviation.approved_by && !it.deviation.stale;
  return (
    <section className="panel" aria-labelledby="discretion">
      <h2 id="discretion">裁量</h2>
      {!rules && !it.weighing && <p className="quiet">这个事项还没有公布裁量基准，罚款在法定幅度以内说明理由拟定。</p>}
      {rules && !it.weighing && <p className="quiet">有公布的裁量基准（第 {it.benchmark?.number} 版，{it.benchmark?.effective_from} 起施行），尚未填写裁量因素。</p>}
      {it.weighing && <Result of={it.weighing} />}
      {it.spread && <Spread of={it.spread} />}
      {deviates && !it.deviation && <p role="status" className="discretion-warn">拟罚款 {yuan(of.plan?.fine_fen ?? 0)}，不在阶次以内：须写明理由，经承办人和审批人以外的负责人批准。</p>}
      {it.deviation && (
        <div className="discretion-deviation">
          <b>偏离 {yuan(it.deviation.fine_fen)}</b>{it.deviation.stale && <span className="tag">裁量因素已改，失效</span>}
          <p>{it.deviation.reason}<br /><span className="quiet">{it.deviation.asked_by.name} 申请，{dateTime(it.deviation.asked_at)}</span></p>
          {it.deviation.approved_by ? <p>{it.deviation.note}<br /><span className="quiet">{it.deviation.approved_by.name} 批准，{it.deviation.approved_at && dateTime(it.deviation.approved_at)}</span></p> : !it.deviation.stale && <p className="quiet">等待批准。</p>}
        </div>
      )}
      {it.open && (
        <div className="offers">
          {it.mine && rules && <Button type={it.weighing ? "default" : "primary"} onClick={() => setDoing("weigh")}>{it.weighing ? "重新填写裁量因素" : "填写裁量因素"}</Button>}
          {it.mine && it.weighing && <Button onClick={() => setDoing("deviate")}>申请偏离阶次</Button>}
          {waiting && !it.mine && mayAny(session, ["case.approve"]) && <Button type="primary" onClick={() => setDoing("approve")}>批准偏离</Button>}
        </div>
      )}
      {doing === "weigh" && rules && (
        <FormDialog<AnswerFields>
          open title="填写裁量因素" okText="计算并保存" width={620} close={() => setDoing(null)}
          initial={{ values: it.weighing?.values ?? {}, circumstances: it.weighing?.circumstances ?? [] }}
          save={async (fields) => { await weighCase(of.id, it.version, answersOf(fields)); done("已按裁量基准计算"); }}
        >
          <p className="quiet">{rules.name}。{rules.version}</p>
          <AnswerInputs rules={rules} />
        </FormDialog>
      )}
      {doing === "deviate" && it.weighing && (
        <FormDialog<{ yuan?: number; reason: string }>
          open title="申请偏离裁量阶次" okText="申请" close={() => setDoing(null)} initial={{ ...(of.plan?.fine_fen ? { yuan: of.plan.fine_fen / 100 } : {}), reason: "" }}
          save={async (fields) => { await askDeviation(of.id, it.version, { fine_fen: Math.round((fields.yuan ?? 0) * 100), reason: fields.reason }); done("已申请，等待批准"); }}
        >
          <p className="quiet">“{it.weighing.tier}”阶次为 {yuan(it.weighing.low_fen)}至 {yuan(it.weighing.high_fen)}。偏离只能在法定幅度以内，由承办人和本环节审批人以外的负责人批准（行政处罚法第三十四条）。</p>
          <Form.Item name="yuan" label="拟罚款（元）" rules={[{ required: true, message: "请填写数额" }]}><InputNumber min={0} precision={2} style={{ width: 200 }} /></Form.Item>
          <Form.Item name="reason" label="偏离的理由" extra="不要写当事人的姓名、证件号和电话。" rules={[{ required: true, whitespace: true, message: "请写明理由" }]}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
        </FormDialog>
      )}
      {doing === "approve" && it.deviation && (
        <FormDialog<{ note: string }>
          open title={`批准偏离 ${yuan(it.deviation.fine_fen)}`} okText="批准" close={() => setDoing(null)} initial={{ note: "" }}
          save={async ({ note }) => { await approveDeviation(of.id, it.version, note); done("已批准"); }}
        >
          <p>{it.deviation.reason}</p>
          <p className="quiet">批准的人不能再审批本案的告知和决定。</p>
          <Form.Item name="note" label="意见" rules={[{ required: true, whitespace: true, message: "请写明意见" }]}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
        </FormDialog>
      )}
    </section>
  );
}

function Result({ of }: { of: NonNullable<Discretion["weighing"]> }) {
  return (
    <>
      <dl className="case-facts">
        <dt>阶次</dt><dd><b>{of.tier}</b>（{of.points} 分）</dd>
        <dt>罚款幅度</dt><dd>{yuan(of.low_fen)}至 {yuan(of.high_fen)}</dd>
        <dt>建议数额</dt><dd>{yuan(of.proposed_fen)} <span className="quiet">阶次的中间值，供参考</span></dd>
        <dt>基准</dt><dd>第 {of.benchmark_number} 版，{of.benchmark_version}</dd>
      </dl>
      <details className="discretion-steps"><summary>推算过程</summary><ol>{of.steps.map((step) => <li key={step.text}>{step.text}<span className="quiet">［{step.basis}］</span></li>)}</ol><p className="quiet">{of.by.name} 填写，{dateTime(of.at)}</p></details>
    </>
  );
}

/** Least, quartiles and most; a dash where there are too few cases for figures. */
function Spread({ of }: { of: NonNullable<Discretion["spread"]> }) {
  const figures = of.figures ?? [];
  return (
    <table className="discretion-spread">
      <caption>近三年同事项同阶次的其他案件：{of.cases} 件</caption>
      <thead><tr>{["最低", "下四分位", "中位数", "上四分位", "最高"].map((it) => <th key={it} scope="col">{it}</th>)}</tr></thead>
      <tbody><tr>{[0, 1, 2, 3, 4].map((at) => <td key={at}>{figures[at] === undefined ? "—" : yuan(figures[at])}</td>)}</tr></tbody>
    </table>
  );
}
