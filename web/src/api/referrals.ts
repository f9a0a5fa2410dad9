/** Referrals (案件线索移交、管罚衔接). */
import { address, API, get, post, put } from "./client";
import type { Page } from "./contract";
import type { CaseReferral, CaseReferralCounts, CaseReferralRow, CaseReferralSettings, CaseReferralSettingsView, CaseReferralSuspect, NewCaseReferral } from "./referral-types";
import { uploadResumable } from "./files";

/** Bytes of one request of a file. */
const PIECE = 8 * 1024 * 1024;

export interface ReferralFilter { state?: string; way?: string; lead?: string; q?: string; open?: boolean; overdue?: boolean; mine?: boolean; cursor?: string }
export interface SentFile { upload: string; name: string }
export interface ReferralAct { text?: string; unit?: string; days?: number; ask?: number; files?: SentFile[] }

export const listReferrals = (filter: ReferralFilter, signal?: AbortSignal) => get<Page<CaseReferralRow>>("/referrals", filter, signal);
export const countReferrals = (signal?: AbortSignal) => get<CaseReferralCounts>("/referrals/counts", undefined, signal);
export const referralsFile = (filter: ReferralFilter) => address("/referrals/export", { ...filter });
export const readReferral = (id: string, signal?: AbortSignal) => get<CaseReferral>(`/referrals/${id}`, undefined, signal);
export const openReferral = (of: NewCaseReferral) => post<CaseReferral>("/referrals", of);
export const actOnReferral = (of: { id: string; version: number }, verb: string, act: ReferralAct) => post<CaseReferral>(`/referrals/${of.id}/actions/${verb}`, act, { version: of.version });
export const revealSuspect = (id: string, reason: string) => post<CaseReferralSuspect>(`/referrals/${id}/suspect/actions/reveal`, { reason });
export const takeInReferralFile = (id: string, ordinal: number) => post<CaseReferral>(`/referrals/${id}/files/${ordinal}/actions/take-in`, {});
export const referralFileAddress = (id: string, ordinal: number) => `${API}/referrals/${id}/files/${ordinal}`;
export const referralPaperAddress = (id: string, document: string) => `${API}/referrals/${id}/papers/${document}`;
export const readReferralSettings = (signal?: AbortSignal) => get<CaseReferralSettingsView>("/referral-settings", undefined, signal);
export const saveReferralSettings = (settings: CaseReferralSettings, version: number) => put<CaseReferralSettingsView>("/referral-settings", settings, { version });

/** Sends a file and says the upload it became; a second call with the same `remembered` goes on where the first stopped. */
export async function sendReferralFile(file: Blob, remembered: { upload?: string }, progress: (share: number) => void): Promise<string> {
  remembered.upload ??= (await post<{ id: string }>("/referral-uploads", { length: file.size })).id;
  await uploadResumable(file, { address: `/uploads/${remembered.upload}`, progress, piece: PIECE });
  return remembered.upload;
}
