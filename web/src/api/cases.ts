/** Enforcement cases (案件). */
import { get, post } from "./client";
import type { components } from "./schema";
import type { CaseFile, CaseOfficerChoices, CaseRow, Hearings, NewCase, Page, RevealedParty } from "./contract";

/** What the page of a case begins with. */
type CasePageParts = components["schemas"]["CasePage"];
export interface CaseFilter { state?: string; track?: string; lead?: string; q?: string; open?: boolean; mine?: boolean; waiting?: boolean; overdue?: boolean; cursor?: string }

export const listCases = (filter: CaseFilter, signal?: AbortSignal) => get<Page<CaseRow>>("/cases", filter, signal);
export const readCase = (id: string, signal?: AbortSignal) => get<CaseFile>(`/cases/${id}`, undefined, signal);
/** The case with its documents and evidence, in one call. */
export const readCasePage = (id: string, signal?: AbortSignal) => get<CasePageParts>(`/cases/${id}/page`, undefined, signal);
export const openCase = (of: NewCase) => post<CaseFile>("/cases", of);
export const actOnCase = (of: { id: string; version: number }, action: string, content: object) => post<CaseFile>(`/cases/${of.id}/actions/${action}`, content, { version: of.version });
export const sendBackCase = (of: { id: string; version: number }, text: string) => post<CaseFile>(`/cases/${of.id}/send-backs`, { text }, { version: of.version });
export const resubmitCase = (of: { id: string; version: number }, text: string) => post<CaseFile>(`/cases/${of.id}/resubmissions`, { text }, { version: of.version });
export const listHearings = (from: string, to: string, signal?: AbortSignal) => get<Hearings>("/case-hearings", { from, to }, signal);
export const revealParty = (id: string, ordinal: number, reason: string) => post<RevealedParty>(`/cases/${id}/parties/${ordinal}/actions/reveal`, { reason });
export const caseOfficers = (signal?: AbortSignal) => get<CaseOfficerChoices>("/case-officers", undefined, signal);
