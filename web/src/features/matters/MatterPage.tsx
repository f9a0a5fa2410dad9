/** One matter (执法事项): what counts for an act of one day decided on another, its articles, who enforces it, what else there is, its history. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, DatePicker, Segmented } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import type { MatterFacts, MatterInFull, MatterVersion, Party } from "../../api/contract";
import { discardDraft, publishDraft, readMatter } from "../../api/law";
import { asProblem } from "../../api/problem";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { cityDay } from "../indicators/periods";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { Articles } from "./Articles";
import { EditMatter } from "./EditMatter";
import { WhoEnforces } from "./WhoEnforces";
import { fineWord, hearingWords, partyWords, periodWord, rankWords, simpleWords, statusWords, targetWords } from "./words";
import "./matters.css";

export function MatterPage() {
  const { code } = useParams({ strict: false }) as { code: string };
  // Another matter begins anew: days, party and an open form belong to the one they were chosen for.
  return <Matter key={code} code={code} />;
}

function Matter({ code }: { code: string }) {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const manages = mayAny(useSession(), ["law.manage"]);
  const today = cityDay(now());
  const [days, setDays] = useState({ act: today, decision: today });
  const [party, setParty] = useState<Party>();
  const [editing, setEditing] = useState(false);
  const ask = { ...days, ...(party ? { party } : {}) };
  const query = useQuery({ queryKey: ["matter", code, ask], queryFn: ({ signal }) => readMatter(code, ask, signal), placeholderData: (before) => (before?.code === code ? before : undefined) });
  const matter = query.data;
  if (query.error && asProblem(query.error).status === 404) return <Page title="执法事项"><Empty title="没有这个编号的执法事项"><Link to="/law">回到法律库</Link></Empty></Page>;
  if (query.error) return <Page title="执法事项"><Failure error={query.error} retry={() => void query.refetch()} /></Page>;
  if (!matter) return <Page title="执法事项"><Loading rows={10} /></Page>;
  const shown = matter.versions.find((it) => it.number === (matter.choice.chosen ?? matter.choice.of_act)) ?? matter.versions[0] ?? matter.draft;
  if (!shown) return null;
  const settled = (words: string) => {
    void message.success(words);
    void client.invalidateQueries({ queryKey: ["matter", code] });
    void client.invalidateQueries({ queryKey: ["matters"] });
  };
  const fail = (error: unknown) => {
    void message.error(asProblem(error).message, 8);
    void client.invalidateQueries({ queryKey: ["matter", code] });
  };
  const draft = matter.draft;
  // What stands there still answers the question before.
  const busy = query.isPlaceholderData;
  return (
    <Page
      title={shown.facts.name} wide intro={<><span className="mono">{code}</span> · {shown.facts.domain} · 《{shown.facts.law}》{shown.facts.penalty_article} · <Link to="/law">法律库</Link></>}
      extra={manages && <Button onClick={() => setEditing(true)}>{draft ? "编辑草稿" : "编辑为新版本"}</Button>}
    >
      {draft && (
        <Alert
          type="info" showIcon style={{ marginBottom: 12 }} title={`第 ${draft.number} 版草稿待发布：${draft.reason}`} description={fineWord(draft.facts)}
          action={manages && (
            <span className="law-acts">
              <Button size="small" onClick={() => void modal.confirm({ title: "放弃这份草稿？", okText: "放弃", cancelText: "取消", onOk: () => discardDraft(code, draft.at).then(() => settled("已放弃草稿"), fail) })}>放弃</Button>
              <Button size="small" type="primary" onClick={() => void modal.confirm({ title: `发布第 ${draft.number} 版？`, content: "发布后不能再改；更正须另存新版本。", okText: "发布", cancelText: "取消", onOk: () => publishDraft(code, draft.at).then(() => settled("已发布"), fail) })}>发布</Button>
            </span>
          )}
        />
      )}
      <div className="law-grid" aria-busy={busy}>
        <div>
          <Choice of={matter} busy={busy} act={days.act} decision={days.decision} setDays={setDays} party={party ?? matter.choice.party} setParty={setParty} />
          <section className="panel" aria-labelledby="articles">
            <h2 id="articles">条文</h2>
            <Articles of={matter.articles} law={shown.facts.law} />
          </section>
          {matter.relations.length > 0 && (
            <section className="panel" aria-labelledby="relations">
              <h2 id="relations">可能涉及同一行为的其他条款</h2>
              <ul className="law-relations">
                {matter.relations.map((it) => (
                  <li key={it.code}>
                    <Link to="/law/matters/$code" params={{ code: it.code }}>{it.facts.name}</Link>
                    <div className="quiet">《{it.facts.law}》{it.facts.penalty_article} · {rankWords[it.facts.rank]} · {fineWord(it.facts)}</div>
                    <div>{it.kind_label}</div>
                  </li>
                ))}
              </ul>
              <p className="quiet">按名称相近列出，须由办案人员判断；同一行为触犯几条的，只罚款一次，按罚款数额高的规定（《行政处罚法》第二十九条）。</p>
            </section>
          )}
        </div>
        <div>
          <Facts of={shown.facts} simple={matter.choice.simple ?? null} />
          <WhoEnforces code={code} on={days.act} />
          <section className="panel" aria-labelledby="versions">
            <h2 id="versions">版本</h2>
            <ul className="law-versions">{matter.versions.map((it) => <VersionLine key={it.number} of={it} here={it.number === matter.choice.chosen} />)}</ul>
            {matter.versions.length === 0 && <p className="quiet">还没有发布过，草稿发布后成为第一版。</p>}
          </section>
        </div>
      </div>
      {editing && <EditMatter code={code} seen={draft?.at ?? null} row={matter.row} close={() => setEditing(false)} />}
    </Page>
  );
}

function Choice({ of, busy, act, decision, setDays, party, setParty }: { of: MatterInFull; busy: boolean; act: string; decision: string; setDays: (days: { act: string; decision: string }) => void; party: Party; setParty: (party: Party) => void }) {
  const { choice } = of;
  const usable = choice.chosen !== null && choice.chosen !== undefined;
  return (
    <section className="panel" aria-labelledby="choice">
      <h2 id="choice">适用哪一版</h2>
      <div className="law-choice">
        <label>行为日<DatePicker aria-label="行为日" allowClear={false} value={dayjs(act)} onChange={(day) => { if (day) { const first = day.format("YYYY-MM-DD"); setDays({ act: first, decision: decision < first ? first : decision }); } }} /></label>
        <label>决定日<DatePicker aria-label="决定日" allowClear={false} minDate={dayjs(act)} value={dayjs(decision)} onChange={(day) => { if (day) setDays({ act, decision: day.format("YYYY-MM-DD") }); }} /></label>
        <Segmented<Party> aria-label="当事人" value={party} onChange={setParty} options={(["individual", "organisation"] as const).map((value) => ({ value, label: partyWords[value] }))} />
      </div>
      <p className="law-verdict" role="status">{busy ? "正在按新的日期和当事人判断…" : `${usable ? `第 ${choice.chosen} 版：` : ""}${choice.verdict_label}`}</p>
      {!busy && <p>{choice.why}</p>}
      {!busy && <p className="quiet">行为时 {choice.of_act ? `第 ${choice.of_act} 版` : "无"}，决定时 {choice.at_decision ? `第 ${choice.at_decision} 版` : "无"} · 依据：{choice.citation}</p>}
    </section>
  );
}

function Facts({ of, simple }: { of: MatterFacts; simple: string | null }) {
  return (
    <section className="panel" aria-labelledby="facts">
      <h2 id="facts">处罚规定</h2>
      <dl className="facts">
        <dt>罚款</dt><dd>{fineWord(of)}</dd>
        {of.formula && <><dt>计算公式</dt><dd>{of.formula}</dd></>}
        <dt>对象</dt><dd>{targetWords[of.target]}</dd>
        <dt>前置条件</dt><dd>{of.precondition.text ?? "无"}{of.precondition.condition === "not-obeyed" && <div className="quiet">须先送达责令改正文书，并有复查未改正的记录</div>}</dd>
        {of.other_measure && <><dt>其他处罚</dt><dd>{of.other_measure}</dd></>}
        <dt>简易程序</dt><dd>{simple ? simpleWords[simple] : "—"}<div className="quiet">《行政处罚法》第五十一条：公民 200 元以下、单位 3,000 元以下或者警告</div></dd>
        <dt>听证</dt><dd>{hearingWords[of.hearing]}</dd>
        <dt>法定主体</dt><dd>{of.enforcer}</dd>
        <dt>位阶</dt><dd>{rankWords[of.rank]}，适用于{of.region}</dd>
        <dt>有效期</dt><dd>{periodWord(of)}</dd>
        <dt>状态</dt><dd>{statusWords[of.status]}</dd>
        {of.external_code && <><dt>事项编码</dt><dd className="mono">{of.external_code}</dd></>}
        {of.note && <><dt>备注</dt><dd>{of.note}</dd></>}
        <dt>来源</dt><dd className="quiet">{of.source}</dd>
      </dl>
    </section>
  );
}

function VersionLine({ of, here }: { of: MatterVersion; here: boolean }) {
  return (
    <li>
      <b>第 {of.number} 版</b> {here && <span className="tag">适用</span>} {periodWord(of.facts)}
      <div>《{of.facts.law}》{of.facts.penalty_article} · {fineWord(of.facts)}</div>
      <div className="quiet">{[of.reason, of.by, dateTime(of.at)].filter(Boolean).join(" · ")}</div>
    </li>
  );
}
