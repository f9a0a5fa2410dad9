/** A benchmark's rules as people read them. */
import type { BenchmarkRules } from "../../api/discretion";
import { effectWords, partyWords, tierWord } from "./rules";

export function RulesTables({ rules }: { rules: BenchmarkRules }) {
  return (
    <section className="panel" aria-labelledby="rules">
      <h2 id="rules">{rules.name || rules.matter}</h2>
      <dl className="facts">
        <dt>依据</dt><dd>{rules.article}</dd>
        <dt>公布</dt><dd>{rules.version}</dd>
        <dt>法定幅度</dt><dd>{rules.ranges.map((it) => `${partyWords[it.party]} ${it.min}–${it.max} 元`).join("；")}</dd>
      </dl>
      <h3>裁量因素</h3>
      {rules.factors.map((factor) => (
        <p key={factor.code}><b>{factor.label}</b>{factor.unit && `（${factor.unit}）`}{factor.monotone && <span className="tag">越往后越重</span>}<br />{factor.values.map((it) => `${it.label}${it.up_to != null ? `（至 ${it.up_to}）` : ""} ${it.points > 0 ? "+" : ""}${it.points} 分`).join("；")}</p>
      ))}
      <h3>阶次</h3>
      <ul>{rules.tiers.map((it) => <li key={it.label}>{it.label}：{it.from_points} 分起，{tierWord(it)}</li>)}</ul>
      {(rules.circumstances ?? []).length > 0 && <><h3>法定情节</h3><ul>{(rules.circumstances ?? []).map((it) => <li key={it.code}>{it.label}：应当{effectWords[it.effect]}（{it.article}）</li>)}</ul></>}
    </section>
  );
}
