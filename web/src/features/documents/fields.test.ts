import { expect, test } from "vitest";
import { readdirSync, readFileSync } from "node:fs";
import { blank, labelOf, shapeOf, tidied, type Content, type Fields } from "./fields";

const folder = new URL("../../../../templates/documents/", import.meta.url);
const samples = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory()).map((it) => JSON.parse(readFileSync(new URL(`${it.name}/sample.json`, folder), "utf8")) as Fields);

function walk(content: Content, see: (field: string, value: Content) => void): void {
  if (Array.isArray(content)) { for (const it of content) walk(it, see); return; }
  if (typeof content === "object" && content !== null) for (const [field, value] of Object.entries(content)) { see(field, value); walk(value, see); }
}

test("every field of every template has a Chinese name and an input", () => {
  expect(samples.length).toBeGreaterThan(20);
  for (const sample of samples) walk(sample, (field, value) => {
    expect(labelOf(field), field).toMatch(/\p{Script=Han}/u);
    expect(shapeOf(field, value)).not.toBe("");
  });
});

test("shapes are told from samples", () => {
  expect(shapeOf("decided_on", "2026-11-16")).toBe("day");
  expect(shapeOf("begun_at", "2026-10-12T09:05:00")).toBe("moment");
  expect(shapeOf("kept_at", "模拟县综合行政执法局物品保管仓库（模拟县模拟路1号）")).toBe("long");
  expect(shapeOf("amount_fen", 200000)).toBe("money");
  expect(shapeOf("facts", ["一段"])).toBe("paragraphs");
  expect(shapeOf("evidence", [{ name: "照片" }])).toBe("rows");
  expect(shapeOf("party", { kind: "organisation", name: "" })).toBe("party");
});

test("what is empty stays away, and a new row has nothing in it", () => {
  expect(blank({ name: "照片", proves: "时间", on: "2026-01-01", amount_fen: 5, online: true })).toEqual({ name: "", proves: "", on: null, amount_fen: null, online: false });
  expect(tidied({ facts: ["一", ""], evidence: [{ name: "", proves: "" }, { name: "照片", proves: "" }], decided_on: null, copies: null })).toEqual({ facts: ["一"], evidence: [{ name: "照片", proves: "" }] });
});
