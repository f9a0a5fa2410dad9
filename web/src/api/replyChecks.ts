/** Whether replies answer (答复核验). */
import { get, post, put } from "./client";
import type { Page, ReplyCheck, ReplyCheckSettings, ReplyCheckState } from "./contract";

export interface ReplyCheckFilter { lead?: string; state?: ReplyCheckState; cursor?: string }

export const listReplyChecks = (filter: ReplyCheckFilter, signal?: AbortSignal) => get<Page<ReplyCheck>>("/reply-checks", filter, signal);
export const countReplyChecks = (signal?: AbortSignal) => get<{ held: number }>("/reply-checks/count", undefined, signal);
export const releaseReply = (of: ReplyCheck, reason: string) => post<ReplyCheck>(`/reply-checks/${of.lead_id}/actions/release`, { reason }, { version: of.lead_version });
export const rewriteReply = (of: ReplyCheck, words: string) => post<ReplyCheck>(`/reply-checks/${of.lead_id}/actions/rewrite`, { words }, { version: of.lead_version });
export const readReplyCheckSettings = (signal?: AbortSignal) => get<ReplyCheckSettings>("/reply-check-settings", undefined, signal);
export const saveReplyCheckSettings = (settings: ReplyCheckSettings) => put<ReplyCheckSettings>("/reply-check-settings", settings);
