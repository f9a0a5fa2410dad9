import { describe, expect, it } from "vitest";
import { asked, filterOf } from "./notices";

describe("the address of the notices", () => {
  it("asks for what is open when it says nothing", () => {
    expect(filterOf({})).toEqual({ view: "open", filter: { state: "issued,replied,returned" } });
  });
  it("leaves out what cannot be meant", () => {
    expect(filterOf({ view: "made-up", stage: "jail" })).toEqual({ view: "open", filter: { state: "issued,replied,returned" } });
    expect(filterOf({ view: "mine", stage: "supervise", unit: "u" })).toEqual({ view: "mine", filter: { mine: true, stage: "supervise", unit: "u" } });
    expect(filterOf({ view: "all" }).filter).toEqual({});
  });
  it("asks for a reason where the server needs one", () => {
    expect(Object.entries(asked).filter(([, it]) => it.required).map(([verb]) => verb)).toEqual(["reply", "return", "withdraw"]);
  });
});
