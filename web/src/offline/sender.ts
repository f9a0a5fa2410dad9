/**
 * Sends what waits, in order, and decides what each answer means for the queue.
 *
 * Nothing here knows React or the page: the service worker drains the same queue with the same code.
 */
import type { HistoryEntry, Id, Lead, Verb } from "../api/contract";
import { asProblem, type Problem } from "../api/problem";
import type { Kept, Send } from "./database";
import { change, listSends, nextToSend, nextTry, settle, stop } from "./queue";

/** The server, as the sender sees it. */
export interface Door {
  upload(photo: Blob, options: { address?: string | undefined; remember: (address: string) => void }): Promise<string>;
  report(body: Record<string, unknown>, key: string): Promise<Lead>;
  act(lead: Id, verb: Verb, body: Record<string, unknown>, version: number | null, key: string): Promise<Lead>;
  read(lead: Id): Promise<Lead>;
  history(lead: Id): Promise<HistoryEntry[]>;
}

export interface Drained {
  sent: number;
  left: number;
  /** Why the sender stopped before the end: no network, nobody signed in, or the server asks for patience. */
  stopped: "offline" | "signed-out" | "busy" | null;
  next_at: number | null;
}

export interface Tools {
  now: () => number;
  /** 0 ≤ x < 1, spreads the retries of many phones that come back at once. */
  random: () => number;
  /** Called after each change, so that pages can show it. */
  changed?: () => void;
  /** Keeps the newest state of a lead for reading offline. */
  keep?: (lead: Lead) => Promise<void>;
}

const SLOWEST = 5 * 60_000;
export const waitAfter = (attempts: number, random: number) => Math.round(Math.min(SLOWEST, 2000 * 2 ** Math.min(attempts, 10)) * (0.75 + random / 2));

/** Sends for `person` until nothing is left that may leave. */
export async function drain(db: Kept, door: Door, person: Id, tools: Tools): Promise<Drained> {
  let sent = 0;
  let stopped: Drained["stopped"] = null;
  for (;;) {
    const send = nextToSend(await listSends(db), person, tools.now());
    if (!send) break;
    const verdict = await sendOne(db, door, send, tools);
    tools.changed?.();
    if (verdict === "sent") sent += 1;
    else if (verdict !== "held") {
      stopped = verdict;
      break;
    }
  }
  const rest = await listSends(db);
  return { sent, left: rest.filter((it) => it.person === person).length, stopped, next_at: nextTry(rest, person) };
}

type Verdict = "sent" | "held" | "offline" | "signed-out" | "busy";

async function sendOne(db: Kept, door: Door, first: Send, tools: Tools): Promise<Verdict> {
  let send = first;
  try {
    send = await sendPhotos(db, door, send);
  } catch (error) {
    if (error instanceof LostPhoto) {
      await stop(db, send.seq, "refused", { code: "photo-lost", detail: "这一件的照片被浏览器清理掉了，请放弃后重新拍照提交；文字可以先复制下来。", citation: null });
      return "held";
    }
    return weigh(db, door, send, asProblem(error), false, tools);
  }
  try {
    const body = withPhotos(send);
    const lead = send.kind === "report" || !send.lead || !send.verb
      ? await door.report({ ...body, client_key: send.id }, send.id)
      : await door.act(send.lead.id, send.verb, body, send.version, send.id);
    await tools.keep?.(lead);
    await settle(db, send, lead, tools.now());
    return "sent";
  } catch (error) {
    return weigh(db, door, send, asProblem(error), true, tools);
  }
}

