/** The sources (来源) for choosing and naming: read once, searched in the page. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { listSources } from "../../api/sources";
import type { Id, Named, Person, Source, SourceInput } from "../../api/contract";
import { sourceWord } from "../../format/words";

export const sourcesQuery = queryOptions({ queryKey: ["sources"], queryFn: ({ signal }) => listSources(signal), staleTime: 5 * 60_000 });

export const useSources = () => useQuery(sourcesQuery);

/** What people call the source of a code; also when the list cannot be had. */
export function useSourceNames(): (code: string) => string {
  const { data } = useSources();
  return useMemo(() => {
    const names = new Map(data?.items.map((it) => [it.code, it.name]));
    return (code) => names.get(code) ?? sourceWord(code);
  }, [data]);
}

export interface SourceOption { value: string; label: string }

/** Sources to choose from. What was `kept` from before stays among them, so that no choice shows as a bare code. */
export function sourceOptions(items: readonly Source[], wanted: (it: Source) => boolean, kept: readonly string[]): SourceOption[] {
  const label = (it: Source) => (it.active ? it.name : `${it.name}（已停用）`);
  const options = items.filter((it) => wanted(it) || kept.includes(it.code)).map((it) => ({ value: it.code, label: label(it) }));
  const missing = kept.filter((code) => code !== "" && !items.some((it) => it.code === code));
  return [...options, ...missing.map((value) => ({ value, label: sourceWord(value) }))];
}

/** A source as it would be saved unchanged. */
export const inputOfSource = ({ name, kind, active, accept, reply, mapping, reply_url, senders }: Source): SourceInput =>
  ({ name, kind, active, accept: accept ?? null, reply: reply ?? null, mapping, reply_url: reply_url ?? null, senders: (senders ?? []).map((it) => it.id) });

/** The server's bound. */
export const mostSenders = 50;

/** The machine accounts that may be named to send as a source, and those that are named already, also when they are gone from the list. */
export function senderOptions(machines: readonly Person[], named: readonly Named[]): { value: Id; label: string }[] {
  const label = (it: Person) => `${it.name}（${it.account}）${it.active ? "" : " 已停用"}`;
  const options = machines.filter((it) => it.active || named.some((one) => one.id === it.id)).map((it) => ({ value: it.id, label: label(it) }));
  return [...options, ...named.filter((it) => !machines.some((one) => one.id === it.id)).map((it) => ({ value: it.id, label: it.name || "已不在名单的账号" }))];
}

/** What a list of sources is narrowed to by. */
export interface SourceFilter { group: "all" | "outside" | "own" | "added"; q: string }
export const ofGroup = (it: Source, group: SourceFilter["group"]): boolean =>
  group === "all" || (group === "outside" ? it.outside : group === "own" ? !it.outside : !it.built_in);
export const narrowedSources = (items: readonly Source[], { group, q }: SourceFilter): Source[] => {
  const word = q.trim().toLowerCase();
  return items.filter((it) => ofGroup(it, group) && `${it.code} ${it.name} ${it.kind_label}`.toLowerCase().includes(word));
};
