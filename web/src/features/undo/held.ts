/**
 * Acts that are held back for a moment, so that a mis-pressed key can be taken back (撤销).
 *
 * A held act is kept on the device before the page moves on. It leaves when its time is over, when the person says so, or when the page
 * is left; what could not leave then waits for the same person's next visit. Each carries the version that the person saw: the server
 * takes it once, and where an answer was lost the history tells whether the act had arrived.
 */
import type { HistoryEntry, Id, Lead, Queue, Verb } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";

/** Long enough to notice a slip, short enough that nobody waits for the lead. */
export const HOLD_MS = 6_000;
const SLOWEST_RETRY = 30_000;
/** An accepted lead may have been filed and dispatched before anybody looks. */
const RECENT = 4;
const TAKE_OVER_MS = 1_000;
const KEY = "bihuan.desk.held";

export interface HeldAct {
  id: string;
  person: Id;
  lead: { id: Id; number: string; title: string; version: number };
  verb: Verb;
  label: string;
  body: Record<string, unknown>;
  /** The queue it was decided in, to come back to. */
  queue: Queue;
  /** When it leaves, on this device's clock. */
  due: number;
  /** How often it was sent; from the first time on nobody here knows whether it arrived. */
  sent: number;
}

export type Outcome =
  | { kind: "done"; act: HeldAct; lead: Lead | null }
  | { kind: "undone"; act: HeldAct }
  | { kind: "failed"; act: HeldAct; problem: Problem };

/** The server, as seen from here. */
export interface Door {
  /** `leaving` asks the browser to finish the request after the page is gone. */
  act(act: HeldAct, leaving: boolean): Promise<Lead>;
  history(lead: Id): Promise<HistoryEntry[]>;
}

export interface Tools {
  store: Pick<Storage, "getItem" | "setItem"> | null;
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
}

export class HeldActs {
  private acts: HeldAct[] = [];
  private person: Id | null = null;
  private readonly timers = new Map<string, () => void>();
  private readonly sending = new Set<string>();
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<(outcome: Outcome) => void>();

  constructor(private readonly door: Door, private readonly tools: Tools) {}

