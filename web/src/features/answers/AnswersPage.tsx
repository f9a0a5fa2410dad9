/** What sources are owed (答复): to be given by a person, being sent, given up, done. The source and the state stand in the address. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select, Table, Tabs, type TableColumnsType } from "antd";
import { useMemo } from "react";
import { listAnswers } from "../../api/answers";
import type { Answer, AnswerState, ReplyCheckState } from "../../api/contract";
import { StateTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime, shortTime } from "../../format/time";
import { answerWords } from "../../format/words";
import { sourceOptions, useSourceNames, useSources } from "../sources/sources";
import { ReplyChecks } from "../reply-checks/ReplyChecks";
import { isCheckState } from "../reply-checks/checks";
import { Empty, Failure, Page } from "../shell/Page";
import { AnswerActions } from "./AnswerActions";
import { answerStates, isAnswerState, lastTry } from "./answers";
import { Proof } from "./Proof";
import "../search/search.css";
import "./answers.css";

interface Search { state?: string; source?: string; check?: string }

const empty: Partial<Record<AnswerState, [title: string, words: string]>> = {
  owed: ["没有待人工答复的", "没有回传地址的来源，线索办结或不予受理后出现在这里，答复对方后登记怎么答复的。"],
  dead: ["没有回传失败的", "自动回传一天没有成功的出现在这里，可以重新回传，或人工答复后登记。"],
  waiting: ["没有待回传的", "有回传地址的来源，线索办结或不予受理后先到这里，几秒内发出，失败会重试一天。"],
  sent: ["还没有回传成功的", "对方系统收下的答复出现在这里，连同对方应答的凭据。"],
  given: ["还没有登记过人工答复", "登记过的人工答复出现在这里。"],
};

export function AnswersPage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const checks = search.state === "checks";
  const state: AnswerState = isAnswerState(search.state) ? search.state : "owed";
  const check: ReplyCheckState = isCheckState(search.check) ? search.check : "held";
  const go = (change: Search) => {
    const next = { ...search, ...change };
    void navigate({ to: "/answers", search: Object.fromEntries(Object.entries(next).filter(([key, value]) => value && !(key === "state" && value === "owed"))) as Record<string, string>, replace: true });
  };
  const sources = useSources();
  const options = sourceOptions(sources.data?.items ?? [], (it) => it.outside && it.code !== "import", search.source ? [search.source] : []);
  return (
    <Page
      title="答复" wide intro="外部来源的线索办结或不予受理后，要给来源一个答复：有回传地址的自动发出，没有的由人答复并登记。"
      extra={!checks && <Select aria-label="来源" allowClear showSearch={{ optionFilterProp: "label" }} placeholder="全部来源" value={search.source ?? null} onChange={(it: string | null) => go({ source: it ?? "" })} options={options} style={{ minWidth: 170 }} popupMatchSelectWidth={220} />}
    >
      <Tabs
        activeKey={checks ? "checks" : state} destroyOnHidden onChange={(key) => go({ state: key, check: "" })}
        items={[
          ...answerStates.map((it) => ({ key: it as string, label: answerWords[it], children: <Answers state={it} source={search.source} clear={() => go({ source: "" })} /> })),
          { key: "checks", label: "答复核验", children: <ReplyChecks state={check} go={(it) => go({ check: it === "held" ? "" : it })} /> },
        ]}
      />
    </Page>
  );
}

function Answers({ state, source, clear }: { state: AnswerState; source: string | undefined; clear: () => void }) {
  const list = useInfiniteQuery({
    queryKey: ["answers", { state, source }], initialPageParam: "", refetchInterval: state === "waiting" ? 5_000 : 60_000,
    queryFn: ({ pageParam, signal }) => listAnswers({ state, ...(source ? { source } : {}), ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const name = useSourceNames();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const [title, words] = empty[state] ?? ["没有", ""];
  const nothing = source
    ? <Empty title={`“${name(source)}”${title}`}>{words}<br /><Button type="link" onClick={clear}>看全部来源</Button></Empty>
    : <Empty title={title}>{words}</Empty>;
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <Table<Answer> className="answer-table" rowKey="id" size="small" pagination={false} loading={list.isPending} columns={columnsOf(state)} dataSource={rows} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : nothing }} />
      <ul className="answer-cards">
        {rows.map((it) => (
          <li key={it.id}>
            <div className="answer-card-top"><Link to="/leads/$id" params={{ id: it.lead_id }}>{it.lead_title}</Link><StateTag state={it.outcome} /></div>
            <small>{it.source_name} · <span className="mono">{it.source_key}</span></small>
            <p className="answer-words">{it.words}</p>
            <small>{shortTime(it.settled_at ?? it.made_at, now())} · <How of={it} /></small>
            <AnswerActions of={it} />
          </li>
        ))}
        {rows.length === 0 && !list.isPending && <li>{nothing}</li>}
      </ul>
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
    </>
  );
}

/** How it stands: the last try of what is sent, or what was done. */
function How({ of }: { of: Answer }) {
  if (of.state === "sent" || of.state === "given") return <>{of.settled_by && <>{of.settled_by.name}：</>}<Proof of={of} /></>;
  if (of.state === "owed") return <>等待人工答复</>;
  return <>{of.attempts > 0 && `已试 ${of.attempts} 次 · `}{lastTry(of)}</>;
}

function columnsOf(state: AnswerState): TableColumnsType<Answer> {
  const done = state === "sent" || state === "given";
  return [
    { title: "线索", key: "lead", width: "24%", render: (_, it) => <div className="cell-lead"><Link to="/leads/$id" params={{ id: it.lead_id }}>{it.lead_title}</Link><span className="mono">{it.lead_number}</span></div> },
    { title: "来源", key: "source", width: 170, render: (_, it) => <div className="cell-lead"><span className="ink">{it.source_name}</span><span className="mono answer-key" title={it.source_key}>{it.source_key}</span></div> },
    { title: "结果", key: "outcome", render: (_, it) => <><StateTag state={it.outcome} /><p className="answer-words">{it.words}</p></> },
    { title: done ? "完成" : "形成", key: "at", width: 104, render: (_, it) => { const at = done ? it.settled_at ?? it.made_at : it.made_at; return <time dateTime={at} title={`形成 ${dateTime(it.made_at)}${it.settled_at ? `，完成 ${dateTime(it.settled_at)}` : ""}`}>{shortTime(at, now())}</time>; } },
    ...(state === "owed" ? [] : [{
      title: done ? "凭据" : "发送情况", key: "how", width: state === "given" ? "24%" : 210,
      render: (_: unknown, it: Answer) => (done ? <><Proof of={it} />{it.settled_by && <div className="quiet">{it.settled_by.name}</div>}</> : <>{it.attempts > 0 && <span className="quiet">已试 {it.attempts} 次<br /></span>}{lastTry(it)}</>),
    }]),
    ...(done ? [] : [{ title: <span className="visually-hidden">操作</span>, key: "act", width: state === "dead" ? 190 : 110, render: (_: unknown, it: Answer) => <AnswerActions of={it} /> }]),
  ];
}
