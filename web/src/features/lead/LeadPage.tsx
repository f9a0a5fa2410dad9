/** The page of one lead (线索): what it is, what may be done, what was done. */
import { ArrowLeftOutlined, CopyOutlined, PrinterOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useRouter } from "@tanstack/react-router";
import { App, Button, Rate } from "antd";
import { useEffect, useMemo, useState } from "react";
import { readHistory, readLead, readSuggestions } from "../../api/leads";
import type { Deadline, HistoryEntry, Lead, Verb } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { Countdown } from "../../components/Countdown";
import { Light } from "../../components/Light";
import { SimulatedTag, StateTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { isOpen, limitWord, roleWord } from "../../format/words";
import { CityMap, type MapPoint } from "../../map/CityMap";
import { LeadAnswers } from "../answers/LeadAnswers";
import { LeadCharge } from "../charges/LeadCharge";
import { LeadCampaign } from "../campaigns/LeadCampaign";
import { LeadReplyCheck } from "../reply-checks/ReplyChecks";
import { LeadCases } from "../cases/LeadCases";
import { LeadReferrals } from "../referrals/LeadReferrals";
import { LeadMatters } from "../matters/LeadMatters";
import { LeadNotices } from "../notices/LeadNotices";
import { useSession } from "../session/session";
import { useKeys } from "../shell/keys";
import { Empty, Failure, Loading } from "../shell/Page";
import { held, useHeld } from "../undo/useHeld";
import { lineWords } from "./timeline";
import { verbKeys } from "./verbs";
import { ActionDialog } from "./ActionDialog";
import { Duplicates } from "./Duplicates";
import { LeadReceptions } from "../receptions/LeadReceptions";
import { LeadNearest } from "../nearest/LeadNearest";
import { ReferralPanel } from "../neighbours/ReferralPanel";
import { JointTasks } from "./JointTasks";
import { Offers } from "./Offers";
import { BeforeAfter, Photos } from "./Photos";
import { Reporter } from "./Reporter";
import "./lead.css";

export function LeadPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const router = useRouter();
  const { message } = App.useApp();
  const session = useSession();
  const [dialog, setDialog] = useState<{ verb: Verb; label: string } | null>(null);
  const query = useQuery({ queryKey: ["lead", id], queryFn: ({ signal }) => readLead(id, signal) });
  const history = useQuery({ queryKey: ["history", id], queryFn: ({ signal }) => readHistory(id, signal) });
  const lead = query.data;
  const pending = useHeld().findLast((it) => it.lead.id === id);
  const suggestions = useQuery({ queryKey: ["suggestions", id], enabled: lead !== undefined && isOpen(lead.state), retry: false, queryFn: ({ signal }) => readSuggestions(id, signal), staleTime: 30_000 });

  useEffect(() => { if (lead) document.title = `${lead.number} ${lead.title} · 闭环`; }, [lead]);

  const open = (verb: Verb) => {
    const offer = lead?.offers.find((it) => it.verb === verb && it.allowed);
    if (offer && !pending) setDialog({ verb, label: offer.label });
  };
  const keys = useMemo(() => {
    const map: Partial<Record<Verb, string>> = {};
    const taken = new Set<string>();
    for (const it of lead?.offers ?? []) {
      const key = verbKeys[it.verb];
      if (it.allowed && key && !taken.has(key)) { map[it.verb] = key; taken.add(key); }
    }
    return map;
  }, [lead]);
  useKeys({ ...Object.fromEntries(Object.entries(keys).map(([verb, key]) => [key, () => open(verb as Verb)])), Escape: () => router.history.back() });

  if (query.isPending) return <Loading rows={12} />;
  if (query.error && !lead && asProblem(query.error).status === 404) {
    return <div className="page"><Empty title="没有找到这条线索">编号可能有误，或它不在您的权限范围内。<br /><Link to="/search">去线索查询</Link></Empty></div>;
  }
  if (query.error && !lead) return <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div>;
  if (!lead) return null;

  const over = lead.deadlines.filter((it) => !isLive(it));
  const missed = over.filter((it) => it.state === "missed").length;
  const before = lead.photos.findLast((it) => it.role === "before") ?? lead.photos.find((it) => it.role === "report");
  const after = lead.photos.findLast((it) => it.role === "after");
  const follows = followedBy(lead.details);

  return (
    <article className="lead-page" aria-label={`线索 ${lead.number}`}>
      <div className="print-only"><b>线索办理单</b><span>{session.person.name} 打印于 {dateTime(new Date(now()).toISOString())}{lead.simulated && " · 模拟数据"}</span></div>
      <header className="lead-head">
        <div className="lead-head-top">
          <Button type="text" size="small" icon={<ArrowLeftOutlined />} aria-label="返回" onClick={() => router.history.back()} />
          <span className="mono">{lead.number}</span>
          <button type="button" className="copy" aria-label="复制编号" onClick={() => void navigator.clipboard?.writeText(lead.number).then(() => message.success("已复制"))}><CopyOutlined /></button>
          <StateTag state={lead.state} />
          {isOpen(lead.state) && <Countdown dueAt={lead.due_at} light={lead.light} />}
          {lead.reports > 1 && <span className="quiet">共 {lead.reports} 件上报并案办理</span>}
          {lead.rework_count > 0 && <span className="quiet">返工 {lead.rework_count} 次</span>}
          {lead.simulated && <SimulatedTag />}
          <span style={{ marginLeft: "auto" }} />
          <Button type="text" size="small" icon={<PrinterOutlined />} onClick={() => print()}>打印</Button>
        </div>
        <h1>{lead.title}</h1>
        {lead.merged_into && <p className="extension-note">已并入 <Link to="/leads/$id" params={{ id: lead.merged_into.id }}>{lead.merged_into.number}</Link>，后续在主件办理。</p>}
        {lead.extension && <p className="extension-note">处置单位申请延期 {lead.extension.hours} 小时：{lead.extension.reason}</p>}
        {pending
          ? <p className="extension-note">“{pending.label}”即将提交，提交后这里会更新。<button type="button" className="link" onClick={() => held.undo(pending.id)} disabled={!held.undoable(pending)}>撤销</button></p>
          : <Offers offers={lead.offers} keys={keys} act={(it) => setDialog({ verb: it.verb, label: it.label })} />}
      </header>
      <div className="lead-grid">
        <div>
          <section className="panel" aria-labelledby="words">
            <h2 id="words">反映内容</h2>
            <p className="lead-words">{lead.description}</p>
            {before && after && <BeforeAfter before={before} after={after} />}
            <Photos lead={lead} photos={lead.photos} />
            {isOpen(lead.state) && <Duplicates suggestion={suggestions.data} />}
          </section>
          <section className="panel" aria-labelledby="history">
            <h2 id="history">办理过程</h2>
            {history.isPending ? <Loading rows={4} /> : history.error ? <Failure error={history.error} retry={() => void history.refetch()} /> : <Timeline entries={history.data.items} />}
          </section>
        </div>
        <div>
          {lead.deadlines.length > 0 && (
            <section className="panel" aria-labelledby="deadlines">
              <h2 id="deadlines">时限</h2>
              {lead.deadlines.filter((it) => isLive(it)).map((it) => <DeadlineLine key={it.id} deadline={it} />)}
              {over.length > 0 && (
                <details className="deadlines-over" open={over.length <= 3}>
                  <summary>已结束的时限 {over.length} 项{missed > 0 && <Light light="red" words={`${missed} 项超期`} bare />}</summary>
                  {over.map((it) => <DeadlineLine key={it.id} deadline={it} />)}
                </details>
              )}
            </section>
          )}
          <LeadMatters lead={lead} />
          <LeadNearest lead={lead} />
          <ReferralPanel lead={lead} />
          <JointTasks lead={lead} />
          <LeadCharge lead={lead} />
          <LeadCases lead={lead} />
          <LeadReferrals lead={lead} />
          <LeadReceptions lead={lead} />
          <LeadNotices lead={lead} />
          <LeadCampaign lead={lead} />
          <LeadReplyCheck lead={lead} />
          <LeadAnswers lead={lead} />
          <Where lead={lead} />
          <section className="panel" aria-labelledby="facts">
            <h2 id="facts">基本信息</h2>
            <dl className="facts">
              <dt>来源</dt><dd>{lead.source_label}</dd>
              {follows && <><dt>接续线索</dt><dd><Link className="mono" to="/search" search={{ q: follows }} title="来源在那件办结后又来反映">{follows}</Link></dd></>}
              <dt>上报时间</dt><dd>{dateTime(lead.reported_at)}</dd>
              <dt>类别</dt><dd>{lead.class ? `${lead.class.name}（${lead.class.code}）` : "待定"}</dd>
              {lead.standard && <><dt>立案标准</dt><dd>{lead.standard}</dd></>}
              {lead.closing_standard && <><dt>结案标准</dt><dd>{lead.closing_standard}</dd></>}
              {lead.limit && <><dt>处置时限</dt><dd>{lead.limit.label ?? limitWord(lead.limit)}{lead.limit.provisional && "（暂定）"}</dd></>}
              <dt>当前承办</dt><dd>{[lead.holder?.unit?.name, lead.holder?.person?.name, !lead.holder?.unit && lead.holder?.role ? roleWord(lead.holder.role) : null].filter(Boolean).join(" · ") || "—"}</dd>
              {lead.dispatched_by && <><dt>派遣依据</dt><dd>{lead.dispatched_by.rule}{typeof lead.dispatched_by.rule_set === "number" && <span className="quiet">（第 {lead.dispatched_by.rule_set} 版）</span>}</dd></>}
              {lead.raised_count > 0 && <><dt>分层响应</dt><dd>{lead.raised_from ? `${lead.raised_from.name}上提` : "已上提"}，共 {lead.raised_count} 次</dd></>}
              {lead.follower && <><dt>跟办人</dt><dd>{lead.follower.name}</dd></>}
              {lead.handler && <><dt>处置人员</dt><dd>{lead.handler.name}</dd></>}
              {lead.reply && <><dt>处置反馈</dt><dd>{lead.reply}</dd></>}
              <dt>查询码</dt><dd><a className="mono" href={`/follow/${lead.tracking_code}`} target="_blank" rel="noreferrer">{lead.tracking_code}</a></dd>
            </dl>
          </section>
          {lead.reporter && <Reporter lead={lead} />}
          {lead.rating && (
            <section className="panel" aria-labelledby="rating">
              <h2 id="rating">报料人评价</h2>
              <Rate disabled value={lead.rating.stars} aria-label={`${lead.rating.stars} 星`} style={{ color: "#1456b8" }} />
              {lead.rating.comment && <p style={{ margin: "6px 0 0" }}>{lead.rating.comment}</p>}
            </section>
          )}
        </div>
      </div>
      <ActionDialog lead={lead} verb={dialog?.verb ?? null} label={dialog?.label ?? ""} suggestion={suggestions.data} close={() => setDialog(null)} done={() => void message.success(`已${dialog?.label ?? "办理"}`)} />
    </article>
  );
}

