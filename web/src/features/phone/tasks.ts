/** My tasks, kept on the phone with their photos, so that a cellar without network changes nothing. */
import type { Id, Lead, LeadRow } from "../../api/contract";
import { send } from "../../api/client";
import { listTodo, readLead } from "../../api/leads";
import { kept, readNote, writeNote, type KeptTodo } from "../../offline/database";
import { announce, keepLead } from "../../offline/run";

const MOST = 150;
const THUMBNAILS = 400;

export const keptTodo = (person: Id) => readNote<KeptTodo>(`todo:${person}`);
export const keptLead = async (id: Id): Promise<Lead | undefined> => (await (await kept()).get("leads", id))?.lead;

/** Reads the list and whatever of it changed; throws when the list itself cannot be read. */
export async function refreshTasks(person: Id): Promise<void> {
  if (!navigator.onLine) return;
  const rows: LeadRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await listTodo(cursor);
    rows.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor && rows.length < MOST);
  await writeNote(`todo:${person}`, { rows, kept_at: Date.now() } satisfies KeptTodo);
  announce();
  const db = await kept();
  let changed = false;
  for (const row of rows) {
    const known = await db.get("leads", row.id);
    // The offers depend on the clock too: an old copy is read again even when the version is the same.
    if (known && known.person === person && known.lead.version === row.version && Date.now() - known.kept_at < 10 * 60_000) continue;
    try {
      const lead = await readLead(row.id);
      await keepLead(person, lead);
      await keepThumbnails(lead);
      changed = true;
    } catch {
      // One unreadable task must not cost the others; it is read again next time.
    }
  }
  await clean(new Set(rows.map((it) => it.id)));
  if (changed) announce();
}

async function keepThumbnails(lead: Lead): Promise<void> {
  const db = await kept();
  for (const photo of lead.photos) {
    if (await db.get("thumbnails", photo.id)) continue;
    const answer = await send("GET", `/files/${photo.id}/thumbnail`);
    await db.put("thumbnails", { id: photo.id, type: answer.headers.get("Content-Type") ?? "image/jpeg", data: await answer.arrayBuffer(), used_at: Date.now() });
  }
}

async function clean(current: Set<Id>): Promise<void> {
  const db = await kept();
  const waiting = new Set((await db.getAll("sends")).map((it) => it.lane));
  const old = Date.now() - 2 * 86_400_000;
  for (const it of await db.getAll("leads")) if (!current.has(it.id) && !waiting.has(it.id) && it.kept_at < old) await db.delete("leads", it.id);
  const keys = await db.getAllKeys("thumbnails");
  if (keys.length <= THUMBNAILS) return;
  const all = (await db.getAll("thumbnails")).sort((a, b) => a.used_at - b.used_at);
  for (const it of all.slice(0, all.length - THUMBNAILS)) await db.delete("thumbnails", it.id);
}
