/** The desk's held acts: one for the page, shown by the bar, known to the lists. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { act, readHistory } from "../../api/leads";
import type { ActionBodies, Verb } from "../../api/contract";
import { applied, refused } from "../lead/useAct";
import { useSession } from "../session/session";
import { concernsHeld, HeldActs, type HeldAct, type Outcome } from "./held";

function storage(): Storage | null {
  try { return localStorage; } catch { return null; }
}

export const held = new HeldActs(
  {
    act: (it, leaving) => act(it.lead, it.verb, it.body as ActionBodies[Verb], leaving),
    history: async (lead) => (await readHistory(lead)).items,
  },
  { store: storage(), now: () => Date.now(), after: (ms, run) => { const timer = setTimeout(run, ms); return () => clearTimeout(timer); } },
);

export const useHeld = (): readonly HeldAct[] => useSyncExternalStore(held.watch, held.list);

/** Keeps the acts going while somebody is at the desk; mounted once. */
export function useKeepHeld(told: (outcome: Outcome) => void): void {
  const client = useQueryClient();
  const person = useSession().person.id;
  useEffect(() => {
    const stop = held.onOutcome((outcome) => {
      if (outcome.kind === "done") applied(client, outcome.act.lead.id, outcome.lead);
      if (outcome.kind === "failed") refused(client, outcome.act.lead.id, outcome.problem);
      told(outcome);
    });
    return () => { stop(); };
  }, [client, told]);
  useEffect(() => {
    held.begin(person);
    const leave = () => held.leave();
    // A page that comes back from the browser's memory goes on where it was.
    const back = (event: PageTransitionEvent) => { if (event.persisted) held.begin(person); };
    const elsewhere = (event: StorageEvent) => { if (concernsHeld(event.key)) held.refresh(); };
    addEventListener("pagehide", leave);
    addEventListener("pageshow", back);
    addEventListener("storage", elsewhere);
    return () => {
      removeEventListener("pagehide", leave);
      removeEventListener("pageshow", back);
      removeEventListener("storage", elsewhere);
      // A page without the bar, or signing out: nothing is left to take back, and nothing may stay behind.
      void held.flush();
      held.begin(null);
    };
  }, [person]);
}
