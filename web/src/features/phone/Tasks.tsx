/** My tasks (我的任务), the most urgent first. */
import { useCallback, useEffect, useState } from "react";
import type { LeadRow } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { useNow } from "../../format/clock";
import { ago, remaining } from "../../format/time";
import { stateWords } from "../../format/words";
import { Lamp } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import type { KeptTodo, Send } from "../../offline/database";
import { onQueueChange } from "../../offline/run";
import { Busy, Notice } from "../../street/controls";
import { Icon } from "../../street/Icon";
import { usePerson } from "./device";
import { keptTodo, refreshTasks } from "./tasks";
import { Thumbnail } from "./Thumbnail";

const EVERY = 45_000;

export function useTodo(person: string) {
  const [todo, setTodo] = useState<KeptTodo | null | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(async () => {
    setBusy(true);
    try {
      await refreshTasks(person);
      setProblem(null);
    } catch (error) {
      const met = asProblem(error);
      setProblem(met.offline || met.status === 401 ? null : met.message);
    } finally {
      setBusy(false);
      setTodo((await keptTodo(person)) ?? null);
    }
  }, [person]);
  useEffect(() => {
    let gone = false;
    const show = () => void keptTodo(person).then((it) => { if (!gone && it) setTodo(it); });
    show();
    void refresh();
    const seen = () => { if (document.visibilityState === "visible") void refresh(); };
    const timer = setInterval(seen, EVERY);
    document.addEventListener("visibilitychange", seen);
    window.addEventListener("online", seen);
    const stop = onQueueChange(show);
    return () => {
      gone = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", seen);
      window.removeEventListener("online", seen);
      stop();
    };
  }, [person, refresh]);
  return { todo, busy, problem, refresh };
}

const byDue = (a: LeadRow, b: LeadRow) => (a.due_at ? Date.parse(a.due_at) : Infinity) - (b.due_at ? Date.parse(b.due_at) : Infinity);

export function Tasks() {
  const { session, queue } = usePerson();
  const { todo, busy, problem, refresh } = useTodo(session.person.id);
  const [only, setOnly] = useState<string>("");
  const rows = [...(todo?.rows ?? [])].sort(byDue);
  const states = [...new Set(rows.map((it) => it.state))];
  const shown = only && states.includes(only as LeadRow["state"]) ? rows.filter((it) => it.state === only) : rows;
  return (
    <>
      <div className="page-head">
        <div><h1>我的任务</h1><p className="muted small">{todo ? `${rows.length} 件 · ${ago(todo.kept_at)}更新` : session.organisation.name}</p></div>
        <button type="button" className="button button-small" onClick={() => void refresh()} aria-disabled={busy}>{busy ? <span className="spin" aria-hidden="true" /> : <Icon name="refresh" size={22} />}刷新</button>
      </div>
      {session.rights.includes("scrutiny.recheck") && <p><a href="#/rechecks">盲核复查</a></p>}
      {session.rights.includes("campaign.check") && <p><a href="#/campaigns">全域整治排查</a></p>}
      {session.rights.includes("property.see") && <p><a href="#/property">财物扫码</a></p>}
      {states.length > 1 && (
        <div className="chips" role="group" aria-label="按状态筛选">
          <button type="button" className="chip" aria-pressed={only === ""} onClick={() => setOnly("")}>全部 {rows.length}</button>
          {states.map((it) => <button key={it} type="button" className="chip" aria-pressed={only === it} onClick={() => setOnly(only === it ? "" : it)}>{stateWords[it]} {rows.filter((row) => row.state === it).length}</button>)}
        </div>
      )}
      {problem && <Notice kind="warn" live>{problem}</Notice>}
      {todo === undefined && <Busy words="正在读取任务…" />}
      {todo === null && !busy && <Notice kind="warn">这台手机还没有存过任务。连上网络打开一次，之后没有网络也能看。</Notice>}
      {todo && rows.length === 0 && <Notice kind="good">现在没有等您办的事。派给您或您单位的任务会出现在这里。</Notice>}
      <ul className="task-list">
        {shown.map((row) => <li key={row.id}><Row row={row} waiting={queue.sends.filter((it) => it.lane === row.id && it.person === session.person.id)} /></li>)}
      </ul>
    </>
  );
}

function Row({ row, waiting }: { row: LeadRow; waiting: Send[] }) {
  const now = useNow(30_000);
  const rest = row.due_at ? remaining(row.due_at, now) : null;
  const light = row.light ?? null;
  return (
    <a className={`task light-edge-${light ?? "none"}`} href={`#/task/${row.id}`}>
      <div className="task-words">
        <div className="task-top">
          <span className="task-state">{stateWords[row.state]}</span>
          {rest && <span className={`task-due due-${light ?? (rest.late ? "red" : "none")}`}>{light && <Lamp light={light} size={14} />}{rest.text}</span>}
        </div>
        <strong>{row.title}</strong>
        <span className="muted small">{[row.place.address ?? row.place.grid_name, row.place.township_name].filter(Boolean).join(" · ") || "没有地址"}</span>
        {waiting.length > 0 && <span className={waiting.some((it) => it.state !== "waiting") ? "waits waits-bad" : "waits"}><Icon name={waiting.some((it) => it.state !== "waiting") ? "warn" : "send"} size={16} />{waiting.map((it) => it.label).join("、")} · {waiting.some((it) => it.state !== "waiting") ? "没发出去" : "待发送"}</span>}
        {row.simulated && <SimulatedTag />}
      </div>
      {row.photo && <Thumbnail id={row.photo} words="" className="task-photo" />}
    </a>
  );
}
