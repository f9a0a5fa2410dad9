/**
 * Drafts that survive a reload, a closed tab and an empty battery. A database of its own, so that the citizens' page never
 * opens the staff's queue.
 */
import { openDB, type IDBPDatabase } from "idb";

let shared: Promise<IDBPDatabase> | undefined;
const drafts = () =>
  (shared ??= openDB("bihuan-drafts", 1, {
    upgrade(db) { db.createObjectStore("drafts"); },
    terminated() { shared = undefined; },
  }));

export async function loadDraft<T>(name: string): Promise<T | undefined> {
  // Private windows of some browsers have no database: the page works, only without drafts.
  try { return (await (await drafts()).get("drafts", name)) as T | undefined; } catch { return undefined; }
}
export async function saveDraft(name: string, value: unknown): Promise<boolean> {
  try { await (await drafts()).put("drafts", value, name); return true; } catch { return false; }
}
export async function dropDraft(name: string): Promise<void> {
  try { await (await drafts()).delete("drafts", name); } catch { /* nothing was kept */ }
}
