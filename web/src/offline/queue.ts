/**
 * The queue of what was done and not yet sent. Everything is on the device before anything is sent, and leaves the device
 * only when the server has it or the person throws it away.
 */
import type { Id, Lead, Verb } from "../api/contract";
import type { Kept, PhotoField, Send, SendPhoto, SendProblem, SentNote } from "./database";

/** A phone is not an archive: past these bounds the person is told to send first. */
export const BOUNDS = { sends: 200, bytes: 400 * 1024 * 1024 };
const SENT_KEPT = 60;

export class QueueFull extends Error {
  constructor(reason: "sends" | "bytes" | "device") {
    super(
      reason === "device"
        ? "手机存储空间已满，没能存下。请先清理手机空间，刚才填写的内容还在页面上。"
        : reason === "sends"
          ? `待发送已满 ${BOUNDS.sends} 件。请先到有网络的地方发送，刚才填写的内容还在页面上。`
          : "待发送的照片太多，已到本机上限。请先到有网络的地方发送，刚才填写的内容还在页面上。",
    );
    this.name = "QueueFull";
  }
}

export interface NewPhoto { id: string; field: PhotoField; type: string; data: ArrayBuffer }

export interface NewSend {
  id: string;
  person: Id;
  kind: "report" | "action";
  verb?: Verb;
  label: string;
  title: string;
  lead?: { id: Id; number: string; version: number };
  body: Record<string, unknown>;
  photos: NewPhoto[];
  made_at: string;
}

/** Writes a send and its photos in one transaction that reached the disk, or throws `QueueFull`. */
export async function enqueue(db: Kept, item: NewSend, bounds = BOUNDS): Promise<Send> {
  const photos: SendPhoto[] = item.photos.map((it) => ({ id: it.id, field: it.field, bytes: it.data.byteLength }));
  const lane = item.lead?.id ?? item.id;
  try {
    const tx = db.transaction(["sends", "photos", "sent"], "readwrite", { durability: "strict" });
    const present = await tx.objectStore("sends").getAll();
    const twin = present.find((it) => it.id === item.id);
    if (twin) {
      await tx.done;
      return twin;
    }
    const full = whatIsFull(present, photos, bounds);
    if (full) {
      tx.abort();
      await tx.done.catch(() => undefined);
      throw new QueueFull(full);
    }
    const send: Omit<Send, "seq"> = {
      id: item.id, person: item.person, lane, kind: item.kind, verb: item.verb ?? null, label: item.label, title: item.title,
      lead: item.lead ? { id: item.lead.id, number: item.lead.number } : null, body: item.body, photos,
      version: item.lead && !present.some((it) => it.lane === lane && it.person === item.person) ? carried(await tx.objectStore("sent").getAll(), item.person, item.lead) : null,
      state: "waiting", attempts: 0, not_before: 0, unsure: false, problem: null, made_at: item.made_at,
    };
    for (const photo of item.photos) await tx.objectStore("photos").put({ id: photo.id, send: item.id, type: photo.type, data: photo.data });
    const seq = await tx.objectStore("sends").add(send as Send);
    await tx.done;
    return { ...send, seq };
  } catch (error) {
    if (error instanceof DOMException && error.name === "QuotaExceededError") throw new QueueFull("device");
    throw error;
  }
}

/**
 * The version that a lead came to from the one on the screen by what this person sent himself. A form that was opened while his own step
 * was still on its way shows what was before it; what others did meanwhile is still a conflict.
 */
function carried(sent: SentNote[], person: Id, lead: { id: Id; version: number }): number {
  let { version } = lead;
  for (;;) {
    const step = sent.find((it) => it.person === person && it.lead === lead.id && it.from === version);
    if (!step?.to || step.to <= version) return version;
    version = step.to;
  }
}

function whatIsFull(present: Send[], photos: SendPhoto[], bounds: typeof BOUNDS): "sends" | "bytes" | null {
  if (present.length >= bounds.sends) return "sends";
  const bytes = (list: SendPhoto[]) => list.reduce((sum, it) => sum + it.bytes, 0);
  const held = present.reduce((sum, it) => sum + bytes(it.photos), 0);
  return held + bytes(photos) > bounds.bytes ? "bytes" : null;
}

/** All sends in the order in which they were made. */
export const listSends = (db: Kept): Promise<Send[]> => db.getAll("sends");

/**
 * The next send that may leave: the oldest among the first of each lane. A lane whose first send waits for the person
 * (conflict, refusal) or for its time holds back all that was built on it.
 */
