/** A case on one page: what may be done now, what not and why, periods with their derivation, who, what was done. */
import { ArrowLeftOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useRouter } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { readCasePage, revealParty } from "../../api/cases";
import { dossierAddress } from "../../api/evidence";
import { fileAddress, thumbnailAddress } from "../../api/files";
import type { CaseFile, CaseOffer, RevealedParty } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { Countdown } from "../../components/Countdown";
import { Light } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import { findingWords, isBeside, meansWords, modeWords, penaltyWords, sorted, yuan } from "./cases";
import { DocumentList } from "../documents/DocumentList";
import { CaseEvidence } from "../evidence/CaseEvidence";
import { CaseDiscretion } from "../discretion/CaseDiscretion";
import { CaseBasis } from "./CaseBasis";
import { CaseCentre } from "../centre/CaseCentre";
import { CaseProperty } from "../property/CaseProperty";
import { CasePayments } from "../payments/CasePayments";
import { CasePublicationsPanel, goesThroughPublication } from "../publications/CasePublications";
import { CaseGuidance } from "../quality/CaseGuidance";
import { CaseStateTag } from "./CasesPage";
import { Remarks } from "./Remarks";
import { PartyPanel } from "./PartyPanel";
import { CourtFilePanel } from "./CourtFilePanel";
import { StepDialog } from "./StepDialog";
import "../lead/lead.css";
import "./cases.css";

export function CasePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <CaseWhole key={id} id={id} />;
}

/** A case, whole; `beside` a list, the way back is left out. */
export function CaseWhole({ id, beside = false }: { id: string; beside?: boolean }) {
  const router = useRouter();
  const session = useSession();
  const [acting, setActing] = useState<CaseOffer | null>(null);
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ["case", id], refetchInterval: 60_000,
    queryFn: async ({ signal }) => {
      const page = await readCasePage(id, signal);
      // Documents and evidence came along: their panels need not ask again.
      if (page.documents) client.setQueryData(["documents", id], page.documents);
      if (page.evidence) client.setQueryData(["evidence", id], page.evidence);
      return page.case;
    },
  });
  const of = query.data;
  useEffect(() => { if (of) document.title = `${of.number} ${of.matter.name} · 闭环`; }, [of]);

  if (query.isPending) return <Loading rows={12} />;
  if (query.error && !of && asProblem(query.error).status === 404) {
    return <div className="page"><Empty title="没有找到这个案件">编号可能有误，或它不在您的权限范围内。<br /><Link to="/cases">看全部案件</Link></Empty></div>;
  }
  if (query.error && !of) return <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div>;
  if (!of) return null;
  return (
    <article className="lead-page" aria-label={`案件 ${of.number}`}>
      <header className="lead-head">
        <div className="lead-head-top">
          {!beside && <Button type="text" size="small" icon={<ArrowLeftOutlined />} aria-label="返回" onClick={() => router.history.back()} />}
          <span className="mono">{of.number}</span><CaseStateTag of={of} />{of.sent_back && <span className="state-tag state-tag-back">退回</span>}<span className="quiet">{of.track.label}</span>
          {of.due_at && <Countdown dueAt={of.due_at} light={of.light as never} />}
          {of.simulated && <SimulatedTag />}
          {mayAny(session, ["dossier.export"]) && <form method="post" action={dossierAddress(of.id)} target="_blank"><Button type="text" size="small" htmlType="submit">导出案卷</Button></form>}
          {of.open && <span className="quiet">等待{of.holder_role ?? of.holder?.name ?? "期限届满"}</span>}
        </div>
        <h1>{of.title}</h1>
      </header>
      <div className="lead-grid">
        <div>
          <Next of={of} act={setActing} />
          <Remarks of={of} />
          <section className="panel" aria-labelledby="documents-of-case"><h2 id="documents-of-case">文书</h2><DocumentList docket={of.id} decision={of.decided_at ? (["simple", "minor-quick"].includes(of.track.code) ? "D14" : "D15") : null} /></section>
          <section className="panel" aria-labelledby="evidence-of-case"><h2 id="evidence-of-case">证据</h2><CaseEvidence caseId={of.id} officers={of.officers} /></section>
          {mayAny(session, ["property.see"]) && <section className="panel" aria-labelledby="property-of-case"><h2 id="property-of-case">涉案财物</h2><CaseProperty caseId={of.id} /></section>}
          <CaseCentre caseId={of.id} />
          {of.decided_at && mayAny(session, ["payment.see"]) && <CasePayments caseId={of.id} />}
          <CourtFilePanel of={of} />
          <CasePublicationsPanel of={of} />
          {mayAny(session, ["party.see"]) && <section className="panel" aria-labelledby="party-of-case"><h2 id="party-of-case">当事人页面</h2><PartyPanel of={of} /></section>}
          <Steps of={of} />
        </div>
        <div>
          <Periods of={of} />
          <CaseGuidance of={of} />
          <Penalty of={of} />
          <CaseDiscretion of={of} />
          <People of={of} />
          <Basics of={of} />
          <CaseBasis of={of} />
        </div>
      </div>
      {acting && <StepDialog key={acting.action} of={of} offer={acting} close={() => setActing(null)} />}
    </article>
  );
}

