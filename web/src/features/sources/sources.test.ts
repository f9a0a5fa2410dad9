import { expect, test } from "vitest";
import type { Person, Source } from "../../api/contract";
import { inputOfSource, narrowedSources, senderOptions, sourceOptions } from "./sources";

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

test("a source that is only switched keeps what it says, also who may send", () => {
  const camera = { id: "019a0000-0000-7000-8000-000000000001", name: "路口摄像机" };
  expect(inputOfSource(source("city-brain", { senders: [camera], mapping: { external_id: "/no" } }))).toEqual(
    { name: "city-brain", kind: "orders", active: true, accept: null, reply: null, mapping: { external_id: "/no" }, reply_url: null, senders: [camera.id] },
  );
  expect(inputOfSource(source("hotline")).senders).toEqual([]);
});

test("who may send is chosen among the machine accounts in use; whoever was named stays to be seen", () => {
  const machine = (id: string, active = true) => ({ id, name: `机器${id}`, account: `machine${id}`, active }) as Person;
  const machines = [machine("1"), machine("2", false), machine("3", false)];
  expect(senderOptions(machines, [{ id: "2", name: "机器2" }, { id: "9", name: "旧网关" }, { id: "8", name: "" }])).toEqual([
    { value: "1", label: "机器1（machine1）" }, { value: "2", label: "机器2（machine2） 已停用" }, { value: "9", label: "旧网关" }, { value: "8", label: "已不在名单的账号" },
  ]);
});
