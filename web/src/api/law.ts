/** The legal library (法律库): matters, statutes, empowerment. */
import { address, get, post, put, remove } from "./client";
import type { Announcement, FoundArticle, Jurisdiction, MatterImport, MatterInFull, MatterPage, MatterRow, MatterSuggestion, NewAnnouncement, Party, StatuteItem, StatuteText } from "./contract";

export interface MatterFilter { q?: string; domain?: string; rank?: string; status?: string; target?: string; region?: string; on?: string; drafts?: boolean }
interface Paged<T> { items: T[]; next_cursor?: string | null }

export const listMatters = (filter: MatterFilter & { cursor?: string }, signal?: AbortSignal) => get<MatterPage>("/matters", filter, signal);
export const mattersFile = (filter: MatterFilter, format: "csv" | "xlsx") => address("/matters/export", { ...filter, format });
export const readMatter = (code: string, ask: { act?: string; decision?: string; party?: Party }, signal?: AbortSignal) => get<MatterInFull>(`/matters/${encodeURIComponent(code)}`, ask, signal);
/** `seen` is the `at` of the draft that was read; nothing where there was none. Where another stands, the server refuses. */
export const saveDraft = (code: string, row: MatterRow, reason: string, seen: string | null) => put<{ code: string; number: number }>(`/matters/${encodeURIComponent(code)}/draft`, { row, reason, seen });
export const discardDraft = (code: string, seen: string) => remove(`/matters/${encodeURIComponent(code)}/draft?seen=${encodeURIComponent(seen)}`);
export const publishDraft = (code: string, seen: string) => post<{ codes: string[] }>("/matters/actions/publish", { drafts: [{ code, at: seen }] });
/** Every draft, of which so many were seen. */
export const publishAllDrafts = (seen: number) => post<{ codes: string[] }>("/matters/actions/publish", { all: seen });
export const importMatters = (file: File, reason: string) => post<MatterImport>("/matters/imports", file, { query: { reason }, headers: { "Content-Type": file.name.toLowerCase().endsWith(".xlsx") ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv" } });
export const suggestMatters = (question: { text: string; class_name?: string; region?: string; on?: string }, signal?: AbortSignal) => post<{ items: MatterSuggestion[] }>("/matters/suggestions", question, { signal });
export const readJurisdiction = (code: string, region: string, on: string, signal?: AbortSignal) => get<Jurisdiction>(`/matters/${encodeURIComponent(code)}/jurisdiction`, { region, on }, signal);
export const listAnnouncements = (cursor?: string, signal?: AbortSignal) => get<Paged<Announcement>>("/empowerments", { cursor }, signal);
export const announce = (announcement: NewAnnouncement) => post<{ id: string }>("/empowerments", announcement);
export const listStatutes = (q: string, cursor?: string, signal?: AbortSignal) => get<Paged<StatuteItem>>("/statutes", { q, cursor }, signal);
export const readStatute = (id: string, signal?: AbortSignal) => get<StatuteText>(`/statutes/${id}`, undefined, signal);
export const searchArticles = (q: string, cursor?: string, signal?: AbortSignal) => get<Paged<FoundArticle>>("/statute-articles", { q, cursor }, signal);
