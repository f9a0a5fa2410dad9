/** Words of findings about vehicles. */
import type { Finding } from "../../api/findings";

export const states = [
  ["waiting", "待核实"],
  ["filed", "已转线索"],
  ["dismissed", "不成立"],
  ["withdrawn", "已撤回"],
] as const;

export const emptyWords: Record<string, string> = {
  waiting: "车载终端报送的轨迹按规则判定，有不合的出现在这里，等人核实。先登记终端、场所、车辆和核准，车辆行驶后几秒内判定。",
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
