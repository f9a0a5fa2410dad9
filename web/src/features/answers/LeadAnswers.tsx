/** What the source of a lead was told, or is still owed (答复来源). */
import { useQuery } from "@tanstack/react-query";
import { listAnswers } from "../../api/answers";
import type { Answer, Lead } from "../../api/contract";
import { dateTime } from "../../format/time";
import { answerWords } from "../../format/words";
import { Failure } from "../shell/Page";
import { useSources } from "../sources/sources";
import { AnswerActions } from "./AnswerActions";
import { isOpenAnswer, lastTry } from "./answers";
import { Proof } from "./Proof";
import "./answers.css";

/** Nothing for leads of the city's own sources, and as long as nothing is owed. */
export function LeadAnswers({ lead }: { lead: Lead }) {
  const sources = useSources();
  const outside = sources.data?.items.some((it) => it.code === lead.source && it.outside) ?? false;
  const list = useQuery({ queryKey: ["answers", "lead", lead.id], enabled: outside, queryFn: ({ signal }) => listAnswers({ lead: lead.id }, signal), refetchInterval: (query) => (query.state.data?.items.some((it) => it.state === "waiting") ? 5_000 : false) });
  const items = list.data?.items ?? [];
  if (!list.error && items.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="answers">
      <h2 id="answers">答复来源</h2>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : items.map((it) => <OneAnswer key={it.id} of={it} />)}
    </section>
  );
}

function OneAnswer({ of }: { of: Answer }) {
  return (
    <div className="lead-answer">
      <div className="lead-answer-top"><span className={`state-tag${isOpenAnswer(of) ? "" : " state-tag-final"}`}>{answerWords[of.state] ?? of.state_label}</span><time dateTime={of.settled_at ?? of.made_at}>{dateTime(of.settled_at ?? of.made_at)}</time></div>
      <p className="answer-words">{of.words}</p>
      <dl className="facts">
        <dt>来源编号</dt><dd className="mono">{of.source_key}</dd>
        {of.state === "waiting" || of.state === "dead" ? <><dt>发送情况</dt><dd>{of.attempts > 0 && `已试 ${of.attempts} 次，`}{lastTry(of)}</dd></> : null}
        {of.proof && <><dt>{of.state === "given" ? "怎么答复" : "凭据"}</dt><dd><Proof of={of} /></dd></>}
        {of.settled_by && <><dt>登记人</dt><dd>{of.settled_by.name}</dd></>}
      </dl>
      <AnswerActions of={of} />
    </div>
  );
}
