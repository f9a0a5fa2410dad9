/** Suspicions (疑点): evidence that does not fit, put before a person. State and filters stand in the address. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Select } from "antd";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { Suspicion, SuspicionKind, SuspicionState, SuspicionStrength } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { hearAboutSuspicion, judgeSuspicion, listSuspicions, readSuspicion, reopenSuspicion } from "../../api/scrutiny";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { shortTime } from "../../format/time";
import { suspicionKindWords, suspicionWords } from "../../format/words";
import { nextAfter, stepFrom } from "../machines/sightings";
import { mayAny, useSession } from "../session/session";
import { useKeys } from "../shell/keys";
import { Empty, Failure, Loading } from "../shell/Page";
import { HoldClosing } from "./HoldClosing";
import { SuspicionDetail, SuspicionMap } from "./SuspicionDetail";
import { about, isSuspicionKind, isSuspicionState, suspicionStates } from "./suspicions";
import { SuspicionVerdict, type Said } from "./SuspicionVerdict";
import "../lead/lead.css";
import "../triage/triage.css";
import "../machines/machines.css";
import "./scrutiny.css";

interface Search { state?: string; kind?: string; strength?: string; unit?: string; id?: string }

const REFRESH = 30_000;
const narrow = matchMedia("(max-width: 900px)");
const onNarrow = (listener: () => void) => { narrow.addEventListener("change", listener); return () => narrow.removeEventListener("change", listener); };

const emptyWords: Record<SuspicionState, string> = {
  open: "单位反馈“已处置”、采集员反馈核查结果时，系统自动比对照片、位置和时间；有对不上的就出现在这里，等人判定。",
  upheld: "判定属实的疑点会出现在这里，附由此产生的返工或计入单位的记录。",
  dismissed: "有合理解释、已排除的疑点会出现在这里，理由一并保留。",
};

export function SuspicionsPage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const session = useSession();
  const state: SuspicionState = isSuspicionState(search.state) ? search.state : "open";
  const kind: SuspicionKind | undefined = isSuspicionKind(search.kind) ? search.kind : undefined;
  const strength: SuspicionStrength | undefined = search.strength === "strong" || search.strength === "weak" ? search.strength : undefined;
  const filter = { state, ...(kind ? { kind } : {}), ...(strength ? { strength } : {}), ...(search.unit ? { unit: search.unit } : {}) };
  const small = useSyncExternalStore(onNarrow, () => narrow.matches);

  useEffect(() => { document.title = `${suspicionWords[state]} · 疑点 · 闭环`; }, [state]);

  const list = useInfiniteQuery({
    queryKey: ["suspicions", filter], initialPageParam: "", refetchInterval: REFRESH,
    queryFn: ({ pageParam, signal }) => listSuspicions({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const ids = useMemo(() => rows.map((it) => it.id), [rows]);
  const at = search.id === undefined ? -1 : ids.indexOf(search.id);

  const go = useCallback((change: Search, replace = true) => {
    const next = { ...search, ...change };
    void navigate({ to: "/suspicions", search: Object.fromEntries(Object.entries(next).filter(([name, value]) => value && !(name === "state" && value === "open"))) as Record<string, string>, replace });
  }, [navigate, search]);
  const first = ids[0];
  useEffect(() => { if (!small && search.id === undefined && first !== undefined) go({ id: first }); }, [small, search.id, first, go]);

  const detail = useQuery({ queryKey: ["suspicion", search.id], enabled: search.id !== undefined, refetchInterval: REFRESH, queryFn: ({ signal }) => readSuspicion(search.id ?? "", signal) });
  const current = detail.data && detail.data.id === search.id ? detail.data : undefined;
  const step = (by: 1 | -1) => { const next = stepFrom(ids, search.id, by, Math.max(at, 0)); if (next) go({ id: next }); };

  async function say(said: Said, note: string) {
    if (!current) return;
    const next = nextAfter(ids, current.id);
    try {
      if (said === "hear") {
        await hearAboutSuspicion(current.id, note);
        void message.success("已记录当事人说明");
        return;
      }
      const told: Suspicion = said === "reopen" ? await reopenSuspicion(current, note) : await judgeSuspicion(current, said, note);
      void message.success(said === "reopen" ? "已撤回判定" : `已判定${told.state_label}${told.outcome_label ? `，${told.outcome_label}` : ""}`);
      if (at >= 0) go({ id: next === current.id ? "" : next ?? "" });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.stale || problem.status === 409) void message.warning(`${problem.message}，已载入最新情况。`, 6);
      else void message.error(problem.message, 8);
    } finally {
      for (const queryKey of [["suspicions"], ["suspicion", current.id], ["lead"]]) void client.invalidateQueries({ queryKey });
    }
  }

  useKeys({
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    s: () => document.getElementById("suspicion-note")?.focus(),
    o: () => { if (current?.lead) void navigate({ to: "/leads/$id", params: { id: current.lead.id } }); },
    ...Object.fromEntries(suspicionStates.map((it, index) => [String(index + 1), () => go({ state: it, id: "" })])),
  });

  const narrowed = Boolean(kind ?? strength ?? search.unit);
  return (
    <div className={`triage sightings suspicions${search.id ? " sightings-one" : ""}`}>
      <h1 className="visually-hidden">疑点</h1>
      <div className="triage-tabs">
        <div role="tablist" aria-label="状态" className="suspicion-tabs">
          {suspicionStates.map((it, index) => <button key={it} type="button" role="tab" aria-selected={it === state} aria-keyshortcuts={String(index + 1)} onClick={() => go({ state: it, id: "" })}>{suspicionWords[it]}</button>)}
        </div>
        <HoldClosing />
      </div>
      <section className="triage-list" aria-label={`${suspicionWords[state]}的疑点`} role="tabpanel">
        <search className="sightings-filters" aria-label="筛选疑点">
          <Select aria-label="疑点种类" allowClear placeholder="全部种类" value={kind ?? null} options={Object.entries(suspicionKindWords).map(([value, label]) => ({ value, label }))} onChange={(it: string | null) => go({ kind: it ?? "", id: "" })} />
          <Select aria-label="强弱" allowClear placeholder="强弱不限" value={strength ?? null} options={[{ value: "strong", label: "强疑点" }, { value: "weak", label: "弱疑点" }]} onChange={(it: string | null) => go({ strength: it ?? "", id: "" })} />
        </search>
        {list.isPending ? <Loading /> : list.error && !list.data ? <div className="sightings-failure"><Failure error={list.error} retry={() => void list.refetch()} /></div> : rows.length === 0 ? (
          narrowed ? <Empty title={`没有符合条件的“${suspicionWords[state]}”疑点`}><Button type="link" onClick={() => go({ kind: "", strength: "", unit: "", id: "" })}>看全部</Button></Empty>
            : <Empty title={state === "open" ? "没有待判定的疑点" : `没有“${suspicionWords[state]}”的疑点`}>{emptyWords[state]}</Empty>
        ) : (
          <ul onScroll={(event) => {
            const box = event.currentTarget;
            if (box.scrollHeight - box.scrollTop - box.clientHeight < 300 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
          }}>
            {rows.map((it) => <Row key={it.id} of={it} selected={it.id === search.id} select={() => go({ id: it.id }, !small)} />)}
            {list.isFetchingNextPage && <li className="quiet row-more">正在载入更多…</li>}
          </ul>
        )}
      </section>
      {search.id ? (
        <>
          {current ? <SuspicionDetail of={current} back={() => go({ id: "" })} onlyUnit={() => go({ unit: current.unit ?? "", id: "" })} />
            : detail.error ? <div className="triage-failure"><Failure error={detail.error} retry={() => void detail.refetch()} /></div>
              : <div className="triage-failure"><Loading rows={10} /></div>}
          <aside className="triage-side" aria-label="判定与地图">
            {current ? <SuspicionVerdict key={`${current.id}@${current.version}`} of={current} allowed={mayAny(session, ["scrutiny.judge"])} say={say} /> : <section className="decision" />}
            <SuspicionMap of={current} />
          </aside>
        </>
      ) : <div className="triage-none" />}
    </div>
  );
}

function Row({ of, selected, select }: { of: Suspicion; selected: boolean; select: () => void }) {
  return (
    <li>
      <button type="button" aria-current={selected} className="row" onClick={select}>
        <span className="row-top"><b>{of.kind_label}</b><span className={`strength strength-${of.strength}`}>{of.strength_label}</span>{of.simulated && <SimulatedTag />}<time dateTime={of.found_at}>{shortTime(of.found_at, now())}</time></span>
        <span className="suspicion-reason">{of.reason}</span>
        <span className="row-foot"><span>{about(of)}</span>{of.outcome_label && <span>{of.outcome_label}</span>}</span>
      </button>
    </li>
  );
}
