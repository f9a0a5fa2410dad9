/**
 * The nouns of the HTTP contract as the pages use them.
 *
 * Pages import their types from here and from nowhere else, so that the day these become
 * `components["schemas"][…]` of the generated `schema.d.ts` only this file changes.
 */

export type Id = string;
/** RFC 3339, UTC. */
export type Instant = string;
export type Light = "green" | "yellow" | "red";

export interface Page<T> { items: T[]; next_cursor?: string | null }
export interface Items<T> { items: T[] }
export interface Named { id: Id; name: string }
export interface Coded { code: string; name: string }
export interface LonLat { lon: number; lat: number }

export interface FieldProblem { field: string; detail: string }
export interface ProblemBody {
  type?: string; title?: string; status: number; code: string; detail?: string;
  citation?: string | null; fields?: FieldProblem[]; instance?: string;
}

// Session and people
export interface Session {
  person: { id: Id; name: string; account: string };
  organisation: Named;
  roles: Coded[];
  rights: string[];
  regions: string[];
  demo: boolean;
  must_change_password: boolean;
  totp_enabled: boolean;
}
export type OrganisationKind = "bureau" | "centre" | "brigade" | "squad" | "township" | "department" | "company";
export interface Organisation {
  id: Id; parent_id: Id | null; name: string; kind: OrganisationKind; region: string; sort: number; active: boolean; version: number;
}
export interface Person {
  id: Id; account: string; name: string; organisation: Named; roles: string[]; regions: string[];
  active: boolean; locked_until?: Instant | null; auxiliary: boolean; totp_enabled: boolean; version: number;
}
export interface RightOfRole { name: string; label: string; decides: boolean }
export interface Role { code: string; name: string; rights: RightOfRole[] }
export interface SignIn {
  id: Id | number; at: Instant; account: string; person_id?: Id | null; outcome: "success" | "failed" | "locked" | "totp-failed"; address: string; agent: string;
}

// Catalogue and places
export type LimitUnit = "urgent_hour" | "working_hour" | "working_day" | "urgent_day";
export interface Limit { id: Id; conditions: string[]; value: number; unit: LimitUnit; provisional: boolean }
export interface CatalogueClass {
  code: string; name: string; kind: "component" | "matter"; category_code: string; category_name: string;
  predecessor_code?: string | null; local: boolean; settled: boolean; limits: Limit[];
}
/** A limit as it applies to one lead. */
export interface AppliedLimit { value: number; unit: LimitUnit; label?: string; provisional: boolean }
export interface ClassList { version: string; items: CatalogueClass[] }
export interface ToSettle { total: number; settled: number; share: number; default_limit: Limit; items: CatalogueClass[] }
export type RegionLevel = "county" | "township" | "community" | "grid";
export interface Region { code: string; name: string; level: RegionLevel; parent_code?: string | null }
export interface MapSettings {
  bounds: [number, number, number, number]; centre: [number, number];
  base: { kind: "offline" | "xyz" | "wmts" | "pmtiles"; url?: string | null; tile_size?: number | null };
  provider: string; approval_number: string | null; demo_only: boolean;
}
export interface Place { position: LonLat; grid?: Coded | null; community?: Coded | null; township?: Coded | null; county?: Coded | null }
export interface CityComponent {
  code: string; class_code: string; name: string; position: LonLat; grid_code: string; state: string; attributes: Record<string, string | number | null>;
}
export interface StoredFile { id: Id; media_type: string; size: number; width?: number | null; height?: number | null }

// Leads
export type LeadState =
  | "reported" | "verifying" | "accepted" | "filed" | "dispatched" | "fixing" | "suspended"
  | "fixed" | "checking" | "checked" | "closed" | "rejected" | "merged" | "voided";
