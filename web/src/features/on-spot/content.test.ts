import { expect, test } from "vitest";
import type { CaseFile, MatterItem } from "../../api/contract";
import { blank, fenOf, missing, openingOf, penaltyOf, planOf, stageOf, undecided, type OnSpotContent } from "./content";
import { chosenOf } from "./MatterChoice";

const today = new Date("2026-11-23T04:00:00Z");
const full = (change: Partial<OnSpotContent> = {}): OnSpotContent => ({
  ...blank(),
  matter: { code: "M001", name: "随地倾倒垃圾", violated: "第一条", articles: "某条例第二条", person: { min_fen: 5_000, max_fen: 20_000 }, unit: null, correctionFirst: false },
  place: { position: { lon: 121.02, lat: 30.69 }, from: "map" }, address: "长街12号", summary: "在路边倾倒垃圾一袋", photos: [{ id: "a", type: "image/jpeg", data: new ArrayBuffer(1), at: "" }], colleague: "b", name: "某人", id_number: "11010519491231002X",
  fine: "100", reasons: "初次", ...change,
});

test("what is whole lacks nothing, and each slip is named", () => {
  expect(missing(full(), today)).toEqual({});
  const wrong = (change: Partial<OnSpotContent>) => Object.keys(missing(full(change), today));
  expect(wrong({ fine: "201" })).toEqual(["fine"]);
  expect(wrong({ fine: "40" })).toEqual(["fine"]);
  expect(wrong({ fine: "1e2" })).toEqual(["fine"]);
  expect(wrong({ fine: "" })).toEqual(["fine"]);
  expect(wrong({ fine: "", warning: true })).toEqual([]);
  expect(wrong({ id_number: "110105194912310021" })).toEqual(["id_number"]);
  expect(wrong({ kind: "unit", id_number: "91350100M000100Y43" })).toEqual(["fine"]);
  expect(wrong({ photos: [], colleague: "" })).toEqual(["photos", "colleague"]);
  expect(Object.keys(missing(blank(), today))).toHaveLength(9);
});

test("the case that is opened says what was entered", () => {
  const opening = openingOf(full(), "a", today);
  expect([opening.track, opening.acted_on, opening.officers, opening.matter_code, opening.position]).toEqual(["simple", "2026-11-23", ["a", "b"], "M001", { lon: 121.02, lat: 30.69 }]);
  expect(opening.parties[0]?.age).toBe("grown");
  expect(planOf(full({ warning: true }))).toEqual({ kinds: ["warning", "fine"], fine_fen: 10_000, surcharge: true, reasons: "初次" });
  expect([penaltyOf(full({ warning: true })), fenOf("12.5"), fenOf("x")]).toEqual(["警告，罚款 100 元", 1250, null]);
});

test("a youth is told how the penalty was made lighter", () => {
  const youth = full({ id_number: "11010520100101002X", objects: "no" });
  const number = youth.id_number.slice(0, 17) + "0123456789X".split("").find((end) => missing({ ...youth, id_number: youth.id_number.slice(0, 17) + end }, today).id_number === undefined);
  expect(openingOf({ ...youth, id_number: number }, "a", today).parties[0]?.age).toBe("youth");
  expect(Object.keys(undecided({ ...youth, id_number: number }, today))).toEqual(["lenient"]);
  expect(undecided({ ...youth, id_number: number, lenient: "初次，减为下限" }, today)).toEqual({});
  expect(undecided(full({ objects: "no" }), today)).toEqual({});
});

test("an order to correct comes first, also where the text leaves it open", () => {
  const item = { code: "M001", facts: { name: "某事项", law: "某条例", penalty_article: "第二条", precondition: { condition: "not-obeyed", optional: true } } } as unknown as MatterItem;
  expect(chosenOf(item).correctionFirst).toBe(true);
});

test("the stage is what the case says", () => {
  const at = (code: string, decide = false, track = "simple") => stageOf({ track: { code: track }, state: { code }, offers: [{ action: "decide-on-spot", allowed: decide }] } as unknown as CaseFile);
  expect([stageOf(null), at("on_spot"), at("noticed"), at("noticed", true), at("decided"), at("served"), at("merged"), at("noticed", false, "ordinary")]).toEqual(["enter", "enter", "tell", "decide", "hand", "done", "elsewhere", "elsewhere"]);
});
