/** The classes (分类) for choosing: read once, searched in the page. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get } from "../../api/client";
import type { CatalogueClass, ClassList, Limit, LimitUnit } from "../../api/contract";

export function useClasses() {
  return useQuery({ queryKey: ["classes"], queryFn: ({ signal }) => get<ClassList>("/classes", { limit: 500 }, signal), staleTime: 10 * 60_000 });
}

export function useClassOptions() {
  const { data } = useClasses();
  return useMemo(() => {
    const groups = new Map<string, { label: string; options: { value: string; label: string }[] }>();
    for (const it of data?.items ?? []) {
      // A component and the matter "component out of order" share a code; a lead is about the matter.
      if (it.kind !== "matter") continue;
      const group = groups.get(it.category_code) ?? { label: `${it.category_code} ${it.category_name}`, options: [] };
      group.options.push({ value: it.code, label: `${it.name} ${it.code}` });
      groups.set(it.category_code, group);
    }
    return [...groups.values()];
  }, [data]);
}

const hours: Record<LimitUnit, number> = { urgent_hour: 1, working_hour: 2.5, working_day: 24, urgent_day: 24 };
/** The shorter limit first: where two fit, it is the one proposed. */
export const shortestFirst = (limits: readonly Limit[]): Limit[] => [...limits].sort((a, b) => a.value * hours[a.unit] - b.value * hours[b.unit]);
export const limitsOf = (classes: readonly CatalogueClass[] | undefined, code: string | undefined): Limit[] =>
  shortestFirst(classes?.find((it) => it.code === code && it.kind === "matter")?.limits ?? []);
/** A limit's conditions as the standard (立案标准) that the operator ticks. */
export const standardOf = (limit: Limit): string => limit.conditions.join("；") || "符合该类立案标准";
