/**
 * What a person may do next while their earlier steps still wait on the phone.
 *
 * The server decides; this only lets somebody without network take a task and fix it in one go. A guess that turns out wrong
 * comes back as a refusal with its reason.
 */
import type { Offer, Verb } from "../../api/contract";

/** The verbs that belong into hands outdoors, in the order of the work. */
export const phoneVerbs: readonly Verb[] = ["take", "fix", "verify", "check", "request-extension", "send-back", "unassign", "raise", "joint-take", "joint-done", "joint-return", "ask-joint", "comment"];

const afterTaking: Offer[] = [
  { verb: "fix", label: "处置反馈", allowed: true, primary: true },
  { verb: "request-extension", label: "申请延期", allowed: true, primary: false },
  { verb: "send-back", label: "回退", allowed: true, primary: false },
];

const afterJointTaking: Offer[] = [
  { verb: "joint-done", label: "协办反馈", allowed: true, primary: true },
  { verb: "joint-return", label: "协办退回", allowed: true, primary: false },
];

/** `waiting` are the verbs of this lead's waiting sends, oldest first. */
export function foresee(offers: Offer[], waiting: (Verb | null)[]): Offer[] {
  const fit = offers.filter((it) => phoneVerbs.includes(it.verb));
  const steps = waiting.filter((it): it is Verb => it !== null && it !== "comment");
  const last = steps.at(-1);
  if (!last) return fit;
  const comment = fit.filter((it) => it.verb === "comment");
  if (last === "take") return [...afterTaking, ...comment];
  if (last === "joint-take") return [...afterJointTaking, ...comment];
  if (last === "request-extension") {
    const before = steps.includes("take") ? afterTaking : fit;
    return [...before.filter((it) => it.verb !== "request-extension" && it.verb !== "comment"), ...comment];
  }
  return comment;
}
