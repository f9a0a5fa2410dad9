/** Publication, repair of credit, reviews and suits of one case (公开与信用). */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { draftPublication, readCasePublications, stepOfPublication } from "../../api/publications";
import type { CaseFile, CasePublications, PublicationView } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { Countdown } from "../../components/Countdown";
import { Light } from "../../components/Light";
import { dateTime, day } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Failure, Loading } from "../shell/Page";
import { ApplyDialog, RemedyDialog, RemedyDone, RemedyEdit, RepairDialog, WithdrawDialog, WithholdDialog } from "./dialogs";
import { CheckDialog, EditDialog, SecrecyDialog } from "./looking";
import { partWords } from "./words";
import "./publications.css";

const panel = "publication-of-case";

/** Publishing and taking back are done in this panel: the button of the case's next steps leads here. */
export function goesThroughPublication(action: string): boolean {
  if (action !== "publish" && action !== "unpublish") return false;
  document.getElementById(panel)?.scrollIntoView({ behavior: "smooth" });
  document.getElementById(panel)?.focus({ preventScroll: true });
  return true;
}

export function CasePublicationsPanel({ of }: { of: CaseFile }) {
  const session = useSession();
  const client = useQueryClient();
  const sees = mayAny(session, ["publication.see"]);
  const query = useQuery({ queryKey: ["case-publications", of.id, of.version], queryFn: ({ signal }) => readCasePublications(of.id, signal), enabled: sees, refetchInterval: 60_000 });
  if (!sees) return null;
  const changed = () => { void client.invalidateQueries({ queryKey: ["case-publications"] }); void client.invalidateQueries({ queryKey: ["case", of.id] }); void client.invalidateQueries({ queryKey: ["publications"] }); };
  return (
    <section className="panel" aria-labelledby={panel}>
      <h2 id={panel} tabIndex={-1}>公开与信用</h2>
      {query.isPending && <Loading rows={3} />}
      {query.error && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Body of={query.data} caseId={of.id} changed={changed} />}
    </section>
  );
}

function Body({ of, caseId, changed }: { of: CasePublications; caseId: string; changed: () => void }) {
  const session = useSession();
  const [asked, setAsked] = useState<"review" | "suit" | null>(null);
  const keeps = mayAny(session, ["remedy.keep"]);
  if (!of.decided) return <p className="quiet">作出处罚决定以后，在这里办理公开、撤回、信用修复和复议诉讼。</p>;
  return (
    <div className="publications">
      {of.publications.length === 0 && <p className="quiet">正在建立公开记录，稍后刷新。</p>}
      {of.publications.map((it, index) => <One key={it.id} of={it} newest={index === 0} changed={changed} />)}
      <Repairs of={of} changed={changed} />
      <h3>复议和诉讼</h3>
      {of.remedies.length === 0 && <p className="quiet">没有行政复议和行政诉讼。</p>}
      <Remedies of={of} changed={changed} />
      {keeps && (of.may_ask_review || of.may_sue) && (
        <div className="offers">
          {of.may_ask_review && <Button onClick={() => setAsked("review")}>登记行政复议</Button>}
          {of.may_sue && <Button onClick={() => setAsked("suit")}>登记行政诉讼</Button>}
        </div>
      )}
      {asked && <RemedyDialog kind={asked} caseId={caseId} close={() => setAsked(null)} changed={changed} />}
    </div>
  );
}

type Dialog = "edit" | "check" | "secrecy" | "withhold" | "withdraw" | "apply";
const right: Record<string, string[]> = { draft: ["publication.work"], edit: ["publication.work"], check: ["publication.check"], secrecy: ["publication.check"], publish: ["publication.work"], withhold: ["publication.decide"], withdraw: ["publication.work"] };

