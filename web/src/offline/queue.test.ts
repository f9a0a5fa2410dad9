import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import { openKept, type Kept } from "./database";
import { change, discard, enqueue, hurry, listSends, nextToSend, QueueFull, sendAgain, settle, type NewSend } from "./queue";
import type { Lead } from "../api/contract";

let db: Kept;
let count = 0;
beforeEach(async () => { db = await openKept(`queue-${count++}`); });

const bytes = (size: number) => new Uint8Array(size).buffer;
const step = (id: string, lead: string, over: Partial<NewSend> = {}): NewSend => ({
  id, person: "p1", kind: "action", verb: "fix", label: "处置完成", title: "井盖破损", lead: { id: lead, number: `N-${lead}`, version: 3 },
  body: { note: id }, photos: [], made_at: "2026-11-22T01:00:00Z", ...over,
});

test("a send is kept with its photos, once, however often it is handed in", async () => {
  const item = step("a", "l1", { photos: [{ id: "ph1", field: "after_photos", type: "image/jpeg", data: bytes(10) }] });
  const first = await enqueue(db, item);
  const second = await enqueue(db, item);
  expect(second.seq).toBe(first.seq);
  expect(await listSends(db)).toHaveLength(1);
  expect((await db.get("photos", "ph1"))?.data.byteLength).toBe(10);
});

test("inside a lead the order is kept, and only the first stands on the version that was seen", async () => {
  await enqueue(db, step("a", "l1", { verb: "take" }));
  await enqueue(db, step("b", "l1"));
  await enqueue(db, step("c", "l2"));
  const sends = await listSends(db);
  expect(sends.map((it) => it.version)).toEqual([3, null, 3]);
  expect(nextToSend(sends, "p1", 0)?.id).toBe("a");
});

test("a lane that waits for the person or for its time holds only itself back", async () => {
  await enqueue(db, step("a", "l1"));
  await enqueue(db, step("b", "l1"));
  await enqueue(db, step("c", "l2"));
  await enqueue(db, step("d", "l3"));
  const sends = await listSends(db);
  sends[0]!.state = "conflict";
  sends[2]!.not_before = 500;
  expect(nextToSend(sends, "p1", 100)?.id).toBe("d");
  expect(nextToSend(sends, "p1", 500)?.id).toBe("c");
});

test("the sends of another person are left alone", async () => {
  await enqueue(db, step("a", "l1", { person: "p2" }));
  expect(nextToSend(await listSends(db), "p1", 0)).toBeUndefined();
  await enqueue(db, step("b", "l1"));
  expect((await listSends(db))[1]?.version).toBe(3);
});

test("what the server has leaves the phone, and the next step stands on the new version", async () => {
  const a = await enqueue(db, step("a", "l1", { photos: [{ id: "ph", field: "photos", type: "image/jpeg", data: bytes(4) }] }));
  await enqueue(db, step("b", "l1"));
  await enqueue(db, step("c", "l1"));
  await settle(db, a, { id: "l1", number: "N-l1", version: 7 } as Lead, 0);
  const rest = await listSends(db);
  expect(rest.map((it) => [it.id, it.version])).toEqual([["b", 7], ["c", null]]);
  expect(await db.count("photos")).toBe(0);
  expect((await db.getAll("sent"))[0]?.number).toBe("N-l1");
});

test("throwing away a step lets the next one ask on the version that was seen", async () => {
  const a = await enqueue(db, step("a", "l1"));
  await enqueue(db, step("b", "l1"));
  await discard(db, a.seq);
  expect((await listSends(db)).map((it) => [it.id, it.version])).toEqual([["b", 3]]);
});

test("the queue is bounded and says so; nothing half-written stays", async () => {
  await enqueue(db, step("a", "l1"), { sends: 1, bytes: 100 });
  await expect(enqueue(db, step("b", "l2"), { sends: 1, bytes: 100 })).rejects.toThrow(QueueFull);
  const big = step("c", "l2", { photos: [{ id: "big", field: "photos", type: "image/jpeg", data: bytes(101) }] });
  await expect(enqueue(db, big, { sends: 5, bytes: 100 })).rejects.toThrow("照片太多");
  expect(await listSends(db)).toHaveLength(1);
  expect(await db.count("photos")).toBe(0);
});

test("after the person decided, a stopped send goes again with their words on the version they saw", async () => {
  const a = await enqueue(db, step("a", "l1"));
  await sendAgain(db, a.seq, { body: { note: "改过" }, version: 9 });
  expect((await listSends(db))[0]).toMatchObject({ state: "waiting", version: 9, body: { note: "改过" }, attempts: 0 });
});

test("when the network is back, only what the network delayed goes at once", async () => {
  const problem = (code: string) => ({ code, detail: "", citation: null });
  const a = await enqueue(db, step("a", "l1"));
  const b = await enqueue(db, step("b", "l2"));
  await change(db, a.seq, (it) => { it.not_before = 900; it.problem = problem("offline"); });
  await change(db, b.seq, (it) => { it.not_before = 900; it.problem = problem("http-503"); });
  await hurry(db, "p1", "offline");
  expect((await listSends(db)).map((it) => it.not_before)).toEqual([0, 900]);
  await hurry(db, "p1");
  expect((await listSends(db)).map((it) => it.not_before)).toEqual([0, 0]);
});
