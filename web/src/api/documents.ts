/** Official documents (执法文书): kinds with their samples, and the documents of a docket. */
import { API, get, post, put } from "./client";
import type { BegunDocument, DocumentContent, DocumentKindList, Items, OfficialDocument } from "./contract";

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
