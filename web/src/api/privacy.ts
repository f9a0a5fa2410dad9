/** Privacy (个人信息保护): notices, requests of persons about themselves, impact assessments. */
import { get, post, put, send } from "./client";
import type { ImpactAssessment, Items, NewImpactAssessment, NewPrivacyRequest, OwnRequest, Page, PrivacyDecision, PrivacyNotice, PrivacyNotices, PrivacyRequest, RetentionDays, RetentionDue, RetentionHold, RetentionRun, RetentionSettings, WholePrivacyRequest } from "./contract";

export const readPublicNotices = (signal?: AbortSignal) => get<Items<PrivacyNotice>>("/public/privacy-notices", undefined, signal);

const own = (tracking: string) => `/public/reports/${encodeURIComponent(tracking)}`;
export interface OwnWords { kind: "correct" | "erase"; telephone: string; name?: string; new_telephone?: string; note?: string }
export const askAboutMyself = (tracking: string, words: OwnWords) => post<OwnRequest>(`${own(tracking)}/privacy-requests`, words);
export const listOwnRequests = (tracking: string, signal?: AbortSignal) => get<Items<OwnRequest>>(`${own(tracking)}/privacy-requests`, undefined, signal);
export const copyOwnData = (tracking: string, telephone: string) => saved(`${own(tracking)}/personal-data`, telephone ? { telephone } : {});

export interface RequestFilter { state?: string; kind?: string; cursor?: string }
export const listPrivacyRequests = (filter: RequestFilter, signal?: AbortSignal) => get<Page<PrivacyRequest>>("/privacy-requests", filter, signal);
export const readPrivacyRequest = (id: string, signal?: AbortSignal) => get<WholePrivacyRequest>(`/privacy-requests/${id}`, undefined, signal);
export const enterPrivacyRequest = (request: NewPrivacyRequest) => post<PrivacyRequest>("/privacy-requests", request);
export const decidePrivacyRequest = (of: { id: string; version: number }, decision: PrivacyDecision) =>
  post<WholePrivacyRequest>(`/privacy-requests/${of.id}/actions/decide`, decision, { version: of.version });
export const handOutCopy = (id: string) => saved(`/privacy-requests/${id}/actions/copy`, {});

export const readPrivacyNotices = (signal?: AbortSignal) => get<PrivacyNotices>("/privacy-notices", undefined, signal);
export const saveNoticeDraft = (words: { text: string; minors: string }, version: number) => put<PrivacyNotices>("/privacy-notices/draft", words, { version });
export const publishNotice = (version: number) => post<PrivacyNotices>("/privacy-notices", {}, { version });

export const listImpactAssessments = (signal?: AbortSignal) => get<Items<ImpactAssessment>>("/impact-assessments", undefined, signal);
export const enterImpactAssessment = (entry: NewImpactAssessment) => post<ImpactAssessment>("/impact-assessments", entry);

export const readRetention = (signal?: AbortSignal) => get<RetentionSettings>("/retention-settings", undefined, signal);
export const saveRetention = (items: RetentionDays[], version: number) => put<RetentionSettings>("/retention-settings", { items }, { version });
export const previewRetention = (signal?: AbortSignal) => get<Items<RetentionDue>>("/retention-preview", undefined, signal);
export const listRetentionRuns = (signal?: AbortSignal) => get<Items<RetentionRun>>("/retention-runs", undefined, signal);
export const beginRetention = () => post<Items<RetentionRun>>("/retention-runs");
export const listRetentionHolds = (signal?: AbortSignal) => get<Items<RetentionHold>>("/retention-holds", undefined, signal);
export const placeRetentionHold = (hold: { number: string; reason: string }) => post<Items<RetentionHold>>("/retention-holds", hold);
export const releaseRetentionHold = (id: string) => post<Items<RetentionHold>>(`/retention-holds/${id}/actions/release`);

/** Asks for a file and hands it to the browser to keep. */
async function saved(path: string, body: object): Promise<void> {
  const response = await send("POST", path, { body });
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "personal-data.zip";
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
