/** The rules in plain words, and the lots of the last days (奖励规则与抽签公示): for everybody who wants to draw again. */
import { useEffect, useState } from "react";
import type { PublicRewardProgramme } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { readPublicRewards } from "../../api/rewards";
import { dateTime } from "../../format/time";
import { Busy, Notice } from "../../street/controls";
import { yuan } from "../rewards/fen";
import { Link } from "./Link";

export default function Rewards() {
  const [programmes, setProgrammes] = useState<PublicRewardProgramme[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    readPublicRewards(stop.signal).then((it) => setProgrammes(it.items), (error: unknown) => { if (!stop.signal.aborted) setProblem(asProblem(error).message); });
    return () => stop.abort();
  }, []);
  return (
    <article className="stack narrow prose">
      <h1>天天有奖</h1>
      {problem && <Notice kind="warn" live>{problem}</Notice>}
      {!programmes && !problem && <Busy words="正在读取…" />}
      {programmes?.length === 0 && <p>现在没有开展奖励活动。上报照常受理、照常答复。</p>}
      {programmes?.map((it) => <Programme key={it.id} of={it} />)}
      <div><Link className="button" href="/report">去上报</Link></div>
    </article>
  );
}

function Programme({ of }: { of: PublicRewardProgramme }) {
  return (
    <section className="card stack" aria-labelledby={`programme-${of.id}`}>
      <h2 id={`programme-${of.id}`}>{of.name}</h2>
      <p>{of.from_day} 至 {of.to_day}{of.area_name && `，${of.area_name}`}；预算 {yuan(of.total_fen)}，还有 {yuan(of.left_fen)}。</p>
      <ul>{of.classes.map((it) => <li key={it.name}>{it.name}：{it.fen > 0 ? `每件 ${yuan(it.fen)}` : "不奖励"}</li>)}</ul>
      <ul>{of.words.map((it) => <li key={it}>{it}</li>)}</ul>
      {of.days.length > 0 && (
        <details>
          <summary>抽签公示</summary>
          <p className="small muted">承诺是“bihuan-reward:方案编号:日期:种子”的 SHA-256；方案编号 <span className="number">{of.id}</span>。各件的名次是“种子:线索编号”的 SHA-256，从小到大。</p>
          <ul className="small lots">
            {of.days.map((it) => (
              <li key={it.day}>{it.day}，承诺 <span className="number hash">{it.commitment}</span>（{dateTime(it.committed_at)} 公布）{it.seed ? <>，种子 <span className="number hash">{it.seed}</span>，<a href={`/api/v1/public/rewards/${of.id}/days/${it.day}`}>当天名次</a></> : "，种子在核定后公布"}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
