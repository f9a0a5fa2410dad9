/** A line of a lead's history as people read it; what the server says in words stands, the rest is told from what was written down. */
import type { HistoryEntry } from "../../api/contract";
import { answerWords } from "../../format/words";

const textOf = (payload: unknown, name: string): string | undefined => {
  const value = typeof payload === "object" && payload !== null ? (payload as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
};

export interface LineWords { label: string; summary: string; actor: string }

export function lineWords(it: HistoryEntry): LineWords {
  const words = { label: it.label, summary: it.summary, actor: it.actor.name };
  // The source's own system acted, not this one.
  const bySystem = it.actor.id === undefined || it.actor.id === null;
  if (it.action === "comment" && textOf(it.payload, "from") === "source") return { label: "来源补充", summary: words.summary.replace(/^来源补充(；|$)/, ""), actor: bySystem ? "来源" : words.actor };
  if (it.action !== "answer") return words;
  return { ...words, label: "答复来源", summary: words.summary || answerSummary(it.payload) };
}

function answerSummary(payload: unknown): string {
  const [state, how, status] = [textOf(payload, "state"), textOf(payload, "how"), textOf(payload, "status")];
  const word = state ? (answerWords as Record<string, string>)[state] ?? state : undefined;
  return [word, how ?? (status ? `对方应答 ${status}` : undefined)].filter(Boolean).join("：");
}
