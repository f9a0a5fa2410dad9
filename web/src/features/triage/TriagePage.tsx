/** The triage desk (受理台): one lead after another, decided from the keyboard. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { countLeads, listLeads, readLead, readSuggestions } from "../../api/leads";
import type { ActionBodies, Lead, LeadRow, LonLat, Offer, Queue, Verb } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { Countdown } from "../../components/Countdown";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { shortTime } from "../../format/time";
import { queueWords } from "../../format/words";
import { ActionDialog } from "../lead/ActionDialog";
import { toBody, type Values } from "../lead/ActionForm";
import { mainVerbs, queues, waitsIn } from "../lead/verbs";
import { useAct } from "../lead/useAct";
import { useSession } from "../session/session";
import { useKeys } from "../shell/keys";
import { Empty, Failure, Loading } from "../shell/Page";
import { held, useHeld } from "../undo/useHeld";
import { Decision, TriageDetail, TriageMap } from "./TriageDetail";
import "../lead/lead.css";
import "./triage.css";

/** A lead as it stood when it was seen. */
const markOf = (it: { id: string; version: number }) => `${it.id}@${it.version}`;
/** What leaves the lead in its queue. */
const stays = (verb: Verb) => verb === "correct" || verb === "comment" || verb === "remind";

const emptyWords: Record<Queue, string> = {
  triage: "新上报的线索会出现在这里，市民门户、巡查、热线导入和 Open311 都会进入本队列。", verify: "请求核实的线索在采集员反馈前会停在这里。",
  filing: "已受理、等待值班长立案的线索会出现在这里。", dispatch: "已立案、没有派遣规则命中的线索和被回退的线索会出现在这里。",
  extension: "处置单位申请延期后会出现在这里。", check: "处置单位反馈已处置的线索会出现在这里。", closing: "核查通过的线索会出现在这里。",
};

