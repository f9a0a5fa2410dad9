import { expect, test } from "vitest";
import { emptyRules, parseRules, placeWord, tidy, tierWord, yesNo } from "./rules";

test("a file that is read and written is the same", () => {
  const file = { ...emptyRules(), matter: "M001", name: "x", article: "y", version: "z" };
  const { circumstances: none, ...rest } = file;
  expect(none).toEqual([]);
  expect(tidy(parseRules(JSON.stringify(rest)) ?? emptyRules())).toEqual(rest);
  expect([parseRules("["), parseRules("{}"), parseRules("null")]).toEqual([null, null, null]);
});

test("a band's limit goes with its unit, and a share with its amounts", () => {
  const rules = emptyRules();
  const value = { code: "a", label: "", points: 1, up_to: 2 };
  expect(tidy({ ...rules, factors: [{ code: "n", label: "数", unit: " ", values: [value] }] }).factors[0]?.values[0]).toEqual({ code: "a", label: "", points: 1 });
  const tier = { label: "一般", from_points: 0, from_percent: 0, to_percent: 50, amounts: [{ party: "person" as const, min: 50, max: 100 }] };
  expect(tidy({ ...rules, tiers: [tier] }).tiers[0]).toEqual({ label: "一般", from_points: 0, amounts: tier.amounts });
  expect([tierWord(tier), tierWord({ label: "", from_points: 0, from_percent: 0, to_percent: 30 })]).toEqual(["公民 50–100 元", "幅度的 0%–30%"]);
});

test("faults say where they are", () => {
  expect(placeWord("/factors/0/values/1/points")).toBe("裁量因素 1 · 取值 2");
  expect([placeWord("/ranges/1"), placeWord("/tiers"), placeWord("/matter")]).toEqual(["法定幅度 2", "阶次", "基本信息"]);
  expect([yesNo({ values: [{ code: "yes", label: "是", points: 1 }, { code: "no", label: "否", points: 0 }] }), yesNo({ values: [] })]).toEqual([true, false]);
});
