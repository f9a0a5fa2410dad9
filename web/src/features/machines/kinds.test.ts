import { expect, test } from "vitest";
import type { MachineKind } from "../../api/contract";
import { narrowedKinds, pausedWord } from "./kinds";

const rules = { active: true, automatic: false, least_confidence: 0.5, need: 2, of: 3, quiet_minutes: 30, floor: 0.8 };
const kind = (number: number, change: Partial<MachineKind> = {}): MachineKind =>
  ({ number, name: `种类${number}`, core: true, personal: false, class_code: "09005", class_name: "店外经营", rules, paused_devices: 0, precision: { confirmed: 0, refuted: 0, low: 0, high: 1 }, waiting: 0, version: 0, ...change });
const items = [
  kind(1, { rules: { ...rules, automatic: true } }), kind(9, { core: false, rules: { ...rules, active: false }, class_code: "07002", class_name: "散发广告" }),
  kind(19, { paused_at: "2026-11-22T01:00:00Z", precision: { confirmed: 0, refuted: 3, share: 0, low: 0, high: 0.5615 } }), kind(20, { paused_devices: 2 }),
];

test("kinds are found by number, name and class, and narrowed to what is on, automatic or paused", () => {
  const found = (q: string, group: "all" | "core" | "active" | "automatic" | "paused" = "all") => narrowedKinds(items, { group, q }).map((it) => it.number);
  expect(found("9")).toEqual([9]);
  expect(found(" 散发 ")).toEqual([9]);
  expect(found("种类1")).toEqual([1, 19]);
  expect(found("", "active")).toEqual([1, 19, 20]);
  expect(found("", "automatic")).toEqual([1]);
  expect(found("", "paused")).toEqual([19, 20]);
  expect(found("", "core")).toEqual([1, 19, 20]);
});

test("a pause says its reason", () => {
  expect(items.map((it) => pausedWord(it)).slice(2)).toEqual(["准确率 95% 区间 0–56%，整个低于下限 80%", "2 台设备的误报太多，它们的发现仍由人研判"]);
  expect(pausedWord(kind(1, { paused_at: "2026-11-22T01:00:00Z" }))).toBe("暂停时准确率的 95% 区间整个低于下限 80%");
});