export function TriagePage() {
  const search = useSearch({ strict: false }) as { queue?: string; id?: string };
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const queue: Queue = queues.includes(search.queue as Queue) ? (search.queue as Queue) : "triage";
  const session = useSession();
  const holding = useHeld();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<{ verb: Verb; label: string } | null>(null);
  const [placed, setPlaced] = useState<{ id: string; position: LonLat } | null>(null);
  const [picked, setPicked] = useState<{ id: string; code: string | undefined } | null>(null);
  const submitMain = useRef<(() => void) | null>(null);
  const listBox = useRef<HTMLUListElement>(null);
  const act = useAct();

  useEffect(() => { document.title = `${queueWords[queue]} · 受理台 · 闭环`; }, [queue]);

  const counts = useQuery({ queryKey: ["counts"], queryFn: ({ signal }) => countLeads(signal) });
  const list = useInfiniteQuery({
    queryKey: ["leads", "queue", queue], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => listLeads({ queue, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: 60_000,
  });
  // What was sent stays away until the list knows of it.
  useEffect(() => held.onOutcome(({ kind, act: { lead } }) => { if (kind === "done") setGone((it) => new Set(it).add(markOf(lead))); }), []);
  const listed = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  // A link may lead to what stands further down than was read so far: it comes in front.
  const further = useQuery({
    queryKey: ["lead", search.id], enabled: search.id !== undefined && list.data !== undefined && !listed.some((it) => it.id === search.id), retry: false,
    queryFn: ({ signal }) => readLead(search.id ?? "", signal),
  });
  const linked = further.data && further.data.id === search.id && waitsIn(further.data, queue) ? further.data : undefined;
  const rows = useMemo(() => {
    const away = new Set([...gone, ...holding.map((it) => markOf(it.lead))]);
    const all: LeadRow[] = linked && !listed.some((it) => it.id === linked.id) ? [linked, ...listed] : listed;
    return all.filter((it) => !away.has(markOf(it)));
  }, [listed, linked, gone, holding]);
  /** Held acts count as done for the one who did them. */
  const count = (it: Queue) => counts.data && Math.max(0, counts.data.queues[it] - holding.filter((one) => one.queue === it).length);
  const at = Math.max(0, rows.findIndex((it) => it.id === search.id));
  const row: LeadRow | undefined = rows[at];

  const lead = useQuery({ queryKey: ["lead", row?.id], enabled: row !== undefined, queryFn: ({ signal }) => readLead(row?.id ?? "", signal) });
  const suggestions = useQuery({ queryKey: ["suggestions", row?.id], enabled: row !== undefined && lead.data?.id === row.id, queryFn: ({ signal }) => readSuggestions(row?.id ?? "", signal), staleTime: 30_000 });
  const suggestion = suggestions.data;
  const current: Lead | undefined = lead.data && row && lead.data.id === row.id ? lead.data : undefined;

  // The class that the decision stands on: what is filled in, at first what the lead has or the words propose.
  const currentId = current?.id;
  const choose = useCallback((code: string | undefined) => { if (currentId) setPicked({ id: currentId, code }); }, [currentId]);
  const chosen = (picked && picked.id === currentId ? picked.code : undefined) ?? current?.class?.code ?? suggestion?.classes[0]?.code;

  // The next one is read while this one is being decided.
  const following = rows[at + 1]?.id;
  useEffect(() => {
    if (following) void client.prefetchQuery({ queryKey: ["lead", following], queryFn: ({ signal }) => readLead(following, signal), staleTime: 10_000 });
  }, [client, following]);

  const select = useCallback((id: string | undefined) => {
    void navigate({ to: "/triage", search: { queue, ...(id ? { id } : {}) }, replace: true });
  }, [navigate, queue]);
  const step = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) select(next.id);
    if (at + by >= rows.length - 5 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  };
  useEffect(() => { listBox.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" }); }, [row?.id]);

  /** What moves the lead on is held for a moment, so that it can be taken back; the row goes away and the next one is shown at once. */
  async function decide(verb: Verb, label: string, values: Values) {
    if (!current) return;
    const body = toBody<Verb>(values);
    if (stays(verb)) {
      try {
        await act.mutateAsync({ lead: current, verb, body: body as ActionBodies[Verb] });
        void client.invalidateQueries({ queryKey: ["leads"] });
        void message.success(`已${label}：${current.number}`, 3);
      } catch (error) {
        const problem = asProblem(error);
        void message.error(`${current.number} 未能${label}：${problem.message}${problem.citation ? `（${problem.citation}）` : ""}`, 8);
      }
      return;
    }
    const { id, number, title, version } = current;
    const next = rows[at + 1] ?? rows[at - 1];
    held.hold({ id: crypto.randomUUID(), person: session.person.id, lead: { id, number, title, version }, verb, label, body: body as Record<string, unknown>, queue });
    select(next?.id);
  }

  function perform(verb: Verb) {
    if (!current) return;
    const offer = current.offers.find((it) => it.verb === verb);
    if (!offer) { void message.info("这件线索现在没有这个动作。"); return; }
    if (!offer.allowed) { void message.warning(`${offer.label}：${offer.reason ?? "现在不能办理"}${offer.citation ? `（${offer.citation}）` : ""}`, 6); return; }
    if (mainVerbs[queue].includes(verb) && submitMain.current) submitMain.current();
    else setDialog({ verb, label: offer.label });
  }
  const first = (...verbs: Verb[]) => () => perform(verbs.find((verb) => current?.offers.some((it) => it.verb === verb && it.allowed)) ?? verbs[0] ?? "comment");

  useKeys({
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    Enter: () => { if (row) void navigate({ to: "/leads/$id", params: { id: row.id } }); },
    o: () => { if (row) void navigate({ to: "/leads/$id", params: { id: row.id } }); },
    a: first("accept"), x: first("reject"), m: first("merge"), v: first("request-verify", "verify"), f: first("file"), d: first("dispatch"), e: first("correct"),
    c: first("close", "request-check", "check"), w: first("rework"), y: first("grant-extension"), n: first("refuse-extension"), b: first("send-back"),
    ...Object.fromEntries(queues.map((it, index) => [String(index + 1), () => void navigate({ to: "/triage", search: { queue: it } })])),
  });

  const offer = (it: Offer) => perform(it.verb);

  return (
    <div className="triage">
      <h1 className="visually-hidden">受理台</h1>
      <div className="triage-tabs" role="tablist" aria-label="队列">
        {queues.map((it, index) => (
          <button key={it} type="button" role="tab" aria-selected={it === queue} aria-keyshortcuts={String(index + 1)} onClick={() => void navigate({ to: "/triage", search: { queue: it } })}>
            {queueWords[it]}<em>{count(it) ?? "–"}</em>
          </button>
        ))}
        <span className="triage-hint" aria-hidden="true"><kbd>j</kbd><kbd>k</kbd> 移动 <kbd>Enter</kbd> 打开 <kbd>?</kbd> 快捷键</span>
      </div>
      <section className="triage-list" aria-label={`${queueWords[queue]}队列`} role="tabpanel">
        {list.isPending ? <Loading /> : list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? (
          <Empty title={`“${queueWords[queue]}”队列已清空`}>{emptyWords[queue]}</Empty>
        ) : (
          <ul ref={listBox} onScroll={(event) => {
            const box = event.currentTarget;
            if (box.scrollHeight - box.scrollTop - box.clientHeight < 300 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
          }}>
            {rows.map((it) => <Row key={it.id} row={it} selected={it.id === row?.id} select={() => {
              // On a small screen there is no room beside the list.
              if (matchMedia("(max-width: 900px)").matches) void navigate({ to: "/leads/$id", params: { id: it.id } });
              else select(it.id);
            }} />)}
            {list.isFetchingNextPage && <li className="quiet row-more">正在载入更多…</li>}
          </ul>
        )}
      </section>
      {row ? (
        <>
          {lead.error ? <div className="triage-failure"><Failure error={lead.error} retry={() => void lead.refetch()} /></div>
            : current ? <TriageDetail key={current.id} lead={current} suggestion={suggestion} chosen={chosen} queue={queue} position={`${at + 1} / ${count(queue) ?? rows.length}`} act={offer} />
              : <div className="triage-failure"><Loading rows={10} /></div>}
          <aside className="triage-side" aria-label="研判与地图">
            {current ? (
              <Decision key={`${current.id}@${current.version}`} lead={current} suggestion={suggestion} queue={queue} chosen={chosen} choose={choose} decide={(verb, label, values) => void decide(verb, label, values)} registerSubmit={(submit) => { submitMain.current = submit; }} />
            ) : <section className="decision" />}
            <TriageMap
              lead={current} picked={current && placed?.id === current.id ? placed.position : null}
              pick={(position) => { if (current) setPlaced({ id: current.id, position }); }}
              savePlace={() => { if (placed) void decide("correct", "标注位置", { position: { x: placed.position.lon, y: placed.position.lat, system: "wgs84" } }).then(() => setPlaced(null)); }}
            />
          </aside>
        </>
      ) : <div className="triage-none">{!list.isPending && !list.error && <p>本队列没有待办。按 <kbd>1</kbd>–<kbd>7</kbd> 切换队列。</p>}</div>}
      {current && (
        <ActionDialog
          lead={current} verb={dialog?.verb ?? null} label={dialog?.label ?? ""} suggestion={suggestion} close={() => setDialog(null)}
          done={() => { void client.invalidateQueries({ queryKey: ["leads"] }); void message.success(`已${dialog?.label ?? "办理"}：${current.number}`, 3); }}
          {...(dialog && !stays(dialog.verb) ? { hold: (values: Values) => void decide(dialog.verb, dialog.label, values) } : {})}
        />
      )}
    </div>
  );
}

function Row({ row, selected, select }: { row: LeadRow; selected: boolean; select: () => void }) {
  return (
    <li>
      <button type="button" aria-current={selected} className="row" onClick={select}>
        <span className="row-top">
          <span className="row-source">{row.source_label}</span>
          {row.simulated && <SimulatedTag />}
          <time dateTime={row.reported_at}>{shortTime(row.reported_at, now())}</time>
        </span>
        <b>{row.title}</b>
        <span className="row-foot">
          <Countdown dueAt={row.due_at} light={row.light} bare />
          <span>{row.place.township_name ?? (row.position ? "辖区外" : "未定位")}</span>
        </span>
      </button>
    </li>
  );
}
