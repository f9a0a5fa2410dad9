import { expect, test } from "vitest";
import type { JointTask } from "../../api/contract";
import { isLive, whenWords } from "./joint";

const task = (more: Partial<JointTask>): JointTask => ({ round: 1, unit: { id: "u", name: "东街道中队" }, state: "waiting", state_label: "待接受", ask: "请到场", ordered_at: "2026-11-02T01:00:00Z", ...more });

test("a task that is asked for, waits or is at work is not over", () => {
  expect((["asked", "waiting", "taken", "done", "returned", "withdrawn"] as const).map((state) => isLive(task({ state })))).toEqual([true, true, true, false, false, false]);
});

test("a task says when it is due, and when it was over", () => {
  expect(whenWords(task({ due_at: "2026-11-04T01:00:00Z" }))).toMatch(/派出，.+ 前办完$/);
  expect(whenWords(task({ state: "done", state_label: "已办完", due_at: "2026-11-04T01:00:00Z", ended_at: "2026-11-03T01:00:00Z" }))).toMatch(/派出，.+ 已办完$/);
  expect(whenWords(task({ state: "asked", state_label: "待派遣员决定" }))).toMatch(/请求$/);
});