export type Queue = "triage" | "verify" | "filing" | "dispatch" | "extension" | "check" | "closing";
export type Verb =
  | "request-verify" | "verify" | "accept" | "reject" | "merge" | "file" | "dispatch" | "take" | "send-back"
  | "request-extension" | "grant-extension" | "refuse-extension" | "suspend" | "resume" | "fix" | "request-check"
  | "check" | "rework" | "close" | "void" | "correct" | "remind" | "comment" | "reveal" | "unassign";
export interface LeadPlace { address?: string | null; grid_code?: string | null; grid_name?: string | null; township_name?: string | null }
export interface Holder { role?: string | null; unit?: Named | null; person?: Named | null }
export interface LeadRow {
  id: Id; number: string; title: string; state: LeadState; light: Light | null; due_at?: Instant | null; source: string;
  class?: Coded | null; place: LeadPlace; position?: LonLat | null; holder?: Holder | null; reported_at: Instant;
  state_label?: string; source_label?: string; unit?: Named | null; photo?: string | null; simulated: boolean; version: number;
}
export type PhotoRole = "report" | "verify" | "before" | "after" | "check";
export interface Photo { id: string; role: PhotoRole; at: Instant }
export interface Deadline {
  id: string; name: string; round?: number; started_at: Instant; due_at?: Instant | null; light?: Light | null;
  state: "running" | "paused" | "met" | "missed" | "cancelled"; explanation: string;
}
export interface Offer { verb: Verb; label: string; allowed: boolean; reason?: string | null; citation?: string | null; primary: boolean }
export interface SuggestedClass { code: string; name: string; reason: string; words: string[]; score: number }
export interface Duplicate { id: Id; number: string; title: string; state?: LeadState; distance_m?: number | null; reason: string }
export interface SuggestedUnit { id: Id; name: string; reason: string }
export interface Suggestion { classes: SuggestedClass[]; duplicates: Duplicate[]; units: SuggestedUnit[]; limits: Limit[] }
export interface Lead extends LeadRow {
  description: string;
  photos: Photo[];
  reporter?: { name_masked?: string | null; telephone_masked?: string | null; has_contact: boolean; person?: string | null } | null;
  suggestion?: Suggestion | null;
  deadlines: Deadline[];
  offers: Offer[];
  limit?: AppliedLimit | null;
  standard?: string | null;
  closing_standard?: string | null;
  handler?: Named | null;
  verified?: boolean | null;
  check_passed?: boolean | null;
  reply?: string | null;
  details?: unknown;
  tracking_code: string;
  merged_into?: { id: Id; number: string } | null;
  extension?: { hours: number; reason: string } | null;
  rework_count: number;
  rating?: { stars: number; comment?: string | null } | null;
}
export interface HistoryEntry {
  seq: number; at: Instant; actor: { id?: Id | null; name: string; role?: string | null }; action: string; label: string; summary: string;
  payload: unknown; hash: string; simulated?: boolean;
}
export interface Counts { queues: Record<Queue, number>; lights: Record<Light, number>; open: number }
export interface PositionInput { x: number; y: number; system?: "wgs84" | "gcj02" | "bd09" | "cgcs2000" }
export interface NewLead {
  source?: "patrol" | "operator"; description: string; position?: PositionInput; address?: string; class_code?: string; component_code?: string;
  reporter?: { name?: string; telephone?: string }; photos: string[]; client_key: string; occurred_at?: Instant;
}
export interface LeadFilter {
  q?: string; state?: string; light?: string; source?: string; class?: string; region?: string; unit?: string; from?: string; to?: string;
  queue?: Queue; sort?: "newest" | "due"; cursor?: string; limit?: number;
}

