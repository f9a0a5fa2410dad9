import { expect, test } from "vitest";
import type { Suspicion } from "../../api/contract";
import { about, consequence, isSuspicionKind, isSuspicionState } from "./suspicions";

const of: Suspicion = {
  id: "1", kind: "photo-reuse", kind_label: "照片复用", strength: "strong", strength_label: "强", state: "open", state_label: "待判定", rule: "photo-reuse/1", reason: "处置后照片与本件上报的照片相同",
  numbers: [], lead: { id: "2", number: "L1" }, unit_name: "模拟中队", found_at: "2026-11-02T01:00:00Z", simulated: false, version: 1,
};

test("a verdict says beforehand what it will do", () => {
  expect(consequence(of, "checked")).toContain("退回返工");
  expect(consequence(of, "closed")).toContain("不改动已有记录");
  expect(consequence(of, undefined)).toContain("不改动已有记录");
  expect(consequence(of, "checking")).toContain("不能结案");
  const { lead: _lead, ...pattern } = of;
  expect(consequence(pattern, undefined)).toContain("不改动任何线索");
});

test("it says whom it is about, and unknown words of the address are refused", () => {
  expect(about(of)).toBe("L1 · 模拟中队");
  expect([isSuspicionState("open"), isSuspicionState("x"), isSuspicionKind("speed"), isSuspicionKind(undefined)]).toEqual([true, false, true, false]);
});
