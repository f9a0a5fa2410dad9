/** Neighbour cities (邻市): what is read, how a line of the table of classes is written, how a referral is told. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { listNeighbours } from "../../api/neighbours";
import type { Neighbour, NeighbourInput, Referral } from "../../api/contract";
import { dateTime } from "../../format/time";

export const neighboursQuery = queryOptions({ queryKey: ["neighbours"], queryFn: ({ signal }) => listNeighbours(signal) });
export const useNeighbours = () => useQuery(neighboursQuery);

export const codePattern = /^[a-z][a-z0-9-]{1,31}$/;

type Pairs = NeighbourInput["services"];

/** A pair a line: our class, a blank or "=", the neighbour's service. */
export const pairsText = (pairs: Pairs): string => (pairs ?? []).map((it) => `${it.class} = ${it.service}`).join("\n");

/** The pairs of such lines, or the first line that is none. */
export function readPairs(text: string): { pairs: NonNullable<Pairs> } | { faulty: string } {
  const pairs: NonNullable<Pairs> = [];
  for (const line of text.split("\n").map((it) => it.trim()).filter(Boolean)) {
    const found = /^([0-9A-Za-z]{1,20})(?:\s*[=＝]\s*|\s+)(\S.*)$/u.exec(line);
    if (!found || pairs.some((it) => it.class === found[1])) return { faulty: line };
    pairs.push({ class: found[1] ?? "", service: found[2] ?? "" });
  }
  return { pairs };
}

/** As it stands, to be sent again with a change; the key stays as it is. */
export function inputOf(of: Neighbour): NeighbourInput {
  const { link } = of;
  return {
    name: of.name, ground: of.ground, active: of.active, url: link?.url ?? "", jurisdiction: link?.jurisdiction ?? null, services: link?.services ?? [],
    fallback_service: link?.fallback_service ?? null, pulls: link?.pulls ?? false, poll_minutes: link?.poll_minutes ?? 10,
  };
}

/** What is to be done now about a referral, in a line. */
export function nextWords(of: Referral): string {
  switch (of.state) {
    case "waiting": return of.error ? `还没有送达（已试 ${of.attempts} 次），正在自动重试` : "正在送达邻市";
    case "sent": return of.error ? "最近一次查询没有成功，会继续查询" : of.seen_at ? `最近查询 ${dateTime(of.seen_at)}` : "已送达，等待首次查询";
    case "refused": return "邻市没有接收：请撤回后自办，或改转其他邻市";
    case "ended": return "邻市已办结：请派人核查，或由值班长以邻市答复结案；不属实的退回";
    default: return "不再跟踪邻市的进展";
  }
}