  /** The acts of the person who is signed in, the newest last; the same array until something changes. */
  readonly list = (): readonly HeldAct[] => this.acts;

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  onOutcome(listener: (outcome: Outcome) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Somebody is at the desk: what was left behind goes on. With null, nothing more is sent. */
  begin(person: Id | null): void {
    for (const stop of this.timers.values()) stop();
    this.timers.clear();
    this.person = person;
    this.refresh();
    // The page that holds it, if it is still open, goes first.
    for (const act of this.acts) this.schedule(act.id, act.sent > 0 ? 0 : Math.max(0, act.due - this.tools.now()) + TAKE_OVER_MS);
  }

  hold(act: Omit<HeldAct, "due" | "sent">): void {
    const held: HeldAct = { ...act, due: this.tools.now() + HOLD_MS, sent: 0 };
    this.write([...this.read().filter((it) => it.id !== act.id), held]);
    this.schedule(held.id, HOLD_MS);
  }

  /** Whether it can still be taken back: what was sent may have arrived. */
  readonly undoable = (act: HeldAct): boolean => act.sent === 0 && !this.sending.has(act.id);

  /** Takes back one act, or the newest that can be. */
  undo(id?: string): HeldAct | null {
    const act = this.own(this.read()).findLast((it) => this.undoable(it) && (id === undefined || it.id === id));
    if (!act) return null;
    this.cancel(act.id);
    this.write(this.read().filter((it) => it.id !== act.id));
    this.tell({ kind: "undone", act });
    return act;
  }

  /** Sends everything that waits now, and comes back when all of it was tried. */
  async flush(): Promise<void> {
    await Promise.all(this.own(this.read()).map((it) => this.send(it.id)));
  }

  /** The page is going away: there is time to send, none to hear the answer. */
  leave(): void {
    const leaving = this.own(this.read()).filter((it) => !this.sending.has(it.id));
    for (const act of leaving) this.cancel(act.id);
    if (leaving.length === 0) return;
    this.write(this.read().map((it) => (leaving.some((one) => one.id === it.id) ? { ...it, sent: it.sent + 1 } : it)));
    // The answer, if any, is for the next visit to find out.
    for (const act of leaving) void this.door.act(act, true).catch(() => undefined);
  }

  /** Another page of the same browser held, took back or sent something. */
  refresh(): void {
    this.acts = this.own(this.read());
    for (const watcher of this.watchers) watcher();
  }

  private schedule(id: string, ms: number): void {
    this.cancel(id);
    this.timers.set(id, this.tools.after(ms, () => { this.timers.delete(id); void this.send(id); }));
  }

  private cancel(id: string): void {
    this.timers.get(id)?.();
    this.timers.delete(id);
  }

  private async send(id: string): Promise<void> {
    this.cancel(id);
    const act = this.own(this.read()).find((it) => it.id === id);
    // Taken back or sent from another page, or being sent right now.
    if (!act || this.sending.has(id)) return;
    this.sending.add(id);
    this.write(this.read().map((it) => (it.id === id ? { ...it, sent: it.sent + 1 } : it)));
    try {
      const lead = await this.door.act(act, false);
      this.settle({ kind: "done", act, lead });
    } catch (error) {
      await this.weigh(act, asProblem(error));
    } finally {
      this.sending.delete(id);
      this.refresh();
    }
  }

  private async weigh(act: HeldAct, problem: Problem): Promise<void> {
    const { status } = problem;
    // Waits for the same person to sign in again.
    if (status === 401 || problem.code === "must-change-password") return;
    if (problem.offline || problem.code === "aborted" || status === 408 || status === 425 || status === 429 || status >= 500) {
      this.schedule(act.id, Math.min(SLOWEST_RETRY, 1_500 * 2 ** Math.min(act.sent, 6)));
      return;
    }
    if ((problem.stale || status === 409) && (await this.arrived(act))) this.settle({ kind: "done", act, lead: null });
    else this.settle({ kind: "failed", act, problem });
  }

  /** Looks for our own act in the history: an earlier sending's answer may have been lost, or another page may have sent it. */
  private async arrived(act: HeldAct): Promise<boolean> {
    const entries = await this.door.history(act.lead.id).catch(() => [] as HistoryEntry[]);
    const words = ["note", "reason"].map((key) => act.body[key]).filter((it): it is string => typeof it === "string" && it !== "");
    // An older entry of the same kind is an earlier round of the same lead.
    const newest = [...entries].sort((a, b) => b.seq - a.seq).slice(0, RECENT);
    return newest.some((it) => {
      const text = JSON.stringify([it.payload ?? null, it.summary]);
      return it.actor.id === act.person && it.action === act.verb && words.every((word) => text.includes(JSON.stringify(word).slice(1, -1)));
    });
  }

  private settle(outcome: Outcome): void {
    this.write(this.read().filter((it) => it.id !== outcome.act.id));
    this.tell(outcome);
  }

  private tell(outcome: Outcome): void {
    for (const listener of this.listeners) listener(outcome);
  }

  private own(acts: HeldAct[]): HeldAct[] {
    return acts.filter((it) => it.person === this.person);
  }

  /** Without storage (forbidden, or full) acts live as long as the page. */
  private memory: HeldAct[] | null = null;

  private read(): HeldAct[] {
    if (this.memory) return this.memory;
    try {
      return JSON.parse(this.tools.store?.getItem(KEY) ?? "[]") as HeldAct[];
    } catch {
      return [];
    }
  }

  private write(acts: HeldAct[]): void {
    try {
      if (!this.tools.store) throw new Error("no storage");
      this.tools.store.setItem(KEY, JSON.stringify(acts));
      this.memory = null;
    } catch {
      this.memory = acts;
    }
    this.refresh();
  }
}

/** Whether another page's change of the storage (its event's key) concerns held acts. */
export const concernsHeld = (key: string | null): boolean => key === KEY || key === null;
