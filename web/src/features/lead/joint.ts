/** Joint tasks (联合处置): which are not over, and how one is told. */
import type { JointTask } from "../../api/contract";
import { dateTime } from "../../format/time";

/** The unit still has something to do, or the dispatcher to decide. */
export const isLive = (it: JointTask): boolean => it.state === "asked" || it.state === "waiting" || it.state === "taken";

/** When it was given, when it is due or was over. */
export function whenWords(it: JointTask): string {
  const begin = `${dateTime(it.ordered_at)} ${it.state === "asked" ? "请求" : "派出"}`;
  if (it.ended_at) return `${begin}，${dateTime(it.ended_at)} ${it.state_label}`;
  return it.due_at ? `${begin}，${dateTime(it.due_at)} 前办完` : begin;
}
