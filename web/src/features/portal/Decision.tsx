/** One penalty decision that is public; of one that was taken back only its number and why. */
import { useEffect, useState } from "react";
import type { PublicDecision } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { readPublicDecision } from "../../api/publications";
import { Busy, Notice } from "../../street/controls";
import { Link } from "./Link";
import "./decisions.css";

export default function Decision({ id }: { id: string }) {
  const [of, setOf] = useState<PublicDecision | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    readPublicDecision(id, stop.signal).then(setOf, (error: unknown) => { if (!stop.signal.aborted) setProblem(asProblem(error).message); });
    return () => stop.abort();
  }, [id]);
  useEffect(() => { if (of) document.title = `${of.number} 行政处罚决定 · 闭环`; }, [of]);
  const back = <div className="decisions-foot"><Link className="button" href="/decisions">全部公示</Link>{of?.content && <button type="button" className="button button-quiet" onClick={() => window.print()}>打印</button>}</div>;
  if (problem) return <div className="stack narrow"><h1>行政处罚决定</h1><Notice kind="warn" live>{problem}</Notice>{back}</div>;
  if (!of) return <div className="stack narrow"><Busy words="正在读取…" /></div>;
  const content = of.content;
  return (
    <article className="stack narrow">
      <div><h1>{content ? content.matter : "处罚决定已撤回"}</h1><p className="muted number">{of.number}{of.simulated && "（模拟）"}</p></div>
      {of.withdrawn && <Notice kind="info">这份决定的公开信息已于 {of.withdrawn.on} 撤回：{of.withdrawn.ground}。{of.withdrawn.reason}</Notice>}
      {content && (
        <dl className="card decision">
          <dt>处罚机关</dt><dd>{content.organ}</dd>
          <dt>当事人</dt><dd>{content.party}{content.credit_code && <span className="number"> {content.credit_code}</span>}</dd>
          <dt>主要违法事实</dt><dd>{content.facts}</dd>
          <dt>处罚依据</dt><dd>{content.basis}</dd>
          <dt>处罚内容</dt><dd>{content.penalty}</dd>
          <dt>决定日期</dt><dd className="number">{content.decided_on}</dd>
          <dt>公开</dt><dd className="number">{of.published_on}{of.shown_until && `，公示至 ${of.shown_until}`}</dd>
        </dl>
      )}
      {back}
    </article>
  );
}
