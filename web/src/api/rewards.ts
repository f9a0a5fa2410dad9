/** Rewards (天天有奖): programmes, awards, payouts and the account of every fen. */
import { address, get, post, put } from "./client";
import type { AwardState, BarredTelephones, Items, OwnRewards, Page, PayoutImported, PublicRewardProgramme, RewardAccount, RewardAward, RewardPayout, RewardProgramme, RewardReason, RewardRules, RewardsApproved, RewardTrial } from "./contract";

export interface AwardFilter { programme?: string; state?: AwardState; reason?: RewardReason; held?: boolean; day?: string; q?: string; cursor?: string }

export const listRewardProgrammes = (signal?: AbortSignal) => get<Items<RewardProgramme>>("/reward-programmes", undefined, signal);
export const publishRewardProgramme = (name: string, rules: RewardRules) => post<RewardProgramme>("/reward-programmes", { name, rules });
export const changeRewardRules = (of: { id: string; version: number }, rules: RewardRules, from_day: string) => put<RewardProgramme>(`/reward-programmes/${of.id}`, { rules, from_day }, { version: of.version });
export const tryRewardRules = (rules: RewardRules) => post<RewardTrial>("/reward-previews", { rules });
export const readRewardAccount = (id: string, cursor?: string, signal?: AbortSignal) => get<RewardAccount>(`/reward-programmes/${id}/account`, { cursor }, signal);

export const listRewardAwards = (filter: AwardFilter, signal?: AbortSignal) => get<Page<RewardAward>>("/reward-awards", filter, signal);
export const awardsFile = (filter: AwardFilter) => address("/reward-awards/export", filter);
export const approveRewards = (awards: string[], note?: string) => post<RewardsApproved>("/reward-approvals", note ? { awards, note } : { awards });
export const refuseReward = (id: string, reason: string) => post<RewardAward>(`/reward-awards/${id}/actions/refuse`, { reason });

export const countBarred = (signal?: AbortSignal) => get<BarredTelephones>("/reward-barred", undefined, signal);
export const releaseTelephones = (telephones: string[], reason: string) => post<BarredTelephones>("/reward-barred/actions/release", { telephones, reason });
export const barTelephones = (telephones: string[]) => post<BarredTelephones>("/reward-barred", { telephones });

export const listRewardPayouts = (signal?: AbortSignal) => get<Items<RewardPayout>>("/reward-payouts", undefined, signal);
export const makeRewardPayout = (programme: string) => post<RewardPayout>("/reward-payouts", { programme });
export const payoutFile = (id: string, plain: boolean) => address(`/reward-payouts/${id}/file`, plain ? { plain } : {});
export const confirmRewardPayout = (id: string, csv: string) => post<PayoutImported>(`/reward-payouts/${id}/confirmations`, { csv });

export const readPublicRewards = (signal?: AbortSignal) => get<Items<PublicRewardProgramme>>("/public/rewards", undefined, signal);
export const readOwnReward = (code: string, signal?: AbortSignal) => get<OwnRewards>(`/public/reports/${encodeURIComponent(code)}/reward`, undefined, signal);
export const keepRewardSecret = (code: string, secret: string, client_key: string) => post<void>(`/public/reports/${encodeURIComponent(code)}/reward-secret`, { secret, client_key });
export const claimReward = (code: string, claim: { award: string; telephone: string; secret?: string }) => post<void>(`/public/reports/${encodeURIComponent(code)}/reward-claims`, claim);
