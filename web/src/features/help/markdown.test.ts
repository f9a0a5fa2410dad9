import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blocks, inline } from "./markdown";

test("words, keys, emphasis and links stand side by side", () => {
  expect(inline("按 `a` **受理**，见[受理员](operator.md)。")).toEqual([
    { kind: "text", text: "按 " }, { kind: "code", text: "a" }, { kind: "text", text: " " }, { kind: "strong", text: "受理" }, { kind: "text", text: "，见" },
    { kind: "link", text: "受理员", to: "operator.md" }, { kind: "text", text: "。" },
  ]);
});

test("a table, a list with a second line, and a paragraph of two lines", () => {
  expect(blocks("| 键 | 做什么 |\n| --- | --- |\n| `a` | 受理 |\n\n- 一\n  续\n- 二\n\n第一行\n第二行")).toEqual([
    { kind: "table", head: [inline("键"), inline("做什么")], rows: [[inline("`a`"), inline("受理")]] },
    { kind: "list", ordered: false, items: [inline("一续"), inline("二")] },
    { kind: "paragraph", text: inline("第一行第二行") },
  ]);
});

test("every page of the guide is read without a left-over mark", () => {
  const folder = join(import.meta.dirname, "../../../../docs/guide");
  for (const file of readdirSync(folder).filter((it) => it.endsWith(".md"))) {
    const found = blocks(readFileSync(join(folder, file), "utf8"));
    expect(found[0]?.kind, file).toBe("heading");
    const plain = JSON.stringify(found.map((it) => (it.kind === "code" ? null : it)).filter(Boolean)).replace(/"kind":"code","text":"[^"]*"/g, "");
    expect(plain, file).not.toMatch(/\*\*|\]\(|\|\s*-{3}/);
  }
});
