/** How near somebody on duty is, in words. */
import type { NearestOnDuty } from "../../api/contract";

export function nearWords(it: Pick<NearestOnDuty, "metres" | "accuracy" | "age_seconds" | "own_ground">): string {
  const ground = it.own_ground ? "本辖区" : "";
  if (it.metres == null) return ground || "没有共享位置";
  const far = it.metres <= 1000 ? `${it.metres} 米内` : `${it.metres / 1000} 公里内`;
  const age = it.age_seconds == null ? "" : it.age_seconds < 60 ? "刚刚" : `${Math.floor(it.age_seconds / 60)} 分钟前`;
  const within = it.accuracy != null && it.accuracy > 100 ? `误差 ${it.accuracy} 米` : "";
  return [`直线 ${far}`, age, within, ground].filter(Boolean).join(" · ");
}
