import { describe, expect, it } from "vitest";
import { asked, filterOf, lacksName } from "./referrals";

describe("the address of the referrals", () => {
  it("asks for what is open when it says nothing", () => {
    expect(filterOf({})).toEqual({ view: "open", filter: { open: true } });
  });
  it("leaves out what cannot be meant", () => {
    expect(filterOf({ view: "made-up", state: "x", way: "y", q: "  " })).toEqual({ view: "open", filter: { open: true } });
    expect(filterOf({ view: "mine", way: "bureau", q: " 河道 " })).toEqual({ view: "mine", filter: { mine: true, way: "bureau", q: "河道" } });
    expect(filterOf({ view: "over" }).filter).toEqual({ state: "closed,withdrawn" });
    expect(filterOf({ view: "over", state: "closed" }).filter).toEqual({ state: "closed" });
  });
  it("wants the name of a suspect of whom anything else was typed", () => {
    expect([lacksName(undefined), lacksName({}), lacksName({ name: "甲", telephone: "1" }), lacksName({ name: " " })]).toEqual([false, false, false, false]);
    expect([lacksName({ telephone: "13900000001" }), lacksName({ name: " ", id_number: "x" })]).toEqual([true, true]);
  });
  it("asks for words where the server needs them", () => {
    expect(Object.entries(asked).filter(([, it]) => !it.required).map(([verb]) => verb)).toEqual(["receive", "material"]);
  });
});
