/** Where the case stands: first what is asked of the person and until when, then papers, then everything else. */
import { useState } from "react";
import type { MyCase, MyPenalty, MyPeriod, MySubmissionKind } from "../../../api/contract";
import { leaveMyCase, myDocumentAddress } from "../../../api/myCase";
import { dateTime } from "../../../format/time";
import { Notice } from "../../../street/controls";
import { Agreement } from "./Agreement";
import { Receipts } from "./Receipts";
import { Submit } from "./Submit";

const yuan = (fen: number) => `${(fen / 100).toLocaleString("zh-CN", { minimumFractionDigits: fen % 100 === 0 ? 0 : 2 })} 元`;
const day = (date: string) => date.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");
const dayOf = (at: string) => day(new Date(at).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" }));

/** What a step of the table is called when it is sent. */
const sent: Record<string, MySubmissionKind> = { defend: "defence", "waive-defence": "defence_waived", "request-hearing": "hearing", "waive-hearing": "hearing_waived", "ask-recusal": "recusal" };
const buttons: { kind: MySubmissionKind; label: string; words: string }[] = [
  { kind: "defence", label: "说明情况、提意见", words: "陈述申辩。说了不会加重处罚；过了期限也可以说。" },
  { kind: "hearing", label: "申请听证", words: "当面讲清楚，机关不收费。" },
  { kind: "evidence", label: "提交证据", words: "照片、收据、合同等。" },
  { kind: "deferral", label: "申请暂缓或者分期缴纳", words: "确有经济困难的可以申请。" },
  { kind: "recusal", label: "申请执法人员回避", words: "与本案有利害关系的人员不应当办案。" },
  { kind: "hearing_waived", label: "撤回或者放弃听证", words: "放弃以后不再举行听证。" },
  { kind: "defence_waived", label: "放弃陈述申辩", words: "一般不用放弃，等期限过去就可以。" },
];

export function Stand({ of, again, left }: { of: MyCase; again: () => Promise<void>; left: (said: string) => void }) {
  const [doing, setDoing] = useState<MySubmissionKind | null>(null);
  const running = of.periods.filter((it) => it.running);
  const offered = new Set(of.offers.filter((it) => it.allowed).map((it) => sent[it.action]));
  const lapsed = of.periods.some((it) => !it.running && it.purpose === "申请听证" && it.ran_out);
  const shown = buttons.filter(({ kind }) => kind === "defence" || (kind === "evidence" && of.open) || (kind === "deferral" && of.may_defer) || offered.has(kind) || (kind === "hearing" && lapsed && of.open));
  const leave = async () => {
    await leaveMyCase().catch(() => undefined);
    left("已经退出。");
  };
  return (
    <div className="stack narrow my-case">
      <div className="my-head">
        <div><h1>我的案件</h1><p className="number muted">{of.number}{of.simulated && " · 模拟"}</p></div>
        <button type="button" className="button button-small" onClick={() => void leave()}>退出</button>
      </div>
      <section className="card my-stand" aria-labelledby="my-stand">
        <h2 id="my-stand">{of.stands}</h2>
        <p>{of.next}</p>
        {running.map((it) => <Period key={it.purpose + it.from} of={it} />)}
        {of.hearing_at && <p><b>听证时间：{dateTime(of.hearing_at)}</b>，请带身份证件按时参加。</p>}
      </section>
      {of.sections.map((it) => (
        <section className="card" key={it.title}>
          <h2>{it.title}</h2>
          {it.lines.map((line) => <p key={line}>{line}</p>)}
          {it.link && <a className="button button-primary button-wide" href={it.link}>{it.link_label ?? "查看"}</a>}
        </section>
      ))}
      <section className="card" aria-labelledby="my-papers">
        <h2 id="my-papers">送达给您的文书</h2>
        {of.documents.length === 0 && <p className="muted">还没有。送达以后会列在这里，可以随时打开。</p>}
        <ul className="my-list">
          {of.documents.map((it) => (
            <li key={it.id}>
              <a href={myDocumentAddress(it.id)} target="_blank" rel="noreferrer" onClick={() => setTimeout(() => void again(), 1500)}>{it.title}</a>
              <span className="muted">{dayOf(it.served_at)}{it.electronic ? "到达本页面，当天就是送达日" : "送达"}{it.electronic && (it.opened_at ? `，您于 ${dateTime(it.opened_at)} 打开` : "，您还没有打开")}</span>
              {it.void && <b className="my-void">这份文书已经作废</b>}
            </li>
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="my-do">
        <h2 id="my-do">您可以做的</h2>
        <div className="my-buttons">
          {shown.map((it) => (
            <button key={it.kind} type="button" className={`button button-wide my-do${it.kind.endsWith("_waived") ? " button-quiet" : ""}`} onClick={() => setDoing(it.kind)}>
              <strong>{it.label}</strong><small>{it.words}</small>
            </button>
          ))}
        </div>
      </section>
      <Agreement of={of} again={again} />
      <Receipts of={of} />
      <section className="card" aria-labelledby="my-about">
        <h2 id="my-about">这是什么事</h2>
        <dl className="my-facts">
          <dt>事由</dt><dd>{of.matter}</dd>
          <dt>时间、地点</dt><dd>{day(of.acted_on)}，{of.place}</dd>
          <dt>依据</dt><dd>{of.articles}</dd>
          {of.told && !of.decided && <><dt>拟作出的处罚</dt><dd><Penalty of={of.told} /></dd></>}
          {of.decided && <><dt>处罚决定</dt><dd><Penalty of={of.decided} /></dd></>}
          <dt>承办人</dt><dd>{of.officers.map((it) => `${it.name}（执法证 ${it.certificate ?? "无"}）`).join("、") || "正在安排"}</dd>
        </dl>
      </section>
      <Notice>停留半小时没有操作会自动退出，重新输入查询码就能再进来；写了一半的内容留在这台设备上。</Notice>
      {doing && <Submit key={doing} of={of} kind={doing} close={() => setDoing(null)} done={again} />}
    </div>
  );
}

function Penalty({ of }: { of: MyPenalty }) {
  const words = of.kinds.map((it) => (it === "罚款" ? `罚款 ${yuan(of.fine_fen)}` : it)).join("、");
  return <>{words}{of.reasons && <><br /><span className="muted">理由：{of.reasons}</span></>}</>;
}

function Period({ of }: { of: MyPeriod }) {
  return (
    <div className="my-period">
      <p><strong>{day(of.last_day)}</strong>（含当天）以前：{of.purpose}</p>
      <p className="muted">{of.then}{of.provisional && "放假安排尚未公布，暂按现在的日历计算。"}</p>
      <details><summary>这一天是怎么算的</summary><p>期限 {of.period}，从 {dayOf(of.from)} 起。</p><ol>{of.derivation.map((line) => <li key={line}>{line}</li>)}</ol></details>
    </div>
  );
}
