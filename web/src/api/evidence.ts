/** Evidence (证据) of a case: items, custody, marks, and the matrix of fact, evidence and article. */
import { API, get, post, put } from "./client";
import type { components } from "./schema";
import type { CaseEvidence, CountedOver, EvidenceFact, EvidenceItem, EvidenceUpload, NewEvidence } from "./contract";
import { uploadResumable } from "./files";

/** The materials for an application to the court. */
export type CourtFile = components["schemas"]["CourtFile"];

/** Bytes of one request of a large file: a desk's network carries it in a second or so. */
const PIECE = 8 * 1024 * 1024;

export const readEvidence = (id: string, signal?: AbortSignal) => get<CaseEvidence>(`/cases/${id}/evidence`, undefined, signal);
export const contentAddress = (item: string) => `${API}/evidence/${item}/content`;
export const addEvidence = (id: string, wanted: NewEvidence) => post<{ id: string }>(`/cases/${id}/evidence`, wanted);
export const excludeEvidence = (item: string, reason: string) => post<void>(`/evidence/${item}/actions/exclude`, { reason });
export const countEvidenceOver = (item: string) => post<CountedOver>(`/evidence/${item}/actions/count_over`, {});
export const markEvidence = (item: string, mark: { from_ms: number; until_ms?: number; words: string }) => post<void>(`/evidence/${item}/marks`, mark);
export const handEvidenceOver = (item: EvidenceItem, to: { holder?: string; holder_words?: string; place?: string; reason: string }) =>
  post<void>(`/evidence/${item.id}/actions/hand_over`, { ...to, seen: item.custody.at(-1)?.ordinal ?? 0 });
export const saveMatrix = (id: string, seen: number, facts: EvidenceFact[]) => put<void>(`/cases/${id}/evidence/matrix`, { seen, facts });

/** Where the dossier of a case is made: a form posts there, so that the browser writes it to the disk as it comes. */
export const dossierAddress = (id: string) => `${API}/cases/${id}/dossier`;

/** The materials for an application to the court: what there is and what is lacking; the file is made like a dossier. */
export const readCourtFile = (id: string, signal?: AbortSignal) => get<CourtFile>(`/cases/${id}/court-file`, undefined, signal);
export const courtFileAddress = (id: string) => `${API}/cases/${id}/court-file`;

/** Sends a file of any size and says the upload it became; a second call with the same `remembered` goes on where the first stopped. */
export async function sendEvidence(file: Blob, remembered: { upload?: string }, progress: (share: number) => void): Promise<string> {
  remembered.upload ??= (await post<EvidenceUpload>("/evidence/uploads", { length: file.size })).id;
  await uploadResumable(file, { address: `/uploads/${remembered.upload}`, progress, piece: PIECE });
  return remembered.upload;
}