function Next({ of, act }: { of: CaseFile; act: (offer: CaseOffer) => void }) {
  const { now, others, refused } = sorted(of.offers);
  const [mine, theirs] = [refused.filter((it) => it.mine), refused.filter((it) => !it.mine)];
  return (
    <section className="panel case-next" aria-labelledby="next">
      <h2 id="next">下一步</h2>
      {now.length > 0
        ? <div className="offers" role="group" aria-label="可办理的环节">{now.map((it, index) => <Button key={it.action} type={index === 0 && !isBeside(it) ? "primary" : "default"} title={it.article} onClick={() => { if (!goesThroughPublication(it.action)) act(it); }}>{it.label}</Button>)}</div>
        : <p className="quiet">{of.open ? "现在没有由您办理的环节。" : "案件已经归档。"}</p>}
      {others.length > 0 && <p className="quiet">由他人办理：{others.map((it) => `${it.label}（${it.actor_label}）`).join("、")}</p>}
      {mine.length > 0 && <h3>现在不能办的，和怎样才能办</h3>}
      <Refused offers={mine} />
      {theirs.length > 0 && <details><summary>由他人办理、现在不能办的 {theirs.length} 项</summary><Refused offers={theirs} /></details>}
    </section>
  );
}

function Refused({ offers }: { offers: readonly CaseOffer[] }) {
  return (
    <ul className="case-refused">
      {offers.map((it) => (
        <li key={it.action}>
          <b>{it.label}</b>
          {it.refusals.map((why) => (
            <p key={why.code}>{why.why}（{why.article}）。{why.cure}。</p>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Periods({ of }: { of: CaseFile }) {
  const running = of.clocks.filter((it) => it.running);
  const over = of.clocks.filter((it) => !it.running);
  const limits = of.limits.filter((it) => it.state === "running");
  if (of.clocks.length + of.limits.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="periods">
      <h2 id="periods">期限</h2>
      {limits.map((it) => (
        <div key={it.limit + it.started_at} className="case-clock"><div><b>{it.label}</b><Countdown dueAt={it.due_at ?? null} light={it.light as never} /></div><p>机关期限，{it.rule}，{dateTime(it.started_at)} 起</p></div>
      ))}
      {running.map((it) => (
        <div key={it.clock} className="case-clock">
          <div><b>{it.label}</b><span>{it.period}，至 {it.last_day} 届满</span></div>
          <p>{it.article ?? "文书载明的期限"}{it.provisional && "；放假安排尚未公布，暂算"}</p>
          <details><summary>逐日推算</summary><ol>{it.derivation.map((line) => <li key={line}>{line}</li>)}</ol></details>
        </div>
      ))}
      {over.length + of.limits.length - limits.length > 0 && (
        <details className="deadlines-over">
          <summary>已结束的期限 {over.length + of.limits.length - limits.length} 项</summary>
          {of.limits.filter((it) => it.state !== "running").map((it) => <p key={it.limit + it.started_at}>{it.label} {it.state === "missed" && <Light light="red" words="超期" bare />}</p>)}
          {over.map((it) => <p key={it.clock + it.started_at}>{it.label}，{it.ran_out ? `${it.last_day} 届满` : "提前结束"}</p>)}
        </details>
      )}
    </section>
  );
}

function Penalty({ of }: { of: CaseFile }) {
  const words = (plan: NonNullable<CaseFile["plan"]>) => plan.kinds.map((it) => (it === "fine" ? `罚款 ${yuan(plan.fine_fen ?? 0)}` : penaltyWords[it])).join("、");
  return (
    <section className="panel" aria-labelledby="facts">
      <h2 id="facts">查明和拟处罚</h2>
      <dl className="case-facts">
        {of.plan && <><dt>{of.decided_at ? "处罚决定" : "拟处罚"}</dt><dd>{words(of.plan)}<br /><span className="quiet">{of.plan.reasons}</span></dd></>}
        {of.told && <><dt>告知内容</dt><dd>{words(of.told)}</dd></>}
        {of.hearing_at && <><dt>听证时间</dt><dd>{dateTime(of.hearing_at)}</dd></>}
        {of.facts.map((it) => <div key={it.label} style={{ display: "contents" }}><dt>{it.label}</dt><dd>{it.value}</dd></div>)}
      </dl>
      {!of.plan && of.facts.length === 0 && <p className="quiet">调查取证后，这里显示查明的事实和拟处罚内容。</p>}
    </section>
  );
}

function People({ of }: { of: CaseFile }) {
  const session = useSession();
  const [asked, setAsked] = useState<number | null>(null);
  const [shown, setShown] = useState<Record<number, RevealedParty>>({});
  const client = useQueryClient();
  return (
    <section className="panel" aria-labelledby="people">
      <h2 id="people">当事人和承办人</h2>
      <ul className="case-people">
        {of.parties.map((it) => (
          <li key={it.ordinal}>
            <b>{shown[it.ordinal]?.name ?? (it.name || "已删除")}</b><span className="quiet">{it.kind_label}，{it.age_label}</span>
            {shown[it.ordinal]
              ? <span className="quiet">{[shown[it.ordinal]?.id_number, shown[it.ordinal]?.telephone].filter(Boolean).join("，")}</span>
              : mayAny(session, ["case.reveal"]) && <button type="button" className="link" onClick={() => setAsked(it.ordinal)}>查看</button>}
          </li>
        ))}
        {of.officers.map((it) => <li key={it.id}><b>{it.name}</b><span className="quiet">执法证 {it.certificate ?? "无"}{it.valid_until && `，有效至 ${it.valid_until}`}{it.recused && "，已回避"}</span></li>)}
      </ul>
      {asked !== null && (
        <FormDialog<{ reason: string }>
          open title="查看当事人信息" okText="查看" initial={{ reason: "" }} close={() => setAsked(null)}
          save={async ({ reason }) => {
            const party = await revealParty(of.id, asked, reason);
            setShown((all) => ({ ...all, [asked]: party }));
            void client.invalidateQueries({ queryKey: ["case", of.id] });
            setAsked(null);
          }}
        >
          <Form.Item name="reason" label="查看理由" extra="理由和您的姓名记入台账。" rules={[{ required: true, whitespace: true, message: "请填写查看理由" }]}><Input.TextArea rows={2} maxLength={200} autoFocus /></Form.Item>
        </FormDialog>
      )}
    </section>
  );
}

function Basics({ of }: { of: CaseFile }) {
  return (
    <section className="panel" aria-labelledby="basics">
      <h2 id="basics">案由</h2>
      <dl className="case-facts">
        <dt>事项</dt><dd>{of.matter.name} <span className="mono quiet">{of.matter.code}</span></dd>
        <dt>条文</dt><dd>{of.matter.articles}</dd>
        <dt>发生</dt><dd>{of.acted_on}，{of.place}</dd>
        <dt>发现</dt><dd>{of.found_on}</dd>
        <dt>案情</dt><dd>{of.summary}</dd>
        {of.lead && <><dt>来源</dt><dd>线索 <Link to="/leads/$id" params={{ id: of.lead.id }}>{of.lead.number}</Link></dd></>}
        {of.referral && <><dt>移交</dt><dd><Link to="/referrals/$id" params={{ id: of.referral.id }}>{of.referral.number}</Link></dd></>}
        <dt>登记</dt><dd>{of.opened_by.name}，{dateTime(of.opened_at)}</dd>
      </dl>
      {of.photos.length > 0 && <div className="case-photos">{of.photos.map((it, index) => <a key={it} href={fileAddress(it)} target="_blank" rel="noreferrer"><img src={thumbnailAddress(it)} alt={`线索照片 ${index + 1}`} loading="lazy" /></a>)}</div>}
    </section>
  );
}

const plain: Record<string, string> = {
  note: "", evidence: "证据", basis: "依据", new_facts: "新的事实", lenient: "从轻减轻", education: "教育", on_record: "听证笔录", slight: "轻微", receipt: "票据号", urgent: "紧急情形", tried: "已试过", proof: "送达凭证", medium: "公告", served_on: "送达日期", announced: "公告限期",
};

function said(content: CaseFile["steps"][number]["content"]): string[] {
  const of = content as Record<string, unknown>;
  const lines = Object.entries(plain).filter(([key]) => typeof of[key] === "string").map(([key, label]) => (label ? `${label}：${of[key] as string}` : (of[key] as string)));
  const coded = (key: string, words: Record<string, string>, label: string) => { if (typeof of[key] === "string") lines.push(`${label}：${words[of[key]] ?? ""}`); };
  coded("mode", modeWords, "送达");
  coded("finding", findingWords, "结论");
  coded("means", meansWords, "内容");
  if (typeof of["hearing_at"] === "string") lines.push(`听证时间：${dateTime(of["hearing_at"])}`);
  return lines;
}

/** Who took a step; the party on his own page and the till have no name. */
const takenBy = (step: CaseFile["steps"][number]) => step.person?.name ?? ((step.content as Record<string, unknown>)["by_party"] ? "当事人（网上）" : step.action === "pay" ? "缴款系统" : "期限届满");

function Steps({ of }: { of: CaseFile }) {
  return (
    <section className="panel" aria-labelledby="steps">
      <h2 id="steps">办理过程</h2>
      <ol className="case-steps">
        {of.steps.map((it) => (
          <li key={it.ordinal}>
            <b>{it.label}</b><small>{takenBy(it)}，{dateTime(it.at)}{it.before_label !== it.after_label && `，${it.before_label} → ${it.after_label}`}</small>
            {said(it.content).map((line) => <p key={line}>{line}</p>)}
          </li>
        ))}
        <li><b>登记案件</b><small>{of.opened_by.name}，{dateTime(of.opened_at)}</small></li>
      </ol>
      <details className="case-ledger">
        <summary>台账 {of.ledger.length} 行</summary>
        <ol reversed>{of.ledger.map((it) => <li key={it.seq}>{dateTime(it.at)} {it.label || it.action}，{it.actor}{it.role && `（${it.role}）`} <span className="mono quiet">{it.hash.slice(0, 19)}…</span></li>)}</ol>
      </details>
    </section>
  );
}
