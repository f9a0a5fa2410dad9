/** What was just decided and can still be taken back (撤销), on every page of the desk. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useCallback, useEffect, useRef } from "react";
import { useNow } from "../../format/clock";
import { useKeys } from "../shell/keys";
import { HOLD_MS, type Outcome } from "./held";
import { held, useHeld, useKeepHeld } from "./useHeld";
import "./undo.css";

const typing = (target: EventTarget | null) => target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true]") !== null;

export function UndoBar() {
  const acts = useHeld();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const here = useRef(path);
  useEffect(() => { here.current = path; });

  const told = useCallback((outcome: Outcome) => {
    const { act } = outcome;
    if (outcome.kind === "undone") {
      void message.info(`已撤销“${act.label}”：${act.lead.number}`, 3);
      if (here.current.startsWith("/triage")) void navigate({ to: "/triage", search: { queue: act.queue, id: act.lead.id } });
      return;
    }
    void client.invalidateQueries({ queryKey: ["leads"] });
    if (outcome.kind === "done") return;
    const why = `${outcome.problem.message}${outcome.problem.citation ? `（${outcome.problem.citation}）` : ""}`;
    void message.error({
      duration: 8,
      content: <span>{act.lead.number} 未能{act.label}：{why} <Button type="link" size="small" onClick={() => void navigate({ to: "/leads/$id", params: { id: act.lead.id } })}>打开</Button></span>,
    });
    if (here.current.startsWith("/triage")) void navigate({ to: "/triage", search: { queue: act.queue, id: act.lead.id }, replace: true });
  }, [client, message, navigate]);
  useKeepHeld(told);

  const undo = () => { held.undo(); };
  useKeys({ u: undo });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "z" || typing(event.target)) return;
      if (held.undo()) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);

  const newest = acts.findLast(held.undoable);
  const waiting = acts.length - (newest ? 1 : 0);
  // What is simply on its way needs no words; what keeps waiting does.
  const stuck = acts.filter((it) => it.sent > 1).length;
  if (!newest && stuck === 0) return null;
  return (
    <aside className="undo-bar" aria-label="刚才的办理">
      {newest ? (
        <>
          <Rest key={newest.id} due={newest.due} />
          <span role="status"><b>{newest.label}</b> <span className="mono">{newest.lead.number}</span><span className="undo-title">{newest.lead.title}</span></span>
          {waiting > 0 && <span className="undo-more">另 {waiting} 件待提交</span>}
          <button type="button" onClick={undo} aria-keyshortcuts="u Control+Z">撤销<kbd aria-hidden="true">u</kbd></button>
          <button type="button" className="undo-now" onClick={() => void held.flush()}>立即提交</button>
        </>
      ) : (
        <>
          <span role="status">{stuck} 件办理尚未送达，连上服务器后自动提交，不会丢失。</span>
          <button type="button" className="undo-now" onClick={() => void held.flush()}>现在重试</button>
        </>
      )}
    </aside>
  );
}

/** The seconds left, as a ring that closes and a number. */
function Rest({ due }: { due: number }) {
  useNow(250);
  const left = Math.max(0, due - Date.now());
  return (
    <svg className="undo-ring" viewBox="0 0 28 28" width="26" height="26" aria-hidden="true">
      <circle cx="14" cy="14" r="11.5" /><circle cx="14" cy="14" r="11.5" pathLength={100} strokeDasharray={`${(left / HOLD_MS) * 100} 100`} />
      <text x="14" y="18" textAnchor="middle">{Math.ceil(left / 1000)}</text>
    </svg>
  );
}
