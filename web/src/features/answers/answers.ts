/** Answers (答复) in words. */
import type { Answer, AnswerState } from "../../api/contract";

/** In the order in which somebody has to see to them. */
export const answerStates: AnswerState[] = ["owed", "dead", "waiting", "sent", "given"];
export const isAnswerState = (it: string | undefined): it is AnswerState => (answerStates as (string | undefined)[]).includes(it);

/** Whether it is still to be given. */
export const isOpenAnswer = (it: Pick<Answer, "state">): boolean => it.state === "owed" || it.state === "dead" || it.state === "waiting";
/** Whether it can be sent once more: an owed one only when its source got an address meanwhile. */
export const maySendAgain = (it: Pick<Answer, "state">, hasAddress: boolean): boolean => it.state === "dead" || (it.state === "owed" && hasAddress);

/** How the last try went; the server's words already tell of a status that was refused. */
export function lastTry(it: Pick<Answer, "attempts" | "status" | "error">): string {
  if (it.attempts === 0) return it.error ?? "尚未发送";
  return it.error ?? (it.status ? `对方应答 ${it.status}` : "等待应答");
}

const digest = /^sha256:([0-9a-f]{12})[0-9a-f]+$/;
/** The proof as far as a person reads it: a digest's beginning, or the words of whoever answered. */
export function proofWord(proof: string | null | undefined): { text: string; digest: boolean } | null {
  if (!proof) return null;
  const found = digest.exec(proof);
  return found ? { text: `sha256:${found[1]}…`, digest: true } : { text: proof, digest: false };
}
