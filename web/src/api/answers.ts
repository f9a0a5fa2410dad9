/** Answers (答复): what a source is owed when its lead is over. */
import { get, post } from "./client";
import type { Answer, AnswerState, Page } from "./contract";

export interface AnswerFilter { lead?: string; state?: AnswerState; source?: string; cursor?: string }

export const listAnswers = (filter: AnswerFilter, signal?: AbortSignal) => get<Page<Answer>>("/answers", filter, signal);
export const giveAnswer = (id: string, how: string) => post<Answer>(`/answers/${id}/actions/give`, { how });
export const retryAnswer = (id: string) => post<Answer>(`/answers/${id}/actions/retry`);
