/** One referral on the file that both sides see: facts, where it should go and went, what was said, assistance, the case and its result. */
import { ArrowLeftOutlined, PrinterOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { App, Button, Popover } from "antd";
import { useEffect, useState } from "react";
import { readReferral, referralFileAddress, referralPaperAddress, takeInReferralFile } from "../../api/referrals";
import { fileAddress, thumbnailAddress } from "../../api/files";
import type { CaseReferral, CaseReferralPower } from "../../api/referral-types";
import { asProblem } from "../../api/problem";
import { Countdown } from "../../components/Countdown";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { Empty, Failure, Loading } from "../shell/Page";
import { size } from "../evidence/words";
import { ActDialog, Suspect } from "./ReferralDialogs";
import { mainVerbs, wayWords } from "./referrals";
import { ReferralTag } from "./ReferralsPage";
import "../lead/lead.css";
import "../cases/cases.css";
import "../notices/notices.css";
import "./referrals.css";

type Offer = CaseReferral["offers"][number];

export function ReferralPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const router = useRouter();
  const navigate = useNavigate();
  const [acting, setActing] = useState<Offer | null>(null);
  const query = useQuery({ queryKey: ["referrals", "one", id], queryFn: ({ signal }) => readReferral(id, signal), refetchInterval: 60_000 });
  const of = query.data;
  useEffect(() => { if (of) document.title = `移交 ${of.number} · 闭环`; }, [of]);
  if (query.isPending) return <Loading rows={12} />;
  if (query.error && !of && asProblem(query.error).status === 404) {
    return <div className="page"><Empty title="没有找到这件移交">编号可能有误，或它不在您的权限范围内。<br /><Link to="/referrals">看全部移交</Link></Empty></div>;
  }
  if (query.error && !of) return <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div>;
  if (!of) return null;
  return (
    <article className="notice-page" aria-label={`移交 ${of.number}`}>
      <header className="notice-head">
        <div className="lead-head-top">
          <Button type="text" size="small" icon={<ArrowLeftOutlined />} aria-label="返回" onClick={() => router.history.back()} />
          <span className="mono">{of.number}</span><ReferralTag of={of} />
          {of.due_at && <Countdown dueAt={of.due_at} light={of.light as never} />}
          {of.limit && <span className="quiet">{of.limit}期限</span>}
          {of.simulated && <SimulatedTag />}
          <span style={{ marginLeft: "auto" }} />
          <Button type="text" size="small" icon={<PrinterOutlined />} onClick={() => print()}>打印</Button>
        </div>
        <h1>{of.title}</h1>
        <div className="offers" role="group" aria-label="可办理的动作">
          {of.may_register && <Button type="primary" onClick={() => void navigate({ to: "/cases/new", search: { referral: of.id, number: of.number } as never })}>登记案件</Button>}
          {of.offers.map((it) => <OfferButton key={it.verb} of={it} act={() => setActing(it)} />)}
        </div>
      </header>
      <div className="referral-grid">
        <div className="referral-column">
          <Facts of={of} />
          <Lines of={of} />
        </div>
        <div className="referral-column">
          <Result of={of} />
          <Way of={of} />
          <Asks of={of} />
        </div>
      </div>
      {acting && <ActDialog key={acting.verb} of={of} offer={acting} close={() => setActing(null)} />}
    </article>
  );
}

function OfferButton({ of, act }: { of: Offer; act: () => void }) {
  if (of.allowed) return <Button type={mainVerbs.includes(of.verb) ? "primary" : "default"} danger={of.verb === "withdraw"} onClick={act}>{of.label}</Button>;
  const why = [of.reason ?? "现在不能办理。", of.citation ? `依据：${of.citation}` : ""].filter(Boolean);
  return (
    <Popover trigger={["hover", "focus"]} content={<div className="refusal">{why.map((line) => <p key={line}>{line}</p>)}</div>}>
      <Button className="refused" aria-disabled="true" aria-describedby={`why-${of.verb}`} onClick={(event) => event.preventDefault()}>
        {of.label}<span id={`why-${of.verb}`} className="visually-hidden">现在不能办理：{why.join("；")}</span>
      </Button>
    </Popover>
  );
}

function Facts({ of }: { of: CaseReferral }) {
  return (
    <section className="panel" aria-labelledby="facts">
      <h2 id="facts">事实</h2>
      <p className="referral-facts">{of.facts}</p>
      <dl className="case-facts">
        <dt>事项</dt><dd>{of.matter_name ? <>{of.matter_name} <span className="mono quiet">{of.matter_code}</span></> : "没有选择"}</dd>
        <dt>地点</dt><dd>{of.place}</dd>
        {of.acted_on && <><dt>发生</dt><dd>{of.acted_on}</dd></>}
        {of.suspect && <><dt>嫌疑人</dt><dd><Suspect of={of} /></dd></>}
        <dt>提出</dt><dd>{of.asker.name} {of.asked_by.name}，{dateTime(of.opened_at)}</dd>
        {of.wished_on && <><dt>希望答复</dt><dd>{of.wished_on} 以前</dd></>}
        {of.lead_number && <><dt>线索</dt><dd>{of.lead ? <Link to="/leads/$id" params={{ id: of.lead }}>{of.lead_number}</Link> : of.lead_number}</dd></>}
      </dl>
      {of.photos.length > 0 && <div className="case-photos" style={{ marginTop: 12 }}>{of.photos.map((it, index) => <a key={it} href={fileAddress(it)} target="_blank" rel="noreferrer"><img src={thumbnailAddress(it)} alt={`线索照片 ${index + 1}`} loading="lazy" /></a>)}</div>}
    </section>
  );
}

