import { expect, test } from "vitest";
import type { CatalogueClass } from "../../api/contract";
import { categoryKey, narrowed, ofKind, prefixWord } from "./classes";

const one = (kind: CatalogueClass["kind"], code: string, over: Partial<CatalogueClass> = {}): CatalogueClass =>
  ({ kind, code, name: `类 ${code}`, category_code: code.slice(0, 2), category_name: "", local: false, settled: true, limits: [], ...over }) as CatalogueClass;
const items = [one("component", "01001"), one("matter", "01001"), one("matter", "06010"), one("matter", "10906", { local: true, name: "道路积水" })];

test("all means components, matters and local classes, each counted once under its own kind", () => {
  const count = (kind: Parameters<typeof ofKind>[1]) => items.filter((it) => ofKind(it, kind)).length;
  expect(count("all")).toBe(4);
  expect(count("component") + count("matter") + count("local")).toBe(count("all"));
});

test("a component's category is not the matter's of the same number", () => {
  const first = items[0] as CatalogueClass;
  expect(narrowed(items, { kind: "all", category: categoryKey(first), q: "" })).toEqual([first]);
  expect(narrowed(items, { kind: "local", category: null, q: "积水" }).map((it) => it.code)).toEqual(["10906"]);
});

test("a rule's classes are told by name", () => {
  const known = [one("matter", "06010", { name: "暴露垃圾", category_name: "市容环境类" })];
  expect(["", "06010", "06", "0601", "09"].map((it) => prefixWord(known, it))).toEqual(["全部", "暴露垃圾", "市容环境类（全部）", "0601…", "09…"]);
});