async function sendPhotos(db: Kept, door: Door, send: Send): Promise<Send> {
  let current = send;
  for (const photo of send.photos) {
    if (photo.file) continue;
    const data = await db.get("photos", photo.id);
    // The bytes and the send were written in one transaction; missing bytes mean the browser cleared its storage.
    if (!data) throw new LostPhoto();
    const remember = (address: string) =>
      change(db, send.seq, (it) => { const own = it.photos.find((p) => p.id === photo.id); if (own) own.upload = address; });
    let remembered: Promise<unknown> | undefined;
    const file = await door.upload(new Blob([data.data], { type: data.type }), {
      address: photo.upload, remember: (address) => { remembered = remember(address); },
    }).finally(() => remembered);
    current = (await change(db, send.seq, (it) => { const own = it.photos.find((p) => p.id === photo.id); if (own) own.file = file; })) ?? current;
  }
  return current;
}

class LostPhoto extends Error {}

function withPhotos(send: Send): Record<string, unknown> {
  const body: Record<string, unknown> = { ...send.body };
  for (const photo of send.photos) body[photo.field] = [...((body[photo.field] as string[] | undefined) ?? []), photo.file];
  return body;
}

/** What a failure means: wait and try again, ask the person, or (rarely) it had arrived all along. */
async function weigh(db: Kept, door: Door, send: Send, problem: Problem, posted: boolean, tools: Tools): Promise<Verdict> {
  const status = problem.status;
  if (status === 401 || problem.code === "must-change-password") {
    await change(db, send.seq, (it) => { it.not_before = 0; });
    return "signed-out";
  }
  const transient = problem.offline || problem.code === "aborted" || status === 408 || status === 425 || status === 429 || status >= 500;
  if (transient) {
    const clear = problem.offline || status === 429 || status === 502 || status === 503 || status === 504;
    await change(db, send.seq, (it) => {
      it.attempts += 1;
      it.not_before = tools.now() + waitAfter(it.attempts, tools.random());
      // Without an answer nobody knows whether it arrived.
      it.unsure = it.unsure || (posted && status !== 429);
      it.problem = { code: problem.code, detail: problem.message, citation: problem.citation };
    });
    if (problem.offline) return "offline";
    return clear ? "busy" : "held";
  }
  if (send.unsure && send.lead && (problem.stale || status === 409) && (await arrivedBefore(door, send))) {
    const lead = await door.read(send.lead.id).catch(() => null);
    if (lead) await tools.keep?.(lead);
    await settle(db, send, lead, tools.now());
    return "sent";
  }
  if (problem.stale && send.lead) {
    const lead = await door.read(send.lead.id).catch(() => null);
    if (lead) await tools.keep?.(lead);
    await stop(db, send.seq, "conflict", { code: problem.code, detail: "这件任务在您提交之前被别人更新了，请核对现状再决定。", citation: null });
    return "held";
  }
  const detail = problem.fields.length > 0 ? `${problem.message}（${problem.fields.map((it) => it.detail).join("；")}）` : problem.message;
  await stop(db, send.seq, "refused", { code: problem.code, detail, citation: problem.citation });
  return "held";
}

/** Looks into the history for our own step: the answer of an earlier attempt may have been lost on its way back. */
async function arrivedBefore(door: Door, send: Send): Promise<boolean> {
  if (!send.lead) return false;
  const entries = await door.history(send.lead.id).catch(() => [] as HistoryEntry[]);
  const ours = (it: HistoryEntry) => it.actor.id === send.person && (it.action === send.verb || it.action.endsWith(`.${send.verb}`));
  const marks = marksOf(send);
  // A step without words or photos looks like any earlier one: only the very last entry can be it.
  if (marks.length === 0) return entries.length > 0 && ours(entries.reduce((a, b) => (b.seq > a.seq ? b : a)));
  return entries.some((it) => {
    const text = JSON.stringify([it.payload ?? null, it.summary]);
    return ours(it) && marks.every((mark) => text.includes(JSON.stringify(mark).slice(1, -1)));
  });
}

/** What tells this step from another of the same kind by the same person: its words and photos. */
function marksOf(send: Send): string[] {
  const words = ["note", "reason", "text"].map((key) => send.body[key]).filter((it): it is string => typeof it === "string" && it !== "");
  return [...words, ...send.photos.map((it) => it.file).filter((it): it is string => !!it)];
}
