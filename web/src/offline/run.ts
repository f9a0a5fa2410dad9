/**
 * When the queue is sent: on opening, on coming back to the page, when the network returns, after each new send, and when the
 * waiting time of a retry is over. One sender at a time over all tabs and the service worker.
 */
import { kept, readNote, writeNote } from "./database";
import type { Id, Lead, Session } from "../api/contract";
import { serverDoor } from "./door";
import { hurry } from "./queue";
import { drain, type Drained } from "./sender";

const LOCK = "bihuan-send";
const CHANNEL = "bihuan-queue";
export const SYNC_TAG = "bihuan-send";

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
const local = new Set<() => void>();

/** Tells this page, other tabs and the service worker that the queue changed. */
export function announce(): void {
  channel?.postMessage("changed");
  for (const listener of local) listener();
}
export function onQueueChange(listener: () => void): () => void {
  local.add(listener);
  const far = () => listener();
  channel?.addEventListener("message", far);
  return () => {
    local.delete(listener);
    channel?.removeEventListener("message", far);
  };
}

export async function keepLead(person: Id, lead: Lead): Promise<void> {
  await (await kept()).put("leads", { id: lead.id, person, lead, kept_at: Date.now() });
}

/** Sends what waits for the person who is signed in; null when another tab is already at it or nobody is known. */
export async function sendWaiting(): Promise<Drained | null> {
  const session = await readNote<Session>("session");
  if (!session) return null;
  const person = session.person.id;
  const work = async (): Promise<Drained> => {
    const outcome = await drain(await kept(), serverDoor, person, {
      now: Date.now, random: Math.random, changed: announce, keep: (lead) => keepLead(person, lead),
    });
    await writeNote("signed-out", outcome.stopped === "signed-out");
    announce();
    return outcome;
  };
  if (!("locks" in navigator)) return work();
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => (lock ? work() : null));
}

interface SyncRegistration extends ServiceWorkerRegistration { sync?: { register(tag: string): Promise<void> } }

/** Asks the browser to wake the service worker when the network is back, where it can (Background Sync). */
export async function askForBackgroundSync(): Promise<void> {
  try {
    const registration = (await navigator.serviceWorker?.getRegistration("/phone/")) as SyncRegistration | undefined;
    await registration?.sync?.register(SYNC_TAG);
  } catch {
    // Refused or unknown: the page itself sends on opening and on "online".
  }
}

let timer: ReturnType<typeof setTimeout> | undefined;
let again = false;
let busy = false;

/** Sends now and plans the next try by itself. */
export async function kick(): Promise<void> {
  clearTimeout(timer);
  if (busy) {
    again = true;
    return;
  }
  // The phone knows that it has no network: a try would only count as failed.
  if (!navigator.onLine) {
    await askForBackgroundSync();
    return;
  }
  busy = true;
  try {
    const outcome = await sendWaiting();
    if (outcome && outcome.left > 0) {
      await askForBackgroundSync();
      if (outcome.next_at !== null && outcome.stopped !== "signed-out") {
        const wait = Math.max(1000, Math.min(5 * 60_000, outcome.next_at - Date.now()));
        timer = setTimeout(() => void kick(), wait);
      }
    }
  } finally {
    busy = false;
    if (again) {
      again = false;
      void kick();
    }
  }
}

/** Starts sending for the life of the page. */
export function startSending(): () => void {
  const go = () => void (async () => {
    const session = await readNote<Session>("session");
    if (session) await hurry(await kept(), session.person.id, "offline");
    await kick();
  })();
  const seen = () => { if (document.visibilityState === "visible") go(); };
  window.addEventListener("online", go);
  document.addEventListener("visibilitychange", seen);
  go();
  return () => {
    window.removeEventListener("online", go);
    document.removeEventListener("visibilitychange", seen);
    clearTimeout(timer);
  };
}
