/** The organisation (组织) for choosing units and people. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { get } from "../../api/client";
import type { Items, Organisation, Page, Person } from "../../api/contract";

export function useOrganisations() {
  return useQuery({ queryKey: ["organisations"], queryFn: ({ signal }) => get<Items<Organisation>>("/organisations", undefined, signal), staleTime: 5 * 60_000 });
}

export interface UnitNode { value: string; title: string; key: string; disabled: boolean; children: UnitNode[] }

export function unitTree(items: readonly Organisation[]): UnitNode[] {
  const nodes = new Map(items.map((it) => [it.id, { value: it.id, key: it.id, title: it.active ? it.name : `${it.name}（停用）`, disabled: !it.active, children: [] as UnitNode[] }]));
  const roots: UnitNode[] = [];
  for (const it of [...items].sort((a, b) => a.sort - b.sort)) {
    const node = nodes.get(it.id);
    if (!node) continue;
    const parent = it.parent_id ? nodes.get(it.parent_id) : undefined;
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

/** The nodes below a unit; none where the tree does not hold it. */
export function unitsBelow(tree: readonly UnitNode[], id: string | undefined): UnitNode[] {
  for (const node of tree) {
    if (node.value === id) return node.children;
    const found = unitsBelow(node.children, id);
    if (found.length > 0) return found;
  }
  return [];
}

export function useUnitTree() {
  const { data } = useOrganisations();
  return useMemo(() => unitTree(data?.items ?? []), [data]);
}

/** People with a role, for example the collectors who can be sent to look. */
export function usePeopleOfRole(role: string | undefined) {
  return useQuery({
    queryKey: ["people", "role", role], enabled: role !== undefined, staleTime: 60_000, retry: false,
    queryFn: ({ signal }) => get<Page<Person>>("/people", { role, limit: 200 }, signal),
  });
}
