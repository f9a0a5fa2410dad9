/** What vehicles are found to have done (车辆违规发现), and the rules. */
import { address, get, post, put } from "./client";
import type { Page } from "./contract";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Finding = Schemas["VehicleFinding"];
export type FindingWithTrack = Schemas["FindingWithTrack"];
export type FindingRules = Schemas["FindingRules"];
export type FindingRuleSet = Schemas["FindingRuleSet"];
export type FindingRuleLine = Schemas["FindingRuleLine"];
export type FindingRuleStanding = Schemas["FindingRuleStanding"];
export type FindingWhatIf = Schemas["FindingWhatIf"];
export type FindingReplay = Schemas["FindingReplay"];

export interface FindingFilter { state?: string; rule?: string; q?: string; from?: string; to?: string; cursor?: string }

export const listFindings = (filter: FindingFilter, signal?: AbortSignal) => get<Page<Finding>>("/findings", filter, signal);
export const readFinding = (id: string, signal?: AbortSignal) => get<FindingWithTrack>(`/findings/${id}`, undefined, signal);
export const findingsFile = (filter: FindingFilter) => address("/findings/export", filter);
export const pictureOf = (id: string) => address(`/findings/${id}/picture`);

interface Seen { id: string; version: number }
export const upholdFinding = (of: Seen, body: { reason: string; class_code?: string }) => post<Finding>(`/findings/${of.id}/actions/uphold`, body, { version: of.version });
export const dismissFinding = (of: Seen, body: { reason: string }) => post<Finding>(`/findings/${of.id}/actions/dismiss`, body, { version: of.version });
export const replayDay = (vehicle: number, day: string) => post<FindingReplay>("/finding-replays", { vehicle, day });

export const readRules = (signal?: AbortSignal) => get<FindingRules>("/finding-rules", undefined, signal);
export const draftRules = (rules: FindingRuleSet, note: string, revision: number) => put<FindingRules>("/finding-rules/draft", { rules, note }, { version: revision });
export const publishRules = (revision: number) => post<FindingRules>("/finding-rules/actions/publish", {}, { version: revision });
export const tryRules = (from: string, to: string) => post<FindingWhatIf>("/finding-rules/actions/try", { from, to });
