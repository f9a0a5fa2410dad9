/** Which action belongs to which queue, and to which key. */
import type { Queue, Verb } from "../../api/contract";

export const queues: Queue[] = ["triage", "verify", "filing", "dispatch", "extension", "check", "closing"];

/** The action that moves a lead on from each queue; its form stands open beside the lead. */
export const mainVerbs: Record<Queue, Verb[]> = {
  triage: ["accept"], verify: ["verify"], filing: ["file"], dispatch: ["dispatch"], extension: ["grant-extension"], check: ["request-check", "check"], closing: ["close"],
};
export const verbKeys: Partial<Record<Verb, string>> = {
  accept: "a", reject: "x", merge: "m", "request-verify": "v", file: "f", dispatch: "d", correct: "e", close: "c", "request-check": "c", check: "c", rework: "w",
  "grant-extension": "y", "refuse-extension": "n", verify: "v", "send-back": "b",
};
