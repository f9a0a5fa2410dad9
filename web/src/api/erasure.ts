/** Erasing a reporter's name and telephone for good (删除报料人信息). */
import { post } from "./client";

export const eraseReporter = (lead: { id: string }, body: { reason: string; everywhere: boolean }) =>
  post<{ erased: string[]; remaining: number }>(`/leads/${lead.id}/actions/erase-reporter`, body);
