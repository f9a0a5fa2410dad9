/** Written notices (督办文书): prompt, supervision, account. */
import { get, post, put } from "./client";
import type { NoticeCounts, NoticeDraft, NoticeRow, NoticeSettings, NoticeSettingsView, NoticeStage, Page, WrittenNotice } from "./contract";

export interface NoticeFilter { state?: string; stage?: NoticeStage; unit?: string; lead?: string; overdue?: boolean; mine?: boolean; cursor?: string }

export const listNotices = (filter: NoticeFilter, signal?: AbortSignal) => get<Page<NoticeRow>>("/notices", filter, signal);
export const countNotices = (signal?: AbortSignal) => get<NoticeCounts>("/notices/counts", undefined, signal);
export const readNotice = (id: string, signal?: AbortSignal) => get<WrittenNotice>(`/notices/${id}`, undefined, signal);
export const draftNotice = (leads: readonly string[], signal?: AbortSignal) => get<NoticeDraft>("/notices/draft", { leads: leads.join(",") }, signal);
export const issueNotice = (leads: readonly string[], demand: string) => post<WrittenNotice>("/notices", { leads, ...(demand.trim() ? { demand } : {}) });

interface Seen { id: string; version: number }
export const actOnNotice = (of: Seen, verb: string, body: object) => post<WrittenNotice>(`/notices/${of.id}/actions/${verb}`, body, { version: of.version });

export const readNoticeSettings = (signal?: AbortSignal) => get<NoticeSettingsView>("/notice-settings", undefined, signal);
export const saveNoticeSettings = (settings: NoticeSettings, version: number) => put<NoticeSettingsView>("/notice-settings", settings, { version });
