/** Which action belongs to which queue, and to which key. */
import type { Lead, LeadState, Queue, Verb } from "../../api/contract";

export const queues: Queue[] = ["triage", "verify", "filing", "dispatch", "extension", "check", "closing"];

const states: Record<Queue, LeadState[]> = {
  triage: ["reported"], verify: ["verifying"], filing: ["accepted"], dispatch: ["filed"], extension: ["dispatched", "fixing"], check: ["fixed", "checking"], closing: ["checked"],
};
/** Whether the lead waits in the queue, as the server counts it. */
export const waitsIn = (lead: Lead, queue: Queue): boolean => states[queue].includes(lead.state) && (queue !== "extension" || Boolean(lead.extension));

/** The action that moves a lead on from each queue; its form stands open beside the lead. */
export const mainVerbs: Record<Queue, Verb[]> = {
  triage: ["accept"], verify: ["verify"], filing: ["file"], dispatch: ["dispatch"], extension: ["grant-extension"], check: ["request-check", "check"], closing: ["close"],
};
export const verbKeys: Partial<Record<Verb, string>> = {
  accept: "a", reject: "x", merge: "m", "request-verify": "v", file: "f", dispatch: "d", correct: "e", close: "c", "request-check": "c", check: "c", rework: "w",
  "grant-extension": "y", "refuse-extension": "n", verify: "v", "send-back": "b",
};
