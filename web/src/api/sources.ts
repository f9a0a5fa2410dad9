/** Sources (来源): where leads come from, and how a message of another system is read. */
import { API, get, post, put } from "./client";
import type { Items, ReadMessage, Source, SourceInput } from "./contract";

export const listSources = (signal?: AbortSignal) => get<Items<Source>>("/sources", undefined, signal);
/** `version` is what the person saw; 0 for a source that nobody has set up yet. */
export const saveSource = (code: string, source: SourceInput, version: number) => put<Source>(`/sources/${code}`, source, { version });

/** The message goes as it was written: numbers longer than the page can count stay whole. */
export const previewMessage = (code: string, mapping: Record<string, string>, message: string) =>
  post<ReadMessage>(`/sources/${code}/messages/preview`, new Blob([`{"mapping":${JSON.stringify(mapping)},"message":${message}}`], { type: "application/json" }));

/** Where another system sends its messages. */
export const messageAddress = (origin: string, code: string) => `${origin}${API}/sources/${code}/messages`;
