/** How far each township of a campaign is. */
import type { CampaignGrid } from "../../api/contract";

export interface TownshipReach { code: string; name: string; grids: number; checked: number; found: number }

/** The townships of these grids in the order of their codes, those with most grids left first. */
export function byTownship(grids: readonly Pick<CampaignGrid, "township" | "township_name" | "state">[]): TownshipReach[] {
  const all = new Map<string, TownshipReach>();
  for (const it of grids) {
    const of = all.get(it.township) ?? { code: it.township, name: it.township_name ?? it.township, grids: 0, checked: 0, found: 0 };
    of.grids += 1;
    if (it.state !== "waiting") of.checked += 1;
    if (it.state === "found") of.found += 1;
    all.set(it.township, of);
  }
  return [...all.values()].sort((a, b) => b.grids - b.checked - (a.grids - a.checked) || a.code.localeCompare(b.code));
}
