import { expect, test } from "vitest";
import type { HistoryEntry } from "../../api/contract";
import { lineWords } from "./timeline";

const line = (change: Partial<HistoryEntry>): HistoryEntry => ({ seq: 1, at: "2026-11-22T01:00:00Z", actor: { name: "系统" }, action: "comment", label: "备注", summary: "", payload: {}, hash: "", ...change });

test("what the source adds is not a remark of ours", () => {
  expect(lineWords(line({ summary: "又坏了", payload: { text: "又坏了", from: "source" } }))).toEqual({ label: "来源补充", summary: "又坏了", actor: "来源" });
  expect(lineWords(line({ summary: "来源补充；又坏了", payload: { text: "又坏了", from: "source" } })).summary).toBe("又坏了");
  expect(lineWords(line({ actor: { id: "1", name: "受理员01" }, summary: "已联系", payload: { text: "已联系" } }))).toEqual({ label: "备注", summary: "已联系", actor: "受理员01" });
});

test("an answer is told by how it was given", () => {
  const answer = (payload: unknown, summary = "") => lineWords(line({ action: "answer", label: "answer", summary, payload }));
  expect(answer({ source: "hotline", state: "given", how: "电话答复" })).toMatchObject({ label: "答复来源", summary: "已人工答复：电话答复" });
  expect(answer({ source: "hotline", state: "sent", status: 200, proof: "sha256:00" })).toMatchObject({ label: "答复来源", summary: "已回传：对方应答 200" });
  expect(answer({}, "服务器的话")).toMatchObject({ label: "答复来源", summary: "服务器的话" });
  expect(answer(null)).toMatchObject({ label: "答复来源", summary: "" });
});
