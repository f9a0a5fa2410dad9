import { expect, test } from "vitest";
import type { Referral } from "../../api/contract";
import { nextWords, pairsText, readPairs } from "./neighbours";

test("a line is a class and the neighbour's service, and a faulty one is named", () => {
  const pairs = [{ class: "06", service: "street waste" }, { class: "06010", service: "S1" }];
  expect(readPairs(pairsText(pairs))).toEqual({ pairs });
  expect(readPairs("06 S1\n\n0601＝S2")).toEqual({ pairs: [{ class: "06", service: "S1" }, { class: "0601", service: "S2" }] });
  expect(readPairs("06 S1\n垃圾 S2")).toEqual({ faulty: "垃圾 S2" });
  expect(readPairs("06 S1\n06 S2")).toEqual({ faulty: "06 S2" });
});

test("whatever state a referral is in, the page says what comes next", () => {
  const of = (state: Referral["state"], error?: string): Referral => ({ neighbour: "x", neighbour_name: "邻县", state, state_label: "", reason: "", referred_at: "2026-11-02T01:00:00Z", must_be_told: false, attempts: 2, ...(error ? { error } : {}) });
  expect(nextWords(of("waiting", "无法连接对方"))).toContain("已试 2 次");
  expect(nextWords(of("refused"))).toContain("撤回");
  expect(nextWords(of("ended"))).toContain("结案");
  expect(new Set((["waiting", "sent", "refused", "ended", "over"] as const).map((it) => nextWords(of(it)))).size).toBe(5);
});