function One({ of, newest, changed }: { of: PublicationView; newest: boolean; changed: () => void }) {
  const session = useSession();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [busy, setBusy] = useState("");
  const offers = newest ? of.offers.filter((it) => mayAny(session, right[it.step] ?? [])) : [];
  const [able, refused] = [offers.filter((it) => it.allowed), offers.filter((it) => !it.allowed && it.article)];
  const take = async (step: string) => {
    if (step !== "draft" && step !== "publish") { setDialog(step as Dialog); return; }
    setBusy(step);
    try {
      const row = await (step === "draft" ? draftPublication(of.id) : stepOfPublication(of, "publish", {}));
      if (step === "draft" && !row.content?.number) void message.warning("已生成脱敏稿，但还没有签发处罚决定书：签发后重新生成，或者在“修改公开内容”里填写文号");
      else void message.success(step === "draft" ? "已生成脱敏稿，请对照原文核对" : "已公开");
      changed();
    } catch (error) { void message.error(asProblem(error).message); } finally { setBusy(""); }
  };
  const close = () => setDialog(null);
  const shared = { of, close, changed };
  return (
    <article className="publication">
      <header>
        <span className={`state-tag${["waiting", "drafted", "published"].includes(of.state) ? "" : " state-tag-final"}`}>{of.state_label}</span>
        {of.revision > 1 && <span className="quiet">第 {of.revision} 稿</span>}
        {of.due_at && <><Countdown dueAt={of.due_at} light={of.light ?? null} /><span className="quiet">{of.due_for}</span></>}
        {of.max_until && of.state === "published" && <span className="quiet">公示至 {of.max_until}</span>}
      </header>
      {of.ground_label && <p>{of.ground_label}（{of.article}）。{of.reason}</p>}
      {!of.ground_label && of.reason && <p>{of.state === "drafted" ? `核对意见：${of.reason}` : of.reason}</p>}
      {of.content && (
        <details open={of.state === "drafted"}>
          <summary>公开内容</summary>
          <dl className="case-facts">
            {Object.entries(partWords).map(([key, label]) => { const text = of.content?.[key as keyof typeof partWords]; return text ? <div key={key} style={{ display: "contents" }}><dt>{label}</dt><dd>{text}</dd></div> : null; })}
            <dt>决定日期</dt><dd>{of.content.decided_on}</dd>
          </dl>
        </details>
      )}
      <p className="quiet">
        {[of.drafted && `${of.drafted.name} 拟稿`, of.checked && `${of.checked.name} 核对`, of.secrecy && `${of.secrecy.name} 保密审查`, of.published && `${of.published.name} ${dateTime(of.published.at)} 公开`, of.ended && `${of.ended.name} ${dateTime(of.ended.at)} 结束`].filter(Boolean).join("；")}
      </p>
      {newest && (of.state === "drafted" || of.state === "published") && <p className="quiet">公示期按“{of.severity_label}”计算：{of.period_source}{of.period_confidence !== "verified" && "（上线前确认）"}。</p>}
      {able.length > 0 && <div className="offers" role="group" aria-label="公开环节">{able.map((it) => <Button key={it.step} type={it.step === "publish" ? "primary" : "default"} loading={busy === it.step} onClick={() => void take(it.step)}>{it.label}</Button>)}</div>}
      {refused.length > 0 && <ul className="case-refused">{refused.map((it) => <li key={it.step}><b>{it.label}</b><p>{it.why}（{it.article}）。</p></li>)}</ul>}
      {newest && of.state === "published" && mayAny(session, ["publication.work"]) && <div className="offers"><Button onClick={() => setDialog("apply")}>登记信用修复申请</Button></div>}
      {dialog === "edit" && <EditDialog {...shared} />}
      {dialog === "check" && <CheckDialog {...shared} />}
      {dialog === "secrecy" && <SecrecyDialog {...shared} />}
      {dialog === "withhold" && <WithholdDialog {...shared} />}
      {dialog === "withdraw" && <WithdrawDialog {...shared} />}
      {dialog === "apply" && <ApplyDialog {...shared} />}
    </article>
  );
}

function Repairs({ of, changed }: { of: CasePublications; changed: () => void }) {
  const session = useSession();
  const [open, setOpen] = useState<{ id: string; step: "check" | "decide" } | null>(null);
  const chosen = of.repairs.find((it) => it.id === open?.id);
  return (
    <>
      {of.earliest && (
        <p className="quiet">
          信用修复：{of.earliest.ready ? "条件已经具备，可以申请" : `还不能申请——${of.earliest.missing.map((it) => it.what + (it.from ? `，自 ${it.from} 起` : "")).join("；")}`}。不申请的，{of.earliest.ends_by_itself} 公示期满自动结束。
        </p>
      )}
      {of.repairs.map((it) => (
        <article key={it.id} className="publication">
          <header><b>信用修复申请</b><span className="state-tag">{it.state_label}</span>{it.light && <Countdown dueAt={it.due_at} light={it.light} />}<span className="quiet">{it.via_label}，{day(it.received_at)} 收到，{it.promise}</span></header>
          {it.found && <p>核查：{it.found}（{it.checked?.name}，{it.proposed ? "建议准予" : "建议不予"}）</p>}
          {it.reason && <p>{it.reason}</p>}
          <div className="offers">
            {["received", "checked"].includes(it.state) && mayAny(session, ["publication.work"]) && <Button onClick={() => setOpen({ id: it.id, step: "check" })}>核查</Button>}
            {it.state === "checked" && mayAny(session, ["publication.decide"]) && <Button type="primary" disabled={it.checked_by_me} title={it.checked_by_me ? "核查人不能决定自己核查的申请" : ""} onClick={() => setOpen({ id: it.id, step: "decide" })}>决定</Button>}
          </div>
        </article>
      ))}
      {open && chosen && <RepairDialog of={chosen} step={open.step} close={() => setOpen(null)} changed={changed} />}
    </>
  );
}

function Remedies({ of, changed }: { of: CasePublications; changed: () => void }) {
  const session = useSession();
  const [open, setOpen] = useState<{ id: string; what: "edit" | "close" } | null>(null);
  const chosen = of.remedies.find((it) => it.id === open?.id);
  const keeps = mayAny(session, ["remedy.keep"]);
  return (
    <>
      {of.remedies.map((it) => (
        <article key={it.id} className="publication">
          <header><b>{it.kind_label}</b><span>{[it.body, it.number].filter(Boolean).join(" ") || "机关和案号待补"}</span>{it.light && <><Light light={it.light} words={`答复至 ${day(it.answer_due_at)}`} /></>}{it.outcome_label && <span className="state-tag state-tag-final">{it.outcome_label}</span>}</header>
          <p className="quiet">{[`${it.received_on} 收到`, it.answered_on ? `${it.answered_on} 已答复` : `答复期限依${it.answer_article}`, it.answers_name && `${it.answers_name} 承办`, it.hearing_at && `${dateTime(it.hearing_at)} 开庭或者听证`, it.served_on && `结果 ${it.served_on} 送达`].filter(Boolean).join("；")}</p>
          {it.followed && <p>{it.followed}</p>}
          {keeps && <div className="offers"><Button onClick={() => setOpen({ id: it.id, what: "edit" })}>补充</Button>{!it.outcome && <Button onClick={() => setOpen({ id: it.id, what: "close" })}>登记结果</Button>}</div>}
        </article>
      ))}
      {open?.what === "edit" && chosen && <RemedyEdit of={chosen} close={() => setOpen(null)} changed={changed} />}
      {open?.what === "close" && chosen && <RemedyDone of={chosen} close={() => setOpen(null)} changed={changed} />}
    </>
  );
}
