import { describe, expect, it } from "vitest";
import { asked, filterOf } from "./referrals";

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
  it("asks for words where the server needs them", () => {
    expect(Object.entries(asked).filter(([, it]) => !it.required).map(([verb]) => verb)).toEqual(["receive", "material"]);
  });
});
