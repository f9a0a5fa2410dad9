import { expect, test } from "vitest";
import type { DocumentKind } from "../../api/contract";
import { matching } from "./kinds";

const kind = (code: string, name: string, template?: number): DocumentKind => ({ code, name, purpose: "处罚", to_party: true, seal: true, signers: [], ...(template === undefined ? {} : { template }) });
const kinds = [kind("D14", "当场行政处罚决定书", 1), kind("D15", "行政处罚决定书", 1), kind("D17", "首违不罚承诺书")];

test("kinds are found by code, name and purpose, those without a template only where all are wanted", () => {
  expect(matching(kinds, " d15 ", false).map((it) => it.code)).toEqual(["D15"]);
  expect(matching(kinds, "当场", false).map((it) => it.code)).toEqual(["D14"]);
  expect(matching(kinds, "", false).map((it) => it.code)).toEqual(["D14", "D15"]);
  expect(matching(kinds, "", true)).toHaveLength(3);
  expect(matching(kinds, "听证", true)).toHaveLength(0);
});
