import { expect, test } from "vitest";
import type { Source } from "../../api/contract";
import { narrowedSources, sourceOptions } from "./sources";

const source = (code: string, change: Partial<Source> = {}): Source =>
  ({ code, name: code, kind: "orders", kind_label: "热线与投诉平台", outside: true, active: true, built_in: true, mapping: {}, version: 0, ...change });
const items = [source("portal", { name: "市民上报", kind: "citizens", kind_label: "市民", outside: false }), source("hotline", { name: "12345热线" }), source("old-app", { name: "旧平台", active: false, built_in: false })];

test("a source that was chosen before stays to be seen, also when it is switched off or gone", () => {
  const chosen = (kept: string[]) => sourceOptions(items, (it) => it.outside && it.active, kept);
  expect(chosen([])).toEqual([{ value: "hotline", label: "12345热线" }]);
  expect(chosen(["old-app", "gone", "media", ""])).toEqual([
    { value: "hotline", label: "12345热线" }, { value: "old-app", label: "旧平台（已停用）" }, { value: "gone", label: "gone" }, { value: "media", label: "媒体曝光" },
  ]);
});

test("sources are found by name, code and kind", () => {
  const found = (q: string, group: "all" | "outside" | "own" | "added" = "all") => narrowedSources(items, { group, q }).map((it) => it.code);
  expect(found("12345")).toEqual(["hotline"]);
  expect(found(" OLD ")).toEqual(["old-app"]);
  expect(found("投诉平台")).toEqual(["hotline", "old-app"]);
  expect(found("", "own")).toEqual(["portal"]);
  expect(found("", "added")).toEqual(["old-app"]);
});
