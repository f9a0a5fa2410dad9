/** File review, guides and model cases, case analysis, the use of powers (案卷评查与办案质量). */
import { address, get, post, put, send } from "./client";
import type {
  AnalysedCases, CaseAnalysis, CaseGuidance, CaseGuides, FindingView, HandlerRanks, HandlerWeights, ItemAnswer, ModelCase, OfficerFeedback, PowerUses, ReviewFile, ReviewPeople, ReviewRound, ReviewRoundRow, ReviewSheet, ReviewSheets, ReviewTasks, RoundPlan, RoundReplay, SheetBody, WithdrawalDrafts,
} from "./quality-contract";
import type { Page } from "./contract";

type Seen = { id: string; version: number };

export const listSheets = (signal?: AbortSignal) => get<ReviewSheets>("/review-sheets", undefined, signal);
export const draftSheet = (sheet: { code: string; title: string; reason: string; body: SheetBody }) => post<ReviewSheet>("/review-sheets", sheet);
export const settleSheet = (of: Seen, step: "publish" | "discard") => post<ReviewSheet>(`/review-sheets/${of.id}/actions/settle`, { seen: of.version, step });

export const listRounds = (cursor?: string, signal?: AbortSignal) => get<Page<ReviewRoundRow>>("/review-rounds", { cursor }, signal);
export const gatherRound = (round: { name: string; kind: string; sheet: string; plan: Partial<RoundPlan>; seed_source: string; draw_on: string }) => post<ReviewRound>("/review-rounds", round);
export const readRound = (id: string, signal?: AbortSignal) => get<ReviewRound>(`/review-rounds/${id}`, undefined, signal);
export const drawRound = (of: Seen, seed: string, reviewers: string[]) => post<ReviewRound>(`/review-rounds/${of.id}/actions/draw`, { seen: of.version, seed, reviewers });
export const closeRound = (of: Seen, note: string, with_open: boolean) => post<ReviewRound>(`/review-rounds/${of.id}/actions/close`, { seen: of.version, note, with_open });
export const replayRound = (id: string, signal?: AbortSignal) => get<RoundReplay>(`/review-rounds/${id}/replay`, undefined, signal);
export const readFeedback = (round: string, person: string, signal?: AbortSignal) => get<OfficerFeedback>(`/review-rounds/${round}/officers/${person}`, undefined, signal);
export const listReviewPeople = (region: string, signal?: AbortSignal) => get<ReviewPeople>("/review-people", { region }, signal);

export const listReviewTasks = (signal?: AbortSignal) => get<ReviewTasks>("/review-tasks", undefined, signal);
export const readReviewFile = (id: string, signal?: AbortSignal) => get<ReviewFile>(`/review-files/${id}`, undefined, signal);
export const scoreFile = (id: string, seen: number, answers: ItemAnswer[], finish: boolean) => put<ReviewFile>(`/review-files/${id}/score`, { seen, answers, finish });
export const appointReviewer = (id: string, seat: number, person: string) => post<ReviewFile>(`/review-files/${id}/actions/appoint`, { seat, person });

export interface FindingFilter { mine?: boolean; open?: boolean; state?: string; severity?: string; q?: string; round?: string; cursor?: string }
export const listFindings = (filter: FindingFilter, signal?: AbortSignal) => get<Page<FindingView>>("/review-findings", filter, signal);
export const answerFinding = (of: Seen, answer: string, text: string) => post<FindingView>(`/review-findings/${of.id}/actions/answer`, { seen: of.version, answer, text });
export const judgeFinding = (of: Seen, verdict: string, text: string) => post<FindingView>(`/review-findings/${of.id}/actions/judge`, { seen: of.version, verdict, text });

export const listGuides = (signal?: AbortSignal) => get<CaseGuides>("/case-guides", undefined, signal);
export const readGuide = (code: string, signal?: AbortSignal) => get<CaseGuides>(`/case-guides/${code}`, undefined, signal);
export const writeGuide = (code: string, guide: object) => put<CaseGuides>(`/case-guides/${code}`, guide);
export const listModels = (cursor?: string, signal?: AbortSignal) => get<Page<ModelCase>>("/model-cases", { cursor }, signal);
export const nominateCase = (model: object) => post<ModelCase>("/model-cases", model);
export const settleModel = (of: Seen, step: "show" | "withdraw", reason = "") => post<ModelCase>(`/model-cases/${of.id}/actions/settle`, { seen: of.version, step, reason });
export const readGuidance = (caseId: string, signal?: AbortSignal) => get<CaseGuidance>(`/cases/${caseId}/guidance`, undefined, signal);

export interface AnalysisAsk { from: string; to: string; by: string; track?: string; result?: string; key?: string }
export const analyseCases = (ask: AnalysisAsk, signal?: AbortSignal) => get<CaseAnalysis>("/case-analysis", ask, signal);
export const listAnalysed = (ask: AnalysisAsk, signal?: AbortSignal) => get<AnalysedCases>("/case-analysis/cases", ask, signal);
export const analysisFile = (ask: AnalysisAsk, format: "csv" | "xlsx") => address("/case-analysis/export", { ...ask, format });

export interface PowerAsk { months?: number; township?: string; proposed?: boolean }
export const listPowerUse = (ask: PowerAsk, signal?: AbortSignal) => get<PowerUses>("/power-use", ask, signal);
export const powerUseFile = (ask: PowerAsk) => address("/power-use/export", ask);
export const listWithdrawalDrafts = (signal?: AbortSignal) => get<WithdrawalDrafts>("/empowerment-drafts", undefined, signal);
export const draftWithdrawal = (items: { matter: string; township: string; reasons: string }[]) => post<WithdrawalDrafts>("/empowerment-drafts", { items });
export const discardWithdrawal = async (id: string): Promise<void> => { await send("DELETE", `/empowerment-drafts/${id}`); };

export const rankHandlers = (from: string, to: string, signal?: AbortSignal) => get<HandlerRanks>("/best-handlers", { from, to }, signal);
export const setHandlerWeights = (weights: HandlerWeights) => put("/quality-settings", weights);
