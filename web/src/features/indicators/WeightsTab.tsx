/** Weights and grades (考核权重与等级): what each indicator weighs, and how its value becomes points. They hold from the day they are saved. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import type { IndicatorGrade, IndicatorSettings, IndicatorSettingsView, IndicatorWeight } from "../../api/contract";
import { readIndicatorSettings, saveIndicatorSettings } from "../../api/indicators";
import { asProblem, type Problem } from "../../api/problem";
import { Failure, Loading } from "../shell/Page";
import { readSteps, stepsText, subjectWords } from "./figures";
import "./indicators.css";

/** A weight while it is typed: its steps are words. */
interface Draft { indicator: string; weight: number | null; scoring: IndicatorWeight["scoring"]; steps: string }

const scorings = [{ value: "value", label: "比率即得分" }, { value: "inverse", label: "100 减比率" }, { value: "steps", label: "分档计分" }] as const;

export function WeightsTab() {
  const settings = useQuery({ queryKey: ["indicator-settings"], queryFn: ({ signal }) => readIndicatorSettings(signal), staleTime: Infinity });
  if (settings.error) return <Failure error={settings.error} retry={() => void settings.refetch()} />;
  return settings.data ? <Weights key={settings.data.version} of={settings.data} /> : <Loading />;
}

const drafts = (of: IndicatorSettings): Record<string, Draft[]> =>
  Object.fromEntries(Object.entries(of.weights).map(([subject, weights]) => [subject, weights.map((it) => ({ ...it, steps: stepsText(it.steps) }))]));

function Weights({ of }: { of: IndicatorSettingsView }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [weights, setWeights] = useState(() => drafts(of.settings));
  const [grades, setGrades] = useState<IndicatorGrade[]>(of.settings.grades);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (subject: string, next: Draft[]) => setWeights((all) => ({ ...all, [subject]: next }));
  const bad = Object.values(weights).some((all) => all.some((it) => it.scoring === "steps" && !readSteps(it.steps)));

  async function save() {
    setBusy(true);
    setProblem(null);
    const wanted: IndicatorSettings = {
      grades,
      weights: Object.fromEntries(Object.entries(weights).map(([subject, all]) => [subject, all.map((it) => ({ indicator: it.indicator, weight: it.weight ?? 0, scoring: it.scoring, steps: it.scoring === "steps" ? readSteps(it.steps) ?? [] : [] }))])),
    };
    try {
      const saved = await saveIndicatorSettings(wanted, of.version);
      client.setQueryData(["indicator-settings"], saved);
      void client.invalidateQueries({ queryKey: ["indicators"] });
      void client.invalidateQueries({ queryKey: ["settings-history"] });
      void message.success("已保存，今天起生效");
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="weights">
      <Alert type="info" showIcon title={of.version === 0 ? "现在用的是系统自带的示例权重，请按本区考核办法修改" : "修改后今天起生效；以前的统计时段仍按当时的权重计分"} />
      {Object.keys(subjectWords).map((subject) => <Subject key={subject} subject={subject} weights={weights[subject] ?? []} set={(next) => set(subject, next)} of={of} />)}
      <section aria-label="等级">
        <h3>等级</h3>
        {grades.map((grade, at) => (
          <div key={at} className="grade">
            <Input aria-label={`第 ${at + 1} 个等级的名称`} value={grade.name} maxLength={10} onChange={(event) => setGrades(grades.with(at, { ...grade, name: event.target.value }))} />
            <InputNumber aria-label={`${grade.name}的起始分`} value={grade.from} min={0} max={100} onChange={(from) => setGrades(grades.with(at, { ...grade, from: from ?? 0 }))} />
            <span>分及以上</span>
            <Button onClick={() => setGrades(grades.filter((_, other) => other !== at))}>删除</Button>
          </div>
        ))}
        <Button disabled={grades.length >= 10} onClick={() => setGrades([...grades, { name: "", from: 0 }])}>增加等级</Button>
      </section>
      {problem && <Alert role="alert" type="error" showIcon title={problem.message} description={problem.fields.map((it) => it.detail).join("；") || null} {...(problem.stale ? { action: <Button size="small" onClick={() => void client.invalidateQueries({ queryKey: ["indicator-settings"] })}>载入最新</Button> } : {})} />}
      <div className="weights-foot">
        <Button type="primary" loading={busy} disabled={bad} onClick={() => void save()}>保存</Button>
        {bad && <span className="quiet">分档应写成“0:100 51:90”：从 0 起由低到高，冒号后是得分</span>}
      </div>
    </div>
  );
}

function Subject({ subject, weights, set, of }: { subject: string; weights: Draft[]; set: (next: Draft[]) => void; of: IndicatorSettingsView }) {
  const indicators = of.indicators.filter((it) => it.subjects.includes(subject));
  const sum = weights.reduce((all, it) => all + (it.weight ?? 0), 0);
  const rest = indicators.filter((it) => weights.every((weight) => weight.indicator !== it.code));
  const isRate = (code: string) => indicators.find((it) => it.code === code)?.is_rate ?? false;
  const name = subjectWords[subject] ?? subject;
  const change = (at: number, to: Partial<Draft>) => { const old = weights[at]; if (old) set(weights.with(at, { ...old, ...to })); };
  return (
    <section aria-label={name}>
      <h3>{name}<small className="quiet">{weights.length === 0 ? "不计综合得分" : `合计 ${sum}${Math.abs(sum - 100) > 0.001 ? "，应为 100" : ""}`}</small></h3>
      {weights.map((it, at) => (
        <div key={it.indicator} className="weight">
          <Select aria-label={`${name}第 ${at + 1} 项指标`} value={it.indicator} options={indicators.filter((one) => one.code === it.indicator || rest.includes(one)).map((one) => ({ value: one.code, label: one.name }))} onChange={(indicator: string) => change(at, { indicator, ...(isRate(indicator) ? {} : { scoring: "steps" as const }) })} />
          <InputNumber aria-label={`${name}第 ${at + 1} 项权重`} value={it.weight} min={0} max={100} onChange={(weight) => change(at, { weight })} />
          <Select aria-label={`${name}第 ${at + 1} 项计分方式`} value={it.scoring} options={scorings.filter((one) => one.value === "steps" || isRate(it.indicator)).map((one) => ({ ...one }))} onChange={(scoring) => change(at, { scoring })} />
          {it.scoring === "steps" ? <Input aria-label={`${name}第 ${at + 1} 项分档`} value={it.steps} placeholder="0:100 51:90" status={readSteps(it.steps) ? "" : "error"} onChange={(event) => change(at, { steps: event.target.value })} /> : <span />}
          <Button onClick={() => set(weights.filter((_, other) => other !== at))}>删除</Button>
        </div>
      ))}
      {rest[0] && <Button onClick={() => { const next = rest[0]; if (next) set([...weights, { indicator: next.code, weight: null, scoring: next.is_rate ? "value" : "steps", steps: "" }]); }}>增加指标</Button>}
    </section>
  );
}
