import { expect, test } from "vitest";
import type { Offer } from "../../api/contract";
import { foresee } from "./foresee";
import { parse } from "./route";

const offer = (verb: Offer["verb"], allowed = true): Offer => ({ verb, label: verb, allowed, primary: false });
const verbs = (offers: Offer[]) => offers.map((it) => it.verb);

test("an assistant takes and answers in one go without network", () => {
  expect(verbs(foresee([offer("joint-take"), offer("joint-done", false)], ["joint-take"]))).toEqual(["joint-done", "joint-return"]);
});

test("without waiting steps the server's offers stand, without what belongs to the desk", () => {
  expect(verbs(foresee([offer("take"), offer("dispatch"), offer("comment")], []))).toEqual(["take", "comment"]);
});
test("a task taken offline can be fixed offline", () => {
  expect(verbs(foresee([offer("take"), offer("fix", false)], ["take"]))).toEqual(["fix", "request-extension", "send-back"]);
});
test("after the fix waits, nothing more is offered but a remark", () => {
  expect(verbs(foresee([offer("take"), offer("comment")], ["take", "fix"]))).toEqual(["comment"]);
});
test("asking for time does not stop the fix, but is not asked twice", () => {
  expect(verbs(foresee([offer("fix"), offer("request-extension")], ["request-extension"]))).toEqual(["fix"]);
  expect(verbs(foresee([], ["take", "request-extension"]))).toEqual(["fix", "send-back"]);
});
test("addresses", () => {
  expect(parse("#/task/a1/fix")).toEqual({ page: "act", id: "a1", verb: "fix" });
  expect(parse("")).toEqual({ page: "tasks" });
});
