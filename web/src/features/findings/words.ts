/** Words of findings about vehicles. */
import type { Finding } from "../../api/findings";

export const states = [
  ["waiting", "待核实"],
  ["upheld", "转线索中"],
  ["filed", "已转线索"],
  ["dismissed", "不成立"],
  ["withdrawn", "已撤回"],
] as const;

/** Rules as the server names them: who has a part of the county may filter by them, too. */
export const rules = [
  ["off_corridor", "偏离核准路线"],
  ["off_hours", "超出核准时段"],
  ["wrong_destination", "未在核准场所倾倒"],
  ["lid_open", "未密闭运输"],
  ["unwashed", "未冲洗驶出工地"],
  ["overload", "超载"],
  ["speeding", "超速"],
  ["no_permit", "无有效核准运输"],
  ["black_spot", "偷倒黑点停车"],
  ["night_stop", "夜间可疑停车"],
  ["dark", "疑似人为断线"],
  ["tampered", "定位异常跳变"],
] as const;

export const emptyWords: Record<string, string> = {
  waiting: "车载终端报送的轨迹按规则判定，有不合的出现在这里，等人核实。先登记终端、场所、车辆和核准，车辆行驶后判定。",
  upheld: "核实成立、线索还没有立成的发现在这里，每分钟再试一次。",
  filed: "核实成立的发现转成线索，附轨迹、数值和示意图，出现在这里。",
  dismissed: "核实不成立的发现出现在这里，计入该规则的准确率。",
  withdrawn: "还没有人核实、后来补报的轨迹说明不成立的发现，自动撤回到这里。",
};

/** Numbers as one line. */
export function numberWords(of: Pick<Finding, "numbers">): string {
  return of.numbers.map((it) => `${it.label} ${it.value}${it.unit ? ` ${it.unit}` : ""}`).join("，");
}

/** Minutes after midnight as people write them, and back; nothing where it is no time. */
export const clockWords = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export const percentWords = (share: number | null | undefined) => (share == null ? "—" : `${(share * 100).toFixed(0)}%`);
