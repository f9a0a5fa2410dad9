import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import type { HistoryEntry, Lead } from "../api/contract";
import { Problem } from "../api/problem";
import { openKept, type Kept } from "./database";
import { enqueue, listSends, sendAgain, type NewSend } from "./queue";
import { drain, waitAfter, type Door, type Tools } from "./sender";

let db: Kept;
let count = 0;
let clock = 0;
const tools: Tools = { now: () => clock, random: () => 0.5 };
beforeEach(async () => { db = await openKept(`sender-${count++}`); clock = 1000; });

const offline = () => new Problem({ status: 0, code: "offline" });
const bytes = () => new Uint8Array(8).buffer;
const step = (id: string, lead: string, over: Partial<NewSend> = {}): NewSend => ({
  id, person: "p1", kind: "action", verb: "fix", label: "处置完成", title: "井盖破损", lead: { id: lead, number: `N-${lead}`, version: 3 },
  body: { note: id }, photos: [], made_at: "2026-11-22T01:00:00Z", ...over,
});
const photo = (id: string) => ({ id, field: "after_photos" as const, type: "image/jpeg", data: bytes() });

/** A server in memory: versions by lead, and a list of failures to answer with first. */
function server() {
  const versions = new Map<string, number>();
  const calls: string[] = [];
  const bodies: Record<string, unknown>[] = [];
  const failures: Problem[] = [];
  const history: HistoryEntry[] = [];
  const lead = (id: string) => ({ id, number: `N-${id}`, version: versions.get(id) ?? 3 }) as Lead;
  const door: Door = {
    upload: async (_blob, options) => {
      const failure = failures.shift();
      options.remember("/uploads/1");
      calls.push(`upload ${options.address ?? "new"}`);
      if (failure) throw failure;
      return "f".repeat(64);
    },
    report: async (body, key) => {
      calls.push(`report ${key}`);
      const failure = failures.shift();
      if (failure) throw failure;
      bodies.push(body);
      return lead(key);
    },
    act: async (id, verb, body, version, key) => {
      calls.push(`${verb} ${id} v${version} ${key}`);
      const failure = failures.shift();
      if (failure) throw failure;
      if (version !== null && version !== (versions.get(id) ?? 3)) throw new Problem({ status: 412, code: "version-conflict" });
      versions.set(id, (versions.get(id) ?? 3) + 1);
      bodies.push(body);
      return lead(id);
    },
    read: async (id) => lead(id),
    history: async () => history,
  };
  return { door, calls, bodies, failures, versions, history };
}

test("steps made one on another offline are sent in order, each on the version that the last one made", async () => {
  const s = server();
  await enqueue(db, step("a", "l1", { verb: "take", body: {} }));
  await enqueue(db, step("b", "l1", { photos: [photo("x")] }));
  const outcome = await drain(db, s.door, "p1", tools);
  expect(outcome).toMatchObject({ sent: 2, left: 0, stopped: null });
  expect(s.calls).toEqual(["take l1 v3 a", "upload new", "fix l1 v4 b"]);
  expect(s.bodies[1]).toEqual({ note: "b", after_photos: ["f".repeat(64)] });
});

test("a form opened while one's own step was on its way stands on what that step made", async () => {
  const s = server();
  await enqueue(db, step("a", "l1", { verb: "take" }));
  await drain(db, s.door, "p1", tools);
  await enqueue(db, step("b", "l1"));
  expect((await drain(db, s.door, "p1", tools)).sent).toBe(1);
  expect(s.calls).toEqual(["take l1 v3 a", "fix l1 v4 b"]);
  // What somebody else did meanwhile is seen on no screen of this phone.
  s.versions.set("l1", 6);
  await enqueue(db, step("c", "l1"));
  await drain(db, s.door, "p1", tools);
  expect((await listSends(db))[0]).toMatchObject({ id: "c", state: "conflict" });
});

test("without network everything stays, and an upload goes on where it stopped", async () => {
  const s = server();
  s.failures.push(offline());
  await enqueue(db, step("a", "l1", { photos: [photo("x")] }));
  expect(await drain(db, s.door, "p1", tools)).toMatchObject({ sent: 0, left: 1, stopped: "offline" });
  expect((await drain(db, s.door, "p1", tools)).sent).toBe(0);
  clock += waitAfter(1, 0.5);
  expect((await drain(db, s.door, "p1", tools)).sent).toBe(1);
  expect(s.calls).toEqual(["upload new", "upload /uploads/1", "fix l1 v3 a"]);
});

