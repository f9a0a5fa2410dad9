import { expect, test } from "vitest";
import type { CatalogueClass } from "../../api/contract";
import { categoryKey, narrowed, ofKind } from "./classes";

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