/** What each action takes; the verb is part of the address. */
export interface ActionBodies {
  "request-verify": { collector?: Id; note?: string };
  verify: { genuine: boolean; note?: string; photos: string[] };
  accept: { class_code: string; standard: string; note?: string };
  reject: { reason: string };
  merge: { into: Id; reason?: string };
  file: { standard: string; limit_id?: Id; note?: string };
  dispatch: { unit: Id; note?: string };
  take: { person?: Id };
  "send-back": { reason: string };
  "request-extension": { hours: number; reason: string };
  "grant-extension": { hours: number };
  "refuse-extension": { reason: string };
  suspend: { reason: string; until?: Instant };
  resume: Record<string, never>;
  fix: { note: string; before_photos: string[]; after_photos: string[] };
  "request-check": { collector?: Id };
  check: { passed: boolean; note?: string; photos: string[] };
  rework: { reason: string };
  close: { standard: string; note?: string };
  void: { reason: string };
  correct: { class_code?: string; position?: PositionInput; address?: string; reason?: string };
  remind: { note?: string };
  comment: { text: string };
  reveal: { reason: string };
  unassign: { note?: string };
}

// Imports
export interface Import {
  id: Id; file_name: string; source: string; state: "waiting" | "running" | "paused" | "done" | "failed" | "cancelled";
  rows_total?: number | null; rows_done: number; imported: number; present: number; rejected: number; mapping: Record<string, string>;
  created_at: Instant; error?: string | null;
}
export interface ImportRow { row: number; outcome: string; reason?: string | null; lead_id?: Id | null }
export interface ImportPreview { columns: string[]; sample: string[][]; encoding: string; suggested_mapping: Record<string, string> }
export interface ImportMapping { id: Id; name: string; source: string; columns: Record<string, string> }

// Settings
export interface DispatchRule {
  id: Id; priority: number; class_prefix: string; region_prefix: string; weekdays?: number[] | null; from_hour?: number | null; to_hour?: number | null;
  on_duty: boolean; unit_id: Id; unit_name?: string; note: string; version?: number;
}
export interface IntakeSetting { source: string; class_prefix: string; automatic: boolean }
export interface Duty { id: Id; unit_id: Id; unit_name?: string; person_id?: Id | null; person_name?: string | null; from: Instant; to: Instant }
export interface Webhook { id: Id; url: string; secret?: string | null; topics: string[]; active: boolean; last_status?: number | null; last_at?: Instant | null; waiting?: number; dead?: number }
export interface Notification { id: Id; at: Instant; title: string; lead_id?: Id | null; read: boolean }

// Wall
export interface Wall {
  now: Instant;
  today: { reported: number; filed: number; closed: number; on_time_rate: number | null; red: number; open: number };
  by_township: { code: string; name: string; open: number; red: number; closed_today: number }[];
  red: LeadRow[];
  recent: LeadRow[];
  hours: { hour: Instant | number | string; reported: number; closed: number }[];
  simulated: boolean;
}

// Public
export interface PublicReportReceipt { number: string; tracking_code: string; url: string }
export interface PublicReport {
  number: string; tracking_code: string; state: LeadState; state_label: string; title: string; reported_at: Instant;
  place: { township_name?: string | null; address?: string | null }; position?: LonLat | null; steps: { at: Instant; label: string; text: string }[];
  due_at?: Instant | null; light?: Light | null; photos: { id: string; role: PhotoRole }[]; rating?: { stars: number; comment?: string | null } | null;
  can_rate: boolean; simulated: boolean;
  description?: string; reply?: string | null; merged_into?: string | null;
}
export interface NewPublicReport {
  description: string; position?: PositionInput; address?: string; class_code?: string; name?: string; telephone?: string; photos: string[]; client_key: string;
}
export interface PublicRecent { position: LonLat; class_name?: string | null; state_label: string; reported_at: Instant; township_name?: string | null }
export interface PublicClass { code: string; name: string; category_name: string }

// Demo
export interface Demo { accounts: { account: string; password: string; role: string; name: string; page: string }[]; now: Instant; catching_up: boolean }

// Live events
export interface LeadEvent { id: Id; number: string; state: LeadState; light: Light | null; version: number; township?: string | null }
