/** A party's own case (我的案件): entered with a code and who one is; the session is a cookie that no script reads. */
import { API, get, post, remove, send } from "./client";
import type { MyCase, MySubmission, MySubmissionKind } from "./contract";

const PAGE = "/public/my-case";

export const enterMyCase = (entry: { code: string; number_end: string; telephone_end: string }) => post<void>("/public/party-session", entry);
export const leaveMyCase = () => remove("/public/party-session");
export const readMyCase = (signal?: AbortSignal) => get<MyCase>(PAGE, undefined, signal);
/** Opening it is the read receipt of what was served here. */
export const myDocumentAddress = (id: string) => `${API}${PAGE}/documents/${id}`;
export const agreeToElectronicService = (of: { name: string; signature: string; words: string }) => post<void>(`${PAGE}/agreement`, of);
export const withdrawFromElectronicService = () => remove(`${PAGE}/agreement`);
export const submitInMyCase = (of: { kind: MySubmissionKind; text?: string; files?: string[]; express?: boolean; client_key: string }) => post<MySubmission>(`${PAGE}/submissions`, of);

/** Sends a file from the page; it belongs to this party of this case alone. */
export async function sendMyFile(file: Blob): Promise<string> {
  const response = await send("POST", `${PAGE}/files`, { body: file });
  return ((await response.json()) as { file: string }).file;
}
