/** Reading and moving leads (线索). */
import { address, get, post } from "./client";
import type { ActionBodies, Counts, HistoryEntry, Hotspots, Items, Lead, LeadFilter, LeadRow, NewLead, Page, PhotoArea, PhotoPublication, Suggestion, Verb } from "./contract";

export const listLeads = (filter: LeadFilter, signal?: AbortSignal) => get<Page<LeadRow>>("/leads", filter, signal);
export const countLeads = (signal?: AbortSignal) => get<Counts>("/leads/counts", undefined, signal);
export const readLead = (id: string, signal?: AbortSignal) => get<Lead>(`/leads/${id}`, undefined, signal);
export const readHistory = (id: string, signal?: AbortSignal) => get<Items<HistoryEntry>>(`/leads/${id}/history`, undefined, signal);
export const readSuggestions = (id: string, signal?: AbortSignal) => get<Suggestion>(`/leads/${id}/suggestions`, undefined, signal);
export const listHotspots = (window: { days: number; metres: number }, signal?: AbortSignal) => get<Hotspots>("/hotspots", window, signal);
export const listTodo = (cursor?: string, signal?: AbortSignal) => get<Page<LeadRow>>("/todo", { cursor }, signal);

/** Reports a lead; `client_key` makes sending it twice the same as sending it once. */
/** The answer to a report is a receipt; the pages go on with the lead itself. Sent again, the same key finds the same lead. */
export const createLead = async (lead: NewLead) => readLead((await post<{ id: string }>("/leads", lead, { idempotencyKey: lead.client_key })).id);

/** Takes one step with a lead; `version` is what the person saw, so that nobody overwrites unseen. */
export function act<V extends Verb>(lead: { id: string; version: number }, verb: V, body: ActionBodies[V], keepalive = false): Promise<Lead> {
  return post<Lead>(`/leads/${lead.id}/actions/${verb}`, body, { version: lead.version, keepalive });
}

export const revealReporter = (lead: { id: string; version: number }, reason: string) =>
  post<{ name?: string | null; telephone?: string | null }>(`/leads/${lead.id}/actions/reveal`, { reason }, { version: lead.version });

/** What the public sees of a photo, and changing it. */
export const readPublication = (lead: string, file: string, signal?: AbortSignal) => get<PhotoPublication>(`/leads/${lead}/photos/${file}/publication`, undefined, signal);
export const coverPhoto = (lead: string, file: string, areas: PhotoArea[]) => post<void>(`/leads/${lead}/photos/${file}/actions/cover`, { areas });
export const changePhoto = (lead: string, file: string, verb: "withhold" | "publish", reason: string) => post<void>(`/leads/${lead}/photos/${file}/actions/${verb}`, { reason });

export const exportAddress = (filter: LeadFilter, format: "csv" | "xlsx" | "jsonl") => address("/leads/export", { ...filter, format });
