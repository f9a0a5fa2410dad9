/** Honest closing (诚实结案): suspicions, their verdicts, and whether they hold closing back. */
import { address, get, post, put } from "./client";
import type { BlindTask, Items, MetPairs, Page, Reassigned, RecheckedLead, RecheckState, Reverification, ReverifiedUnit, ScrutinySettings, Suspicion, SuspicionKind, SuspicionState, SuspicionStrength, SuspicionWithVerdicts } from "./contract";

export interface SuspicionFilter { state?: SuspicionState; kind?: SuspicionKind; strength?: SuspicionStrength; unit?: string; lead?: string; cursor?: string }

export const listSuspicions = (filter: SuspicionFilter, signal?: AbortSignal) => get<Page<Suspicion>>("/suspicions", filter, signal);
export const readSuspicion = (id: string, signal?: AbortSignal) => get<SuspicionWithVerdicts>(`/suspicions/${id}`, undefined, signal);

interface Seen { id: string; version: number }
export const judgeSuspicion = (of: Seen, verdict: "upheld" | "dismissed", note: string) => post<Suspicion>(`/suspicions/${of.id}/actions/judge`, { verdict, note }, { version: of.version });
export const reopenSuspicion = (of: Seen, note: string) => post<Suspicion>(`/suspicions/${of.id}/actions/reopen`, { note }, { version: of.version });

export const hearAboutSuspicion = (id: string, note: string) => post<Suspicion>(`/suspicions/${id}/actions/hear`, { note });

export interface PairingFilter { found?: boolean; one?: string; other?: string }
export const readPairings = (filter: PairingFilter, signal?: AbortSignal) => get<MetPairs>("/pairings", filter, signal);
export const pairingsFile = (filter: PairingFilter) => address("/pairings/export", filter);

export const readScrutinySettings = (signal?: AbortSignal) => get<ScrutinySettings>("/scrutiny-settings", undefined, signal);
export const saveScrutinySettings = (hold_closing: boolean, version: number) => put<ScrutinySettings>("/scrutiny-settings", { hold_closing }, { version });

export interface RecheckFilter { draw?: string; unit?: string; state?: RecheckState; from?: string; to?: string; cursor?: string }
export interface NewDraw { from: string; to: string; seed: string; half_width: number }
export interface RecheckAnswer { held: boolean; note?: string; photos: string[]; position?: { x: number; y: number; accuracy: number } }

export const readReverifiedUnits = (period: { from: string; to: string }, signal?: AbortSignal) => get<Items<ReverifiedUnit>>("/reverified-units", period, signal);
export const listReverifications = (signal?: AbortSignal) => get<Items<Reverification>>("/reverifications", undefined, signal);
export const drawReverification = (draw: NewDraw) => post<Reverification>("/reverifications", draw);
export const reassignReverification = (id: string) => post<Reassigned>(`/reverifications/${id}/actions/reassign`, {});
export const listRechecked = (filter: RecheckFilter, signal?: AbortSignal) => get<Page<RecheckedLead>>("/reverification-items", filter, signal);
export const listBlindTasks = (signal?: AbortSignal) => get<Items<BlindTask>>("/reverification-tasks", undefined, signal);
export const answerBlindTask = (id: string, answer: RecheckAnswer) => post<undefined>(`/reverification-tasks/${id}/actions/answer`, answer);
