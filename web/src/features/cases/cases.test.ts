import { describe, expect, it } from "vitest";
import { byDue, fieldsOf, filterOf, sorted, yuan } from "./cases";

describe("cases", () => {
  it("asks only for what the row looks at and nothing else tells", () => {
    const none = { facts: [] };
    expect(fieldsOf({ action: "file", actor: "head", asks: ["approver"] }, none)).toEqual([]);
    expect(fieldsOf({ action: "register", actor: "officers", asks: ["crew", "approver"] }, none)).toEqual(["officers", "approved_by"]);
    const decide = { action: "decide", actor: "head", asks: ["approver", "change", "range", "second-fine", "lenient", "on-record"] };
    expect(fieldsOf(decide, none)).toEqual(["plan"]);
    expect(fieldsOf(decide, { facts: [{ label: "当事人", value: "未成年人" }, { label: "听证", value: "已举行" }] })).toEqual(["plan", "lenient", "on_record"]);
    expect(fieldsOf({ action: "serve-notice", actor: "clerk", asks: ["mode", "everyone", "tells-hearing"] }, none)).toEqual(["service", "reached", "tells_hearing", "days"]);
  });

  it("takes an address it does not know for the caller's own cases", () => {
    expect(filterOf({ view: "nonsense", track: "nonsense", q: "路" })).toEqual({ view: "mine", filter: { mine: true, open: true } });
    expect(filterOf({ view: "all", track: "soft", q: " 堆放 " })).toEqual({ view: "all", filter: { track: "soft", q: "堆放" } });
  });

  it("puts the caller's own steps first and keeps the refused ones", () => {
    const offer = (action: string, allowed: boolean, mine: boolean) => ({ action, allowed, mine }) as never;
    const { now, others, refused } = sorted([offer("a", false, true), offer("b", true, false), offer("c", true, true)]);
    expect([now, others, refused].map((list) => list.map((it) => it.action))).toEqual([["c"], ["b"], ["a"]]);
    expect(sorted([offer("ask-recusal", true, true), offer("defend", true, true)]).now.map((it) => it.action)).toEqual(["defend", "ask-recusal"]);
    expect([yuan(20_000), yuan(15_050)]).toEqual(["200 元", "150.50 元"]);
  });
});

it("what is due first stands first, what has no limit last", () => {
  const row = (opened_at: string, due_at?: string) => ({ opened_at, due_at });
  const [late, soon, old, fresh] = [row("2026-11-03", "2026-11-30"), row("2026-11-04", "2026-11-20"), row("2026-11-01"), row("2026-11-02")];
  expect(byDue([late, fresh, old, soon])).toEqual([soon, late, old, fresh]);
});
