/** The real server behind the sender, through the one client of all pages. */
import { get, post } from "../api/client";
import type { HistoryEntry, Items, Lead } from "../api/contract";
import { uploadResumable } from "../api/files";
import type { Door } from "./sender";

export const serverDoor: Door = {
  upload: (photo, options) => uploadResumable(photo, options),
  // The answer is a receipt; what is kept on the device is the lead. Sent again, the same key finds the same lead.
  report: async (body, key) => get<Lead>(`/leads/${(await post<{ id: string }>("/leads", body, { idempotencyKey: key })).id}`),
  act: (lead, verb, body, version, key) =>
    post<Lead>(`/leads/${lead}/actions/${verb}`, body, { version: version ?? undefined, idempotencyKey: key }),
  read: (lead) => get<Lead>(`/leads/${lead}`),
  history: async (lead) => (await get<Items<HistoryEntry>>(`/leads/${lead}/history`)).items,
};
