/** The kinds that machines recognise (识别种类): read together, searched in the page. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { listKinds } from "../../api/machines";
import type { MachineKind } from "../../api/contract";
import { intervalWord, percent } from "./sightings";

export const kindsQuery = queryOptions({ queryKey: ["machine-kinds"], queryFn: ({ signal }) => listKinds(signal), staleTime: 10_000 });
export const useKinds = () => useQuery(kindsQuery);

/** What a list of kinds is narrowed to by. */
export interface KindFilter { group: "all" | "core" | "active" | "automatic" | "paused"; q: string }
export const isPaused = (it: MachineKind): boolean => (it.paused_at ?? null) !== null || it.paused_devices > 0;
export const ofGroup = (it: MachineKind, group: KindFilter["group"]): boolean =>
  group === "all" || (group === "core" ? it.core : group === "active" ? it.rules.active : group === "automatic" ? it.rules.automatic : isPaused(it));
export const narrowedKinds = (items: readonly MachineKind[], { group, q }: KindFilter): MachineKind[] => {
  const word = q.trim();
  // A number is the kind's own, or how the code of its class begins.
  const found = (it: MachineKind) => (/^\d+$/.test(word) ? String(it.number) === word || it.class_code.startsWith(word) : `${it.name} ${it.class_name ?? ""}`.includes(word));
  return items.filter((it) => ofGroup(it, group) && found(it));
};

/** Why a kind files nothing by itself any more. */
export function pausedWord(it: MachineKind): string {
  const floor = percent(it.rules.floor);
  if (!it.paused_at) return `${it.paused_devices} 台设备的误报太多，它们的发现仍由人研判`;
  // Verdicts that came after the pause may have raised the interval again.
  return it.precision.high < it.rules.floor ? `准确率 95% 区间 ${intervalWord(it.precision)}，整个低于下限 ${floor}` : `暂停时准确率的 95% 区间整个低于下限 ${floor}`;
}
