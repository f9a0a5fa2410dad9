/** Suspicions (疑点) before people: their states and kinds, and what a verdict will do. */
import type { Suspicion, SuspicionKind, SuspicionState } from "../../api/contract";
import { suspicionKindWords, suspicionWords } from "../../format/words";

/** What waits comes first. */
export const suspicionStates: SuspicionState[] = ["open", "upheld", "dismissed"];
export const isSuspicionState = (it: string | undefined): it is SuspicionState => it !== undefined && it in suspicionWords;
export const isSuspicionKind = (it: string | undefined): it is SuspicionKind => it !== undefined && it in suspicionKindWords;

/** Whom or what it is about, in a few words. */
export function about(of: Suspicion): string {
  return [of.lead?.number, of.unit_name, of.person_name].filter(Boolean).join(" · ") || of.jurisdiction_name || "";
}

/** What upholding it will do, said before it is done. */
export function consequence(of: Suspicion, state: string | undefined): string {
  if (!of.lead) return "属实后计入该单位的疑点记录，不改动任何线索。";
  if (state === "fixed" || state === "checked") return "属实后，该件按办理程序退回返工，您写的理由责任单位会看到。";
  if (state === undefined || ["closed", "voided", "rejected", "merged"].includes(state)) return "该件已办结：属实后计入单位，不改动已有记录。";
  return "该件眼下不能返工：属实后先记下，到可以返工或结案的环节再办，在此之前不能结案。";
}
