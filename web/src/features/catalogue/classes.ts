/** The classes (分类) for choosing: read once, searched in the page. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get } from "../../api/client";
import type { CatalogueClass, ClassList, Limit, LimitUnit } from "../../api/contract";

export function useClasses() {
  return useQuery({ queryKey: ["classes"], queryFn: ({ signal }) => get<ClassList>("/classes", { limit: 500 }, signal), staleTime: 10 * 60_000 });
}

/** Every class, components as well: the server answers one kind at a time. */
export function useCatalogue() {
  return useQuery({
    queryKey: ["classes", "all"], staleTime: 10 * 60_000,
    queryFn: async ({ signal }): Promise<ClassList> => {
      const [components, matters] = await Promise.all((["component", "matter"] as const).map((kind) => get<ClassList>("/classes", { kind, limit: 500 }, signal)));
      return { version: matters?.version ?? "", items: [...(components?.items ?? []), ...(matters?.items ?? [])] };
    },
  });
}

/** What a class list is narrowed to by. */
export interface ClassFilter { kind: "all" | CatalogueClass["kind"] | "local"; category: string | null; q: string }
export const ofKind = (it: CatalogueClass, kind: ClassFilter["kind"]): boolean => kind === "all" || (kind === "local" ? it.local : it.kind === kind && !it.local);
/** A component's category and the matter's of the same number are two: one lists things, the other what is wrong with them. */
export const categoryKey = (it: CatalogueClass): string => `${it.kind}-${it.category_code}`;
export const narrowed = (items: readonly CatalogueClass[], { kind, category, q }: ClassFilter): CatalogueClass[] =>
  items.filter((it) => ofKind(it, kind) && (!category || categoryKey(it) === category) && (q === "" || `${it.code}${it.name}${it.predecessor_code ?? ""}`.includes(q)));

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
/** A class or the beginning of a code in words: one class by its name, a category by its own, anything else as it is written. */
export function prefixWord(classes: readonly CatalogueClass[] | undefined, prefix: string): string {
  if (prefix === "") return "全部";
  const one = classes?.find((it) => it.kind === "matter" && it.code === prefix);
  const category = classes?.find((it) => it.kind === "matter" && it.category_code === prefix);
  return one?.name ?? (category ? `${category.category_name}（全部）` : `${prefix}…`);
}
