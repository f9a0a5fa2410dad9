/**
 * What the phone keeps on the device: sends that wait, their photos, the tasks of this person, and drafts.
 *
 * Photos are kept as bytes and not as `Blob`: some browsers lose blobs of a database after a restart.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Id, Lead, LeadRow, Session, Verb } from "../api/contract";

export type PhotoField = "photos" | "before_photos" | "after_photos";

/** A photo of a waiting send; `upload` is where its transfer goes on, `file` its id once it arrived. */
export interface SendPhoto { id: string; field: PhotoField; bytes: number; upload?: string; file?: string }

export interface SendProblem { code: string; detail: string; citation: string | null }

/**
 * One thing that a person did and that the server must hear: a report, or a step with a lead.
 *
 * `lane` is the lead (or the report itself): inside a lane the order is kept, lanes do not wait for each other.
 */
export interface Send {
  seq: number;
  /** Also the key that makes sending twice the same as sending once. */
  id: string;
  person: Id;
  lane: string;
  kind: "report" | "action";
  verb: Verb | null;
  label: string;
  title: string;
  lead: { id: Id; number: string } | null;
  body: Record<string, unknown>;
  photos: SendPhoto[];
  /** The version that the person saw; null when made on top of an earlier send of the same lane. */
  version: number | null;
  /** `conflict`: somebody else changed the lead; `refused`: the server said no. Both wait for the person. */
  state: "waiting" | "conflict" | "refused";
  attempts: number;
  not_before: number;
  /** An earlier attempt may have arrived although no answer came back. */
  unsure: boolean;
  problem: SendProblem | null;
  made_at: string;
}

export interface KeptPhoto { id: string; send: string; type: string; data: ArrayBuffer }
export interface KeptLead { id: Id; person: Id; lead: Lead; kept_at: number }
export interface KeptThumbnail { id: string; type: string; data: ArrayBuffer; used_at: number }
export interface SentNote {
  id: string; person: Id; label: string; title: string; number: string | null; lead: Id | null; at: string;
  /** The version that it was done on, and the one that it made; nothing where others may have changed it in between. */
  from?: number | null; to?: number | null;
}
export interface KeptTodo { rows: LeadRow[]; kept_at: number }

interface Schema extends DBSchema {
  sends: { key: number; value: Send; indexes: { id: string; lane: string } };
  photos: { key: string; value: KeptPhoto; indexes: { send: string } };
  leads: { key: string; value: KeptLead };
  thumbnails: { key: string; value: KeptThumbnail };
  sent: { key: string; value: SentNote; indexes: { at: string } };
  /** `session`, `todo:<person>`, `draft:<name>`, … */
  notes: { key: string; value: unknown };
}

export type Kept = IDBPDatabase<Schema>;

/** Version 1 of the schema; a later version adds stores and never removes a store that may hold unsent work. */
export function openKept(name = "bihuan"): Promise<Kept> {
  return openDB<Schema>(name, 1, {
    upgrade(db) {
      const sends = db.createObjectStore("sends", { keyPath: "seq", autoIncrement: true });
      sends.createIndex("id", "id", { unique: true });
      sends.createIndex("lane", "lane");
      db.createObjectStore("photos", { keyPath: "id" }).createIndex("send", "send");
      db.createObjectStore("leads", { keyPath: "id" });
      db.createObjectStore("thumbnails", { keyPath: "id" });
      db.createObjectStore("sent", { keyPath: "id" }).createIndex("at", "at");
      db.createObjectStore("notes");
    },
    blocking(_current, _blocked, event) {
      // A newer version of the page waits for this one; everything durable is already written.
      (event.target as IDBDatabase).close();
      shared = undefined;
    },
    terminated() { shared = undefined; },
  });
}

let shared: Promise<Kept> | undefined;
export const kept = (): Promise<Kept> => (shared ??= openKept());

export async function readNote<T>(key: string): Promise<T | undefined> {
  return (await (await kept()).get("notes", key)) as T | undefined;
}
export async function writeNote(key: string, value: unknown): Promise<void> {
  await (await kept()).put("notes", value, key);
}
export async function dropNote(key: string): Promise<void> {
  await (await kept()).delete("notes", key);
}

export const keptSession = () => readNote<Session>("session");
