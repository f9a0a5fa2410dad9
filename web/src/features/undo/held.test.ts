import { beforeEach, expect, test } from "vitest";
import type { HistoryEntry, Lead } from "../../api/contract";
import { Problem } from "../../api/problem";
import { HeldActs, HOLD_MS, type Door, type HeldAct, type Outcome } from "./held";

let clock = 0;
let timers: { at: number; run: () => void }[] = [];
/** Lets so much time pass, and everything that is due in it happen. */
async function pass(ms: number): Promise<void> {
  clock += ms;
  for (const due of timers.filter((it) => it.at <= clock)) {
    timers = timers.filter((it) => it !== due);
    due.run();
  }
  for (let i = 0; i < 10; i++) await Promise.resolve();
}
beforeEach(() => { clock = 1_000_000; timers = []; });

/** A server that takes each version once. */
function server() {
  const versions = new Map<string, number>();
  const history: HistoryEntry[] = [];
  const calls: string[] = [];
  const failures: Problem[] = [];
  let deaf = false;
  const door: Door = {
    act: async (act, leaving) => {
      calls.push(`${act.verb} ${act.lead.id}${leaving ? " leaving" : ""}`);
      const failure = failures.shift();
      if (failure) throw failure;
      const version = versions.get(act.lead.id) ?? 1;
      if (version !== act.lead.version) throw new Problem({ status: 412, code: "version-conflict" });
      versions.set(act.lead.id, version + 1);
      history.push({ seq: history.length + 1, action: act.verb, actor: { id: act.person, name: "" }, payload: act.body, summary: "" } as unknown as HistoryEntry);
      if (deaf) throw new Problem({ status: 0, code: "offline" });
      return { id: act.lead.id, version: version + 1 } as Lead;
    },
    history: async () => history,
  };
  return { door, versions, history, calls, failures, deafen: (it: boolean) => { deaf = it; } };
}

function storage() {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value); } };
}
type Kept = ReturnType<typeof storage> | null;

function desk(door: Door, store: Kept, person: string | null = "p1") {
  const outcomes: Outcome[] = [];
  const acts = new HeldActs(door, { store, now: () => clock, after: (ms, run) => { const it = { at: clock + ms, run }; timers.push(it); return () => { timers = timers.filter((one) => one !== it); }; } });
  acts.onOutcome((it) => outcomes.push(it));
  acts.begin(person);
  return { acts, outcomes, kinds: () => outcomes.map((it) => it.kind) };
}
const reject = (lead: string, over: Partial<HeldAct> = {}): HeldAct => ({
  id: `h-${lead}`, person: "p1", lead: { id: lead, number: `N-${lead}`, title: "井盖松动", version: 1 }, verb: "reject", label: "不予受理",
  body: { reason: "不属于城市管理职责范围" }, queue: "triage", due: 0, sent: 0, ...over,
});

test("an act leaves after its time, once", async () => {
  const { door, calls } = server();
  const { acts, kinds } = desk(door, storage());
  acts.hold(reject("a"));
  await pass(HOLD_MS - 1);
  expect(calls).toEqual([]);
  await pass(1);
  await pass(60_000);
  expect(calls).toEqual(["reject a"]);
  expect(kinds()).toEqual(["done"]);
  expect(acts.list()).toEqual([]);
});

test("taken back in time, it never leaves", async () => {
  const { door, calls } = server();
  const { acts, kinds } = desk(door, storage());
  acts.hold(reject("a"));
  acts.hold(reject("b"));
  await pass(3_000);
  expect(acts.undo()?.lead.id).toBe("b");
  expect(acts.undo("h-a")?.lead.id).toBe("a");
  expect(acts.undo()).toBeNull();
  await pass(60_000);
  acts.leave();
  expect(calls).toEqual([]);
  expect(kinds()).toEqual(["undone", "undone"]);
});

test("leaving the page sends what is held; the next visit finds that it arrived and does not send it twice", async () => {
  const { door, calls, history } = server();
  const store = storage();
  const first = desk(door, store);
  first.acts.hold(reject("a"));
  first.acts.leave();
  await pass(0);
  expect(calls).toEqual(["reject a leaving"]);
  timers = [];
  const second = desk(door, store);
  expect(second.acts.list()).toHaveLength(1);
  expect(second.acts.undo(), "it may have arrived").toBeNull();
  await pass(0);
  expect(history).toHaveLength(1);
  expect(second.kinds()).toEqual(["done"]);
  expect(second.acts.list()).toEqual([]);
});

test("a page that died without a word loses nothing", async () => {
  const { door, calls } = server();
  const store = storage();
  desk(door, store).acts.hold(reject("a"));
  timers = [];
  const { acts, kinds } = desk(door, store);
  expect(acts.list().map((it) => it.id)).toEqual(["h-a"]);
  await pass(HOLD_MS + 1_000);
  expect(calls).toEqual(["reject a"]);
  expect(kinds()).toEqual(["done"]);
});

test("without a network it waits and is sent once the network is back, even if the first answer was lost", async () => {
  const { door, failures, history, deafen } = server();
  const { acts, kinds } = desk(door, storage());
  acts.hold(reject("a"));
  failures.push(new Problem({ status: 0, code: "offline" }));
  await pass(HOLD_MS);
  expect(kinds()).toEqual([]);
  deafen(true);
  await pass(10_000);
  expect(history).toHaveLength(1);
  deafen(false);
  await pass(40_000);
  expect(history).toHaveLength(1);
  expect(kinds()).toEqual(["done"]);
});

test("a lead that somebody else changed meanwhile is told as failed", async () => {
  const { door, versions } = server();
  const { acts, outcomes } = desk(door, storage());
  acts.hold(reject("a"));
  versions.set("a", 2);
  await pass(HOLD_MS);
  expect(outcomes[0]).toMatchObject({ kind: "failed", problem: { code: "version-conflict" } });
  expect(acts.list()).toEqual([]);
});

test("two pages of one browser send an act once and both say done", async () => {
  const { door, history } = server();
  const store = storage();
  const one = desk(door, store);
  one.acts.hold(reject("a"));
  const two = desk(door, store);
  await pass(HOLD_MS + 5_000);
  expect(history).toHaveLength(1);
  expect([...one.kinds(), ...two.kinds()]).not.toContain("failed");
  expect(one.acts.list()).toEqual([]);
});

test("what is taken back on one page is not sent by the other", async () => {
  const { door, calls } = server();
  const store = storage();
  const one = desk(door, store);
  one.acts.hold(reject("a"));
  const two = desk(door, store);
  two.acts.undo();
  await pass(60_000);
  expect(calls).toEqual([]);
});

test("when the session has ended it waits for the same person, and nobody else sends it", async () => {
  const { door, failures, calls } = server();
  const store = storage();
  const { acts, kinds } = desk(door, store);
  acts.hold(reject("a"));
  failures.push(new Problem({ status: 401, code: "not-signed-in" }));
  await pass(HOLD_MS);
  expect(kinds()).toEqual([]);
  acts.begin("p2");
  expect(acts.list()).toEqual([]);
  await pass(60_000);
  expect(calls).toHaveLength(1);
  acts.begin("p1");
  await pass(0);
  expect(kinds()).toEqual(["done"]);
});

test("without storage an act is still held and sent", async () => {
  const { door, calls } = server();
  const { acts, kinds } = desk(door, null);
  acts.hold(reject("a"));
  expect(acts.list()).toHaveLength(1);
  await pass(HOLD_MS);
  expect(calls).toEqual(["reject a"]);
  expect(kinds()).toEqual(["done"]);
});