export function nextToSend(sends: Send[], person: Id, now: number): Send | undefined {
  const seen = new Set<string>();
  for (const send of sends) {
    if (send.person !== person || seen.has(send.lane)) continue;
    seen.add(send.lane);
    if (send.state === "waiting" && send.not_before <= now) return send;
  }
  return undefined;
}

/** When the next try is due, if anything waits for its time. */
export function nextTry(sends: Send[], person: Id): number | null {
  const seen = new Set<string>();
  let at: number | null = null;
  for (const send of sends) {
    if (send.person !== person || seen.has(send.lane)) continue;
    seen.add(send.lane);
    if (send.state === "waiting" && (at === null || send.not_before < at)) at = send.not_before;
  }
  return at;
}

export async function change(db: Kept, seq: number, edit: (send: Send) => void): Promise<Send | undefined> {
  const tx = db.transaction("sends", "readwrite", { durability: "strict" });
  const send = await tx.store.get(seq);
  if (send) {
    edit(send);
    await tx.store.put(send);
  }
  await tx.done;
  return send;
}

/** The server has it: forget the send, keep a note, and let the next of the lane stand on the new version. */
export async function settle(db: Kept, send: Send, lead: Lead | null, now: number): Promise<void> {
  const tx = db.transaction(["sends", "photos", "sent"], "readwrite");
  await tx.objectStore("sends").delete(send.seq);
  for (const photo of send.photos) await tx.objectStore("photos").delete(photo.id);
  await tx.objectStore("sent").put({
    id: send.id, person: send.person, label: send.label, title: send.title, number: lead?.number ?? send.lead?.number ?? null,
    lead: lead?.id ?? send.lead?.id ?? null, at: new Date(now).toISOString(), from: send.version, to: send.unsure ? null : (lead?.version ?? null),
  });
  await passOn(tx.objectStore("sends"), send, lead?.version ?? null);
  const sent = await tx.objectStore("sent").index("at").getAllKeys();
  for (const old of sent.slice(0, Math.max(0, sent.length - SENT_KEPT))) await tx.objectStore("sent").delete(old);
  await tx.done;
}

interface LaneStore { index(name: "lane"): { getAll(lane: string): Promise<Send[]> }; put?(send: Send): Promise<unknown> }

async function passOn(store: LaneStore, gone: Send, version: number | null): Promise<void> {
  const rest = (await store.index("lane").getAll(gone.lane)).filter((it) => it.person === gone.person).sort((a, b) => a.seq - b.seq);
  const next = rest[0];
  if (next && next.seq > gone.seq && next.version === null) await store.put?.({ ...next, version });
}

/** The person throws a send away; what was built on it stays and asks the server on its own. */
export async function discard(db: Kept, seq: number): Promise<void> {
  const tx = db.transaction(["sends", "photos"], "readwrite", { durability: "strict" });
  const send = await tx.objectStore("sends").get(seq);
  if (send) {
    await tx.objectStore("sends").delete(seq);
    for (const photo of send.photos) await tx.objectStore("photos").delete(photo.id);
    await passOn(tx.objectStore("sends"), send, send.version);
  }
  await tx.done;
}

/** The person looked at what stopped a send and wants it sent again, on the version they now saw. */
export function sendAgain(db: Kept, seq: number, edits: { body?: Record<string, unknown>; version?: number } = {}): Promise<Send | undefined> {
  return change(db, seq, (send) => {
    send.state = "waiting";
    send.problem = null;
    send.attempts = 0;
    send.not_before = 0;
    if (edits.body) send.body = edits.body;
    if (edits.version !== undefined) send.version = edits.version;
  });
}

/**
 * Forgets waiting times: all of them when somebody presses "send now", or only those that the missing network caused when the
 * network is back. A server that asked for patience keeps getting it.
 */
export async function hurry(db: Kept, person: Id, only: "all" | "offline" = "all"): Promise<void> {
  for (const send of await listSends(db)) {
    if (send.person !== person || send.state !== "waiting" || send.not_before === 0) continue;
    if (only === "all" || send.problem?.code === "offline") await change(db, send.seq, (it) => { it.not_before = 0; });
  }
}

export const stop = (db: Kept, seq: number, state: "conflict" | "refused", problem: SendProblem) =>
  change(db, seq, (send) => {
    send.state = state;
    send.problem = problem;
  });

export function usage(sends: Send[]): { sends: number; bytes: number } {
  return { sends: sends.length, bytes: sends.reduce((sum, it) => sum + it.photos.reduce((inner, photo) => inner + photo.bytes, 0), 0) };
}