/** The number of the lead that was over when its source wrote again. */
function followedBy(details: unknown): string | null {
  const number = typeof details === "object" && details !== null && "follows" in details ? details.follows : null;
  return typeof number === "string" ? number : null;
}

function Where({ lead }: { lead: Lead }) {
  const points = useMemo<MapPoint[]>(() => (lead.position ? [{ id: lead.id, position: lead.position, light: lead.light }] : []), [lead]);
  return (
    <section className="panel" aria-labelledby="where">
      <h2 id="where">位置</h2>
      {lead.position ? <div className="lead-map"><CityMap label={`线索位置：${lead.place.address ?? lead.place.grid_name ?? ""}`} points={points} selected={lead.id} follow="selected" grids /></div> : <p className="quiet">没有坐标，可用“更正”补充地址，或在受理台的地图上标注。</p>}
      <p className="lead-place">{[lead.place.township_name, lead.place.grid_name].filter(Boolean).join(" / ") || "尚未落到网格"}{lead.place.grid_code && <span className="mono quiet"> {lead.place.grid_code}</span>}<br /><span>{lead.place.address}</span></p>
    </section>
  );
}

const deadlineStates = { running: "计时中", paused: "已暂停", met: "按时完成", missed: "超期完成", cancelled: "已取消" } as const;

