/** The nouns of file review, guides, case analysis and the use of powers, as the pages use them: the generated ones of `schema.d.ts`. */
import type { Light } from "./contract";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type SheetBody = Schemas["SheetBody"];
export type SheetItem = Schemas["SheetItem"];
export type ReviewSheet = Schemas["ReviewSheet"];
export type ReviewSheets = Schemas["ReviewSheets"];
export type RoundPlan = Schemas["RoundPlan"];
export type ReviewRoundRow = Schemas["RoundRowView"];
export type ReviewRound = Schemas["RoundView"];
export type RoundFigure = Schemas["RoundFigure"];
export type RoundFile = Schemas["RoundFile"];
export type RoundReplay = Schemas["RoundReplay"];
export type OfficerFeedback = Omit<Schemas["OfficerFeedback"], "findings"> & { findings: FindingView[] };
export type ReviewPeople = Schemas["ReviewersView"];
export type ReviewTasks = Schemas["ReviewTasks"];
export type ReviewFile = Omit<Schemas["ReviewFile"], "findings"> & { findings: FindingView[] };
export type ItemAnswer = Schemas["ItemAnswer"];
export type AutoAnswer = Schemas["AutoAnswer"];
export type FindingView = Omit<Schemas["FindingView"], "light"> & { light?: Light | null };
export type CaseGuide = Schemas["CaseGuide"];
export type CaseGuides = Schemas["CaseGuides"];
export type ModelCase = Schemas["ModelCase"];
export type CaseGuidance = Schemas["CaseGuidance"];
export type CaseAnalysis = Schemas["CaseAnalysis"];
export type AnalysisRow = Schemas["AnalysisRow"];
export type AnalysedCases = Schemas["AnalysedCases"];
export type PowerUse = Schemas["PowerUse"];
export type PowerUses = Schemas["PowerUses"];
export type WithdrawalDrafts = Schemas["WithdrawalDrafts"];
export type HandlerRanks = Schemas["HandlerRanks"];
export type HandlerWeights = Schemas["HandlerWeights"];
