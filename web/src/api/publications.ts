/** Publication of decisions, repair of credit, reviews and suits (公开与信用). */
import { address, get, post, put, send } from "./client";
import type { CasePublications, Page, PublicationComparison, PublicationContent, PublicationCounts, PublicationView, PublicDecision, RemedyPage, RemedyView, RepairView } from "./contract";

export interface PublicationFilter { state?: string; q?: string; late?: boolean; cursor?: string }
export interface RemedyFilter { open?: boolean; kind?: string; q?: string; cursor?: string }

type Of = { id: string; version: number };

export const listPublications = (filter: PublicationFilter, signal?: AbortSignal) => get<Page<PublicationView>>("/publications", filter, signal);
export const countPublications = (signal?: AbortSignal) => get<PublicationCounts>("/publications/counts", undefined, signal);
export const publicationsFile = (filter: PublicationFilter) => address("/publications/export", filter);
export const readCasePublications = (id: string, signal?: AbortSignal) => get<CasePublications>(`/cases/${id}/publications`, undefined, signal);

export const draftPublication = (id: string) => post<PublicationView>(`/publications/${id}/actions/draft`, {});
export const editPublication = (of: Of, content: PublicationContent) => put<PublicationView>(`/publications/${of.id}/content`, { seen: of.version, content });
export const comparePublication = (id: string) => post<PublicationComparison>(`/publications/${id}/actions/compare`, {});
export const stepOfPublication = (of: Of, step: string, body: object) => post<PublicationView>(`/publications/${of.id}/actions/${step}`, { seen: of.version, ...body });

export const listRepairs = (filter: { open?: boolean; cursor?: string }, signal?: AbortSignal) => get<Page<RepairView>>("/credit-repairs", filter, signal);
export const applyForRepair = (publication: string, promise: string) => post<RepairView>(`/publications/${publication}/repairs`, { promise });
export const stepOfRepair = (of: Of, step: "check" | "decide", body: object) => post<RepairView>(`/credit-repairs/${of.id}/actions/${step}`, { seen: of.version, ...body });
export const takeRepairFeedback = async (): Promise<Blob> => (await send("POST", "/credit-repairs/actions/feedback", { body: {} })).blob();

export const listRemedies = (filter: RemedyFilter, signal?: AbortSignal) => get<RemedyPage>("/remedies", filter, signal);
export const remediesFile = (filter: RemedyFilter) => address("/remedies/export", filter);
export const openRemedy = (caseId: string, of: object) => post<RemedyView>(`/cases/${caseId}/remedies`, of);
export const changeRemedy = (of: Of, body: object) => put<RemedyView>(`/remedies/${of.id}`, { seen: of.version, ...body });
export const closeRemedy = (of: Of, body: object) => post<RemedyView>(`/remedies/${of.id}/actions/close`, { seen: of.version, ...body });

export const listPublicDecisions = (filter: { q?: string; year?: string; cursor?: string }, signal?: AbortSignal) => get<Page<PublicDecision>>("/public/decisions", filter, signal);
export const readPublicDecision = (id: string, signal?: AbortSignal) => get<PublicDecision>(`/public/decisions/${encodeURIComponent(id)}`, undefined, signal);
export const publicDecisionsFile = (filter: { q?: string; year?: string }) => address("/public/decisions/export", filter);
