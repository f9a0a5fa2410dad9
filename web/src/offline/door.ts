/** The real server behind the sender, through the one client of all pages. */
import { get, post } from "../api/client";
import type { HistoryEntry, Items, Lead } from "../api/contract";
import { uploadResumable } from "../api/files";
import type { Door } from "./sender";

export const serverDoor: Door = {
  upload: (photo, options) => uploadResumable(photo, options),
  report: (body, key) => post<Lead>("/leads", body, { idempotencyKey: key }),
  act: (lead, verb, body, version, key) =>
    post<Lead>(`/leads/${lead}/actions/${verb}`, body, { version: version ?? undefined, idempotencyKey: key }),
  read: (lead) => get<Lead>(`/leads/${lead}`),
  history: async (lead) => (await get<Items<HistoryEntry>>(`/leads/${lead}/history`)).items,
};
