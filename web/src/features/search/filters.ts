/** The filters of a search live in the address, so that a search can be shared, kept and gone back to. */
import type { LeadFilter } from "../../api/contract";

export interface SearchParams { q?: string; state?: string; light?: string; source?: string; class?: string; region?: string; unit?: string; from?: string; to?: string; sort?: string; following?: string; charged?: string; view?: string }

const dayStart = (day: string) => `${day}T00:00:00+08:00`;
/** The day after, so that the last day is whole. */
function dayEnd(day: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return dayStart(next);
}

export function toFilter(search: SearchParams): LeadFilter {
  const filter: LeadFilter = {};
  for (const key of ["q", "state", "light", "source", "class", "region", "unit"] as const) if (search[key]) filter[key] = search[key];
  if (search.from) filter.from = dayStart(search.from);
  if (search.to) filter.to = dayEnd(search.to);
  if (search.following) filter.queue = "following";
  if (search.charged) filter.queue = search.charged === "me" ? "my_charge" : "charged";
  filter.sort = search.sort === "due" ? "due" : "newest";
  return filter;
}

export const isFiltered = (search: SearchParams): boolean =>
  Object.entries(search).some(([key, value]) => value !== undefined && value !== "" && key !== "view" && key !== "sort");
