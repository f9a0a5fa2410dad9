/** The party's page as the desk sees it: codes, consents, deliveries, submissions. */
import { API, get, post, remove } from "./client";
import type { IssuedPartyCode, MySubmission, PartyDesk } from "./contract";

export const readPartyDesk = (id: string, signal?: AbortSignal) => get<PartyDesk>(`/cases/${id}/party-desk`, undefined, signal);
export const issuePartyCode = (id: string, party: number) => post<IssuedPartyCode>(`/cases/${id}/parties/${party}/code`);
export const revokePartyCode = (id: string, party: number) => remove(`/cases/${id}/parties/${party}/code`);
export const deliverToParty = (id: string, document: string, party: number) => post<{ arrived_at: string }>(`/cases/${id}/party-deliveries`, { document, party });
export const judgeSubmission = (id: string, submission: string, of: { take: boolean; reason?: string }) => post<MySubmission>(`/cases/${id}/party-submissions/${submission}/actions/judge`, of);
export const partyFileAddress = (id: string, file: string) => `${API}/cases/${id}/party-files/${file}`;