const isLive = (it: Deadline): boolean => it.state === "running" || it.state === "paused";

function DeadlineLine({ deadline }: { deadline: Deadline }) {
  return (
    <div className="deadline">
      <div className="deadline-top">
        <b>{deadline.name}{(deadline.round ?? 1) > 1 && ` · 第 ${deadline.round} 轮`}</b>
        {deadline.state === "running" ? <Countdown dueAt={deadline.due_at} light={deadline.light ?? null} /> : <Light light={deadline.state === "missed" ? "red" : deadline.state === "met" ? "green" : null} words={deadlineStates[deadline.state]} bare />}
      </div>
      <p>{dateTime(deadline.started_at)} 起{deadline.due_at ? `，${dateTime(deadline.due_at)} 止` : "，暂停计时"}</p>
      {deadline.explanation && <p>{deadline.explanation}</p>}
    </div>
  );
}

function Timeline({ entries }: { entries: HistoryEntry[] }) {
  return (
    <ol className="timeline" reversed>
      {[...entries].sort((a, b) => b.seq - a.seq).map((it) => ({ it, words: lineWords(it) })).map(({ it, words }) => (
        <li key={it.seq}>
          <div className="timeline-top"><b>{words.label}</b><span>{words.actor}{it.actor.role && it.actor.role !== "citizen" && !it.actor.name.startsWith(roleWord(it.actor.role)) && <span className="quiet"> {roleWord(it.actor.role)}</span>}</span><time dateTime={it.at}>{dateTime(it.at)}</time></div>
          {words.summary && <p>{words.summary}</p>}
          <details><summary>账页 #{it.seq}</summary><code>{it.hash}{"\n"}{JSON.stringify(it.payload, null, 1)}</code></details>
        </li>
      ))}
    </ol>
  );
}
