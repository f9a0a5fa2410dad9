/** Dispatch rules (派遣规则): a draft that is edited and tried, and the sets that were published. */
import { get, patch, post, remove } from "./client";
import type { DispatchRule, DispatchRuleInput, Items, LeadRow, Page, RuleDraft, RuleSet, RuleSetWhole, WhatIf } from "./contract";

export const readDraft = (signal?: AbortSignal) => get<RuleDraft>("/dispatch-draft", undefined, signal);
export const addRule = (rule: DispatchRuleInput) => post<DispatchRule>("/dispatch-rules", rule);
export const changeRule = (id: string, rule: DispatchRuleInput, version: number) => patch<DispatchRule>(`/dispatch-rules/${id}`, rule, { version });
export const removeRule = (id: string) => remove(`/dispatch-rules/${id}`);
/** `revision` is what the person saw. */
export const discardDraft = (revision: number) => post<RuleDraft>("/dispatch-draft/actions/discard", {}, { version: revision });
export const publishDraft = (note: string, revision: number) => post<RuleDraft>("/dispatch-rule-sets", { note }, { version: revision });
export const listRuleSets = (signal?: AbortSignal) => get<Items<RuleSet>>("/dispatch-rule-sets", undefined, signal);
export const readRuleSet = (number: number, signal?: AbortSignal) => get<RuleSetWhole>(`/dispatch-rule-sets/${number}`, undefined, signal);
export const restoreRuleSet = (number: number, note: string) => post<RuleDraft>(`/dispatch-rule-sets/${number}/actions/restore`, { note });
/** Asks for a replay of the last 90 days; it is worked on beside the requests. */
export const askWhatIf = (revision: number) => post<WhatIf>("/dispatch-what-ifs", {}, { version: revision });
export const cancelWhatIf = (id: string) => post<WhatIf>(`/dispatch-what-ifs/${id}/actions/cancel`, {});
export const listWhatIfLeads = (id: string, query: { figure?: string | undefined; from?: string | undefined; to?: string | undefined; cursor?: string | undefined }, signal?: AbortSignal) =>
  get<Page<LeadRow>>(`/dispatch-what-ifs/${id}/leads`, query, signal);
