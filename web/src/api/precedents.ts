/** Precedents (判例): settled boundary disputes. */
import { get, patch, post } from "./client";
import type { Page, Precedent, PrecedentInput } from "./contract";

export const listPrecedents = (filter: { active?: boolean; cursor?: string }, signal?: AbortSignal) => get<Page<Precedent>>("/precedents", { ...filter }, signal);
export const recordPrecedent = (input: PrecedentInput) => post<Precedent>("/precedents", input);
export const changePrecedent = (id: string, input: PrecedentInput, version: number) => patch<Precedent>(`/precedents/${id}`, input, { version });
export const withdrawPrecedent = (id: string, reason: string, version: number) => post<Precedent>(`/precedents/${id}/actions/withdraw`, { reason }, { version });