function Lines({ of }: { of: CaseReferral }) {
  return (
    <section className="panel" aria-labelledby="lines">
      <h2 id="lines">往来</h2>
      <ol className="referral-lines">
        {of.lines.map((it) => (
          <li key={it.ordinal} className={it.inside ? "inside" : ""}>
            <b>{it.label}</b>{it.inside && <span className="state-tag">内部</span>} <small>{[it.unit?.name, it.person?.name ?? "系统", dateTime(it.at)].filter(Boolean).join(" · ")}</small>
            {it.text && <p>{it.text}</p>}
            {it.files.length > 0 && (
              <div className="referral-files">
                {it.files.map((file) => <span key={file.ordinal}><a href={referralFileAddress(of.id, file.ordinal)} target="_blank" rel="noreferrer" title={file.digest}>{file.name}</a> <span className="quiet">{size(file.size)}{file.evidence ? `，证据 ${file.evidence}` : ""}</span>{file.may_take_in && <TakeIn of={of} file={file} />}</span>)}
              </div>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A file that came after the case was opened becomes its evidence. */
function TakeIn({ of, file }: { of: CaseReferral; file: CaseReferral["lines"][number]["files"][number] }) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const take = async () => {
    try {
      client.setQueryData(["referrals", "one", of.id], await takeInReferralFile(of.id, file.ordinal));
      void message.success("已收入案件证据");
    } catch (error) {
      void message.error(asProblem(error).message);
    }
  };
  return <Button size="small" aria-label={`收入证据 ${file.name}`} onClick={() => void modal.confirm({ title: `把“${file.name}”收入案件 ${of.case?.number ?? ""} 的证据？`, content: "按原文件的摘要收入，保管链从这里开始；只能收入一次，由本案承办人办理。", okText: "收入证据", onOk: take })}>收入证据</Button>;
}

function Result({ of }: { of: CaseReferral }) {
  if (!of.case && !of.result && !of.feedback) return null;
  return (
    <section className="panel" aria-labelledby="result">
      <h2 id="result">办理进展和结果</h2>
      {of.result ? <><p className="referral-result">{of.result}</p>{of.result_at && <p className="quiet">{dateTime(of.result_at)}</p>}</> : <p className="quiet">还没有结果；案件有结果时自动出现在这里。</p>}
      {of.case && (
        <>
          <p>案件 {of.case.id ? <Link to="/cases/$id" params={{ id: of.case.id }}>{of.case.number}</Link> : <span className="mono">{of.case.number}</span>}：{of.case.state}</p>
          <ol className="referral-course">{of.case.steps.map((it, index) => <li key={index}><span>{it.label}</span><time dateTime={it.at}>{dateTime(it.at)}</time></li>)}</ol>
          {of.case.papers.map((it) => <p key={it.id}><a href={referralPaperAddress(of.id, it.id)} target="_blank" rel="noreferrer">{it.title}</a> <span className="quiet">打开记入台账</span></p>)}
        </>
      )}
      {of.feedback && <p className="extension-note">监管结果：{of.feedback}</p>}
    </section>
  );
}

function Way({ of }: { of: CaseReferral }) {
  const power = of.power as CaseReferralPower | null | undefined;
  if (!power && !of.way && !of.reason) return null;
  const proposed = power?.unit ? of.targets.find((it) => it.id === power.unit)?.name : undefined;
  return (
    <section className="panel referral-power" aria-labelledby="way">
      <h2 id="way">分流</h2>
      {of.way && <p><b>{of.way_label}</b>：{of.target?.name}</p>}
      {of.reason && <p className="quiet">理由：{of.reason}</p>}
      {power && (
        <>
          <p>{of.way ? "分流时的推定" : "建议"}：{power.why}{power.way && !of.way && `（${wayWords[power.way]}${proposed ? `：${proposed}` : ""}）`}{power.provisional && <span className="state-tag">以当地公布的目录为准</span>}</p>
          {power.steps.length > 0 && <ol>{power.steps.map((it) => <li key={it.text}>{it.text}（{it.basis}）</li>)}</ol>}
        </>
      )}
    </section>
  );
}

function Asks({ of }: { of: CaseReferral }) {
  if (of.asks.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="asks">
      <h2 id="asks">协助请求</h2>
      {of.asks.map((it) => (
        <div key={it.ordinal} className="referral-ask">
          <b>{it.unit.name}</b> {it.answered_at ? <span className="state-tag state-tag-final">已答复</span> : <Countdown dueAt={it.due_at} light={it.light as never} />}
          <p>{it.text}</p>
          {it.answer && <p className="quiet">答复：{it.answer}（{it.answered_by?.name}，{it.answered_at && dateTime(it.answered_at)}）</p>}
        </div>
      ))}
    </section>
  );
}