test("waiting times grow and are bounded", () => {
  expect(waitAfter(1, 0.5)).toBe(4000);
  expect(waitAfter(3, 0.5)).toBe(16_000);
  expect(waitAfter(50, 1)).toBeLessThanOrEqual(5 * 60_000 * 1.25);
});

test("a report carries its key, so that sending it twice is one lead", async () => {
  const s = server();
  s.failures.push(offline());
  await enqueue(db, { ...step("r", ""), lead: undefined, verb: undefined, kind: "report" } as unknown as NewSend);
  await drain(db, s.door, "p1", tools);
  clock += 600_000;
  await drain(db, s.door, "p1", tools);
  expect(s.calls).toEqual(["report r", "report r"]);
  expect(s.bodies[0]).toMatchObject({ client_key: "r" });
});

test("a lead that changed meanwhile stops its lane, keeps every word and waits for the person", async () => {
  const s = server();
  s.versions.set("l1", 9);
  const a = await enqueue(db, step("a", "l1"));
  await enqueue(db, step("b", "l1"));
  await enqueue(db, step("c", "l2"));
  expect(await drain(db, s.door, "p1", tools)).toMatchObject({ sent: 1, left: 2 });
  const [first] = await listSends(db);
  expect(first).toMatchObject({ id: "a", state: "conflict", body: { note: "a" } });
  await sendAgain(db, a.seq, { version: 9 });
  expect(await drain(db, s.door, "p1", tools)).toMatchObject({ sent: 2, left: 0 });
});

test("a refusal shows its reason and article and keeps what was written", async () => {
  const s = server();
  s.failures.push(new Problem({ status: 409, code: "action-refused", detail: "尚未接单", citation: "派遣规则" }));
  await enqueue(db, step("a", "l1"));
  await drain(db, s.door, "p1", tools);
  expect((await listSends(db))[0]).toMatchObject({ state: "refused", problem: { detail: "尚未接单", citation: "派遣规则" }, body: { note: "a" } });
});

test("a session that ended keeps the queue and asks for signing in, without counting it as a failed try", async () => {
  const s = server();
  s.failures.push(new Problem({ status: 401, code: "not-signed-in" }));
  await enqueue(db, step("a", "l1"));
  expect(await drain(db, s.door, "p1", tools)).toMatchObject({ sent: 0, left: 1, stopped: "signed-out" });
  expect((await listSends(db))[0]).toMatchObject({ state: "waiting", attempts: 0 });
  expect((await drain(db, s.door, "p1", tools)).sent).toBe(1);
});

test("when only the answer was lost, our own step is recognised in the history and not asked about", async () => {
  const s = server();
  s.failures.push(offline());
  await enqueue(db, step("a", "l1"));
  await drain(db, s.door, "p1", tools);
  s.versions.set("l1", 4);
  s.history.push({ seq: 4, actor: { id: "p1", name: "x" }, action: "fix", summary: "", payload: { note: "a" } } as HistoryEntry);
  clock += 600_000;
  expect(await drain(db, s.door, "p1", tools)).toMatchObject({ sent: 1, left: 0 });
});

test("the same change by somebody else is a conflict and not taken for ours", async () => {
  const s = server();
  s.failures.push(offline());
  await enqueue(db, step("a", "l1"));
  await drain(db, s.door, "p1", tools);
  s.versions.set("l1", 4);
  s.history.push({ seq: 4, actor: { id: "p2", name: "x" }, action: "fix", summary: "", payload: { note: "a" } } as HistoryEntry);
  clock += 600_000;
  await drain(db, s.door, "p1", tools);
  expect((await listSends(db))[0]?.state).toBe("conflict");
});

test("a server error holds one lane back and lets the others go", async () => {
  const s = server();
  s.failures.push(new Problem({ status: 500, code: "internal" }));
  await enqueue(db, step("a", "l1"));
  await enqueue(db, step("b", "l2"));
  expect(await drain(db, s.door, "p1", tools)).toMatchObject({ sent: 1, left: 1, stopped: null });
  expect((await listSends(db))[0]).toMatchObject({ id: "a", state: "waiting", unsure: true });
});
