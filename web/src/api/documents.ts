/** Official documents (执法文书): kinds with their samples, and the documents of a docket. */
import { API, get, post, put } from "./client";
import type { BegunDocument, DocumentContent, DocumentKindList, Items, OfficialDocument } from "./contract";
import type { OrganFacts, OrganSettings, Phrase, PhraseList, PhraseText, TogetherFigures } from "./papers";

export const listDocumentKinds = (signal?: AbortSignal) => get<DocumentKindList>("/document-kinds", undefined, signal);
/** Where a kind's sample is; `strip` is the paper of a portable printer. */
export const sampleOf = (code: string, paper?: "strip") => `${API}/document-kinds/${code}/sample${paper ? `?paper=${paper}` : ""}`;
/** One paper of a kind that has several. */
export const samplePart = (code: string, part: string) => `${API}/document-kinds/${code}/sample?part=${part}`;
export const listDocuments = (docket: string, signal?: AbortSignal) => get<Items<OfficialDocument>>(`/dockets/${docket}/documents`, undefined, signal);
/** Where a document's PDF is: a draft as it would be printed, an issued one as it was. */
export const pdfOf = (document: Pick<OfficialDocument, "id" | "file">) => `${API}/documents/${document.id}/${document.file ? "file" : "preview"}`;
/** An issued decision on the spot, on the paper of a portable printer. */
export const stripOf = (document: Pick<OfficialDocument, "id">) => `${API}/documents/${document.id}/strip`;
/** The fields of a kind, with what the docket and the last document know filled in. */
export const beginDocument = (docket: string, kind: string) => post<BegunDocument>(`/dockets/${docket}/documents/${kind}/actions/begin`);
export const draftDocument = (docket: string, kind: string, data: unknown) => post<OfficialDocument>(`/dockets/${docket}/documents`, { kind, data });
export const readDocument = (id: string, signal?: AbortSignal) => get<DocumentContent>(`/documents/${id}`, undefined, signal);
export const rewriteDocument = (document: Pick<OfficialDocument, "id" | "version">, data: unknown) => put<OfficialDocument>(`/documents/${document.id}`, { data }, { version: document.version });
export const issueDocument = (document: Pick<OfficialDocument, "id" | "version">) => post<OfficialDocument>(`/documents/${document.id}/actions/issue`, undefined, { version: document.version });
export const voidDocument = (document: Pick<OfficialDocument, "id" | "version">, reason: string) => post<OfficialDocument>(`/documents/${document.id}/actions/void`, { reason }, { version: document.version });
/** Where a document's editing copy for Word is; it is not the original. */
export const wordOf = (document: Pick<OfficialDocument, "id">) => `${API}/documents/${document.id}/docx`;

/** The penalty decision with the advice on compliance and the notice of how credit is repaired. */
export type Decision = "D14" | "D15";
export const draftTogether = (docket: string, decision: Decision) => post<Items<OfficialDocument>>(`/dockets/${docket}/documents/actions/draft-together`, { decision });
export const issueTogether = (docket: string, decision: Decision) => post<Items<OfficialDocument>>(`/dockets/${docket}/documents/actions/issue-together`, { decision });
export const readTogether = (ask: { from?: string; until?: string; only?: string }, signal?: AbortSignal) => get<TogetherFigures>("/document-together-figures", ask, signal);

export const listOrgans = (signal?: AbortSignal) => get<OrganSettings>("/document-organs", undefined, signal);
export const setOrgan = (organisation: string, facts: OrganFacts, effective_from: string | undefined) => put<OrganSettings>(`/document-organs/${organisation}`, { facts, effective_from });

export interface PhraseAsk { kind?: string; field?: string; q?: string; state?: string; own?: boolean }
export const listPhrases = (ask: PhraseAsk, signal?: AbortSignal) => get<PhraseList>("/phrases", { ...ask }, signal);
export const writePhrase = (phrase: PhraseText, own: boolean) => post<Phrase>("/phrases", { phrase, own });
export const changePhrase = (of: Pick<Phrase, "id" | "version">, phrase: PhraseText) => put<Phrase>(`/phrases/${of.id}`, phrase, { version: of.version });
export const actOnPhrase = (of: Pick<Phrase, "id" | "version">, action: "publish" | "withdraw") => post<Phrase>(`/phrases/${of.id}/actions/${action}`, undefined, { version: of.version });
export const takePhrase = (id: string, docket: string, data: unknown) => post<{ text: string; open: string[] }>(`/phrases/${id}/uses`, { docket, data });
