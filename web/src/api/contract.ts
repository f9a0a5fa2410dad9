/**
 * The nouns of the HTTP contract as the pages use them.
 *
 * They are the generated `components["schemas"][…]` of `schema.d.ts`, so that a change of the server breaks the type check here
 * and not a page in front of a person. Where the document says only "string", the closed list of codes is laid over it;
 * `Narrowed` refuses a field that the server does not have.
 */
import type { components } from "./schema";

type Schemas = components["schemas"];
/** `T` with some of its fields known more closely. */
type Narrowed<T, F extends { [K in keyof F]: K extends keyof T ? unknown : never }> = Omit<T, keyof F> & F;

export type Id = string;
/** RFC 3339, UTC. */
export type Instant = string;
export type Light = "green" | "yellow" | "red";

export interface Page<T> { items: T[]; next_cursor?: string | null }
export interface Items<T> { items: T[] }
export type Named = Schemas["NamedId"];
export type Coded = Schemas["Named"];
export type LonLat = Schemas["LonLat"];

export type FieldProblem = Schemas["ProblemField"];
/** A problem as it arrives; a proxy in between may have written less of it. */
export type ProblemBody = Partial<Schemas["ProblemBody"]> & Pick<Schemas["ProblemBody"], "status" | "code">;

// Session and people
export type Session = Schemas["Session"];
export type OrganisationKind = Schemas["OrganisationKind"];
export type Organisation = Schemas["Organisation"];
export type Person = Schemas["Person"];
export type EnforcementCertificate = Schemas["EnforcementCertificate"];
export type RightOfRole = Schemas["RightView"];
export type Role = Schemas["RoleView"];
export type SignIn = Schemas["SignIn"];
export type OidcOffer = Schemas["OidcOffer"];
export type ApiKey = Schemas["ApiKey"];
export type MadeApiKey = Schemas["MadeApiKey"];

// Catalogue and places
export type LimitUnit = "urgent_hour" | "working_hour" | "working_day" | "urgent_day";
export type Limit = Narrowed<Schemas["Limit"], { unit: LimitUnit }>;
export type CatalogueClass = Narrowed<Schemas["Class"], { limits: Limit[] }>;
/** A limit as it applies to one lead. */
export type AppliedLimit = Narrowed<Schemas["LimitView"], { unit: LimitUnit }>;
export type ClassList = Narrowed<Schemas["Classes"], { items: CatalogueClass[] }>;
export type ToSettle = Narrowed<Schemas["ToSettle"], { default_limit: Limit; items: CatalogueClass[] }>;
export type RegionLevel = "county" | "township" | "community" | "grid";
export type RegionImport = Schemas["RegionImport"];
export type ComponentImport = Schemas["ComponentImport"];
export type LayerImport = Schemas["LayerImport"];
export type Region = Narrowed<Schemas["Region"], { level: RegionLevel }>;
export type MapSettings = Narrowed<Schemas["MapSettings"], { bounds: [number, number, number, number]; centre: [number, number] }>;
export type Place = Schemas["Place"];
export type CityComponent = Narrowed<Schemas["Component"], { attributes: Record<string, string | number | null> }>;
export type StoredFile = Schemas["FileMeta"];

// Leads
export type LeadState =
  | "reported" | "verifying" | "accepted" | "filed" | "dispatched" | "fixing" | "suspended" | "referred"
  | "fixed" | "checking" | "checked" | "closed" | "rejected" | "merged" | "voided";
export type Queue = keyof Schemas["Queues"];
export type Verb = keyof ActionBodies;
export type LeadPlace = Schemas["RowPlace"];
export type Holder = Schemas["RowHolder"];
export type LeadRow = Narrowed<Schemas["LeadRow"], { state: LeadState; light?: Light | null }>;
export type PhotoRole = "report" | "verify" | "before" | "after" | "check";
export type Photo = Narrowed<Schemas["Photo"], { role: PhotoRole }>;
export type PhotoArea = Schemas["PhotoArea"];
export type PhotoPublication = Schemas["PhotoPublication"];
export type WholeMosaic = Schemas["WholeMosaic"];
export type Deadline = Narrowed<Schemas["Deadline"], { light?: Light | null; state: "running" | "paused" | "met" | "missed" | "cancelled" }>;
export type Offer = Narrowed<Schemas["OfferView"], { verb: Verb }>;
export type SuggestedClass = Schemas["ClassSuggestion"];
export type Duplicate = Narrowed<Schemas["Duplicate"], { state: LeadState }>;
export type Caution = Schemas["Caution"];
export type SuggestedUnit = Narrowed<Schemas["UnitSuggestion"], { past?: Narrowed<Schemas["UnitPast"], { near: "grid" | "township" | "district" }> | null }>;
export type SuggestedLimit = Narrowed<Schemas["LimitChoice"], { unit: LimitUnit }>;
export type Suggestion = Narrowed<Schemas["Suggestions"], { duplicates: Duplicate[]; limits: SuggestedLimit[]; units: SuggestedUnit[] }>;
export type Lead = Narrowed<Schemas["Lead"], {
  state: LeadState; light?: Light | null; photos: Photo[]; deadlines: Deadline[]; offers: Offer[]; limit?: AppliedLimit | null;
}>;
export type SignedReceipt = Schemas["SignedReceipt"];
export type Referral = Schemas["ReferralView"];
export type Neighbour = Schemas["NeighbourCity"];
export type NeighbourLink = Schemas["NeighbourLink"];
export type NeighbourInput = Schemas["NeighbourInput"];
export type Near = Schemas["Near"];
export type Hotspot = Schemas["Hotspot"];
export type Hotspots = Schemas["Hotspots"];
export type HistoryEntry = Narrowed<Schemas["HistoryLine"], { payload: unknown }>;
export type Counts = Schemas["Counts"];
export type CoordinateSystem = "wgs84" | "gcj02" | "bd09" | "cgcs2000";
export type PositionInput = Narrowed<Schemas["PositionInput"], { system?: CoordinateSystem }>;
/** What the pages send: the sources of people, and always a key, so that sending twice is sending once. */
export type NewLead = Narrowed<Omit<Schemas["NewLead"], "simulated">, { source?: "patrol" | "operator" | "petition"; position?: PositionInput; photos: string[]; client_key: string }>;
export interface LeadFilter {
  q?: string; state?: string; light?: string; source?: string; class?: string; region?: string; unit?: string; from?: string; to?: string;
  queue?: Queue | "following" | "charged" | "my_charge"; sort?: "newest" | "due"; cursor?: string; limit?: number;
}

/** What each action takes; the verb is part of the address. */
export interface ActionBodies {
  "request-verify": Schemas["RequestVerify"];
  verify: Schemas["Verify"];
  accept: Schemas["Accept"];
  reject: Schemas["Reject"];
  merge: Schemas["Merge"];
  file: Schemas["File"];
  dispatch: Schemas["Dispatch"];
  take: Schemas["Take"];
  "send-back": Schemas["SendBack"];
  "request-extension": Schemas["RequestExtension"];
  "grant-extension": Schemas["GrantExtension"];
  "refuse-extension": Schemas["RefuseExtension"];
  suspend: Schemas["Suspend"];
  resume: Schemas["Resume"];
  fix: Schemas["Fix"];
  "request-check": Schemas["RequestCheck"];
  check: Schemas["Check"];
  rework: Schemas["Rework"];
  close: Schemas["Close"];
  void: Schemas["Void"];
  correct: Schemas["Correct"];
  appoint: Schemas["Appoint"];
  remind: Schemas["Remind"];
  comment: Schemas["Comment"];
  reveal: Schemas["Reveal"];
  unassign: Schemas["Unassign"];
  refer: Schemas["Refer"];
  "take-back": Schemas["TakeBack"];
  "call-joint": Schemas["CallJoint"];
  "ask-joint": Schemas["AskJoint"];
  "joint-take": Schemas["JointTake"];
  "joint-done": Schemas["JointDone"];
  "joint-return": Schemas["JointReturn"];
  "joint-withdraw": Schemas["JointWithdraw"];
  charge: Schemas["PutInCharge"];
  "end-charge": Schemas["EndCharge"];
  instruct: Schemas["Instruct"];
  "answer-instruction": Schemas["AnswerInstruction"];
  "withdraw-instruction": Schemas["WithdrawInstruction"];
  raise: Schemas["Raise"];
  "return-raised": Schemas["ReturnRaised"];
  "send-down": Schemas["SendDown"];
}
export type ChargedLead = Narrowed<Schemas["ChargedLead"], { state: LeadState; light?: Light | null }>;
export type Instruction = Schemas["InstructionView"];
export type OnDutyNear = Schemas["OnDutyNear"];
export type NearestOnDuty = Schemas["NearestOnDuty"];
export type OwnSharing = Schemas["OwnSharing"];
export type DutyPositionSettings = Schemas["DutyPositionSettings"];
export type JointPair = Schemas["JointPair"];
export type LayerSettings = Schemas["LayerSettings"];
export type JointTask = Schemas["JointTask"];

// Imports
export type Import = Narrowed<Schemas["Import"], {
  state: "waiting" | "running" | "paused" | "done" | "failed" | "cancelled"; mapping: Record<string, string>;
}>;
export type ImportRow = Schemas["ImportRow"];
export type ImportPreview = Narrowed<Schemas["Preview"], { sample: string[][]; suggested_mapping: Record<string, string> }>;
export type ImportMapping = Narrowed<Schemas["ImportMapping"], { columns: Record<string, string> }>;

// Sources and answers
export type SourceKind = Schemas["SourceKind"];
export type SourceLimit = Pick<Limit, "value" | "unit">;
interface SourceSettings { accept?: SourceLimit | null; reply?: SourceLimit | null; mapping: Record<string, string> }
export type Source = Narrowed<Schemas["SourceView"], SourceSettings>;
/** What the pages send: always who may send, since to leave that out is to let every machine account. */
export type SourceInput = Narrowed<Schemas["SourceInput"], SourceSettings & { senders: Id[] }>;
export type ReadMessage = Schemas["ReadMessage"];
export type AnswerState = "waiting" | "sent" | "owed" | "given" | "dead" | "held";
export type Answer = Narrowed<Schemas["AnswerView"], { state: AnswerState; outcome: LeadState }>;

export type ReplyCheckState = "passed" | "warned" | "held" | "released" | "rewritten";
export type ReplyCheck = Narrowed<Schemas["ReplyCheck"], { state: ReplyCheckState; lead_state: LeadState }>;
export type TextCodeMode = "off" | "with-telephone" | "odd";
export type TextCodeSettings = Narrowed<Schemas["TextCodeSettings"], { mode: TextCodeMode }>;
export type PublicReportSettings = Narrowed<Schemas["PublicReportSettings"], { text_code: TextCodeMode }>;
export type SentCode = Schemas["SentCode"];
export type ReplyCheckSettings = Narrowed<Schemas["ReplyCheckSettings"], { mode: "off" | "warn" | "hold" }>;

// Class models
export type ClassModels = Schemas["ClassModels"];
export type ClassModel = Schemas["ClassModel"];
export type ClassModelReport = Schemas["ClassModelReport"];
export type ClassTried = Schemas["ClassTried"];
export type ClassConfusion = Schemas["Confusion"];
/** What the pages send: always which one, since to leave that out is to stop the model. */
export type ClassModelChoice = Narrowed<Schemas["ClassModelChoice"], { number: number | null }>;
export type ClassTrial = Schemas["ClassTrial"];

// Payment of fines
export type FineBill = Schemas["FineBill"];
export type FineBillLine = Schemas["FineBillLine"];
export type FineBillState = Schemas["BillState"];
export type CaseFineBill = Schemas["CaseFineBill"];
export type PublicFineBill = Schemas["PublicFineBill"];
export type FineOrder = Schemas["FineOrder"];
export type PayeeSetting = Schemas["PayeeSetting"];
export type PaymentReceipt = Schemas["PaymentReceipt"];
export type PaymentRefund = Schemas["PaymentRefund"];
export type PaymentDay = Schemas["PaymentDay"];
export type PaymentDayRow = Schemas["PaymentDayRow"];

// Rewards
export type AwardState = Schemas["AwardState"];
export type RewardReason = Schemas["RewardReason"];
export type RewardRules = Schemas["RewardRules"];
export type RewardProgramme = Schemas["RewardProgramme"];
export type RewardTrial = Schemas["RewardTrial"];
export type RewardAward = Schemas["RewardAward"];
export type RewardsApproved = Schemas["RewardsApproved"];
export type RewardPayout = Schemas["RewardPayout"];
export type PayoutImported = Schemas["PayoutImported"];
export type RewardAccount = Schemas["RewardAccount"];
export type RewardEntry = Schemas["RewardEntry"];
export type BarredTelephones = Schemas["BarredTelephones"];
export type PublicRewardProgramme = Schemas["PublicRewardProgramme"];
export type OwnReward = Schemas["OwnReward"];
export type OwnRewards = Schemas["OwnRewards"];

// Machine sources
export type SightingState = Schemas["SightingState"];
export type Sighting = Schemas["Sighting"];
export type SightingWithEvents = Schemas["SightingWithEvents"];
export type Precision = Schemas["Precision"];

// Honest closing
export type SuspicionKind = Schemas["SuspicionKind"];
export type SuspicionStrength = Schemas["SuspicionStrength"];
export type SuspicionState = Schemas["SuspicionState"];
export type Suspicion = Schemas["Suspicion"];
export type SuspicionWithVerdicts = Schemas["SuspicionWithVerdicts"];
export type MetPair = Schemas["MetPair"];
export type MetPairs = Schemas["MetPairs"];
export type RecheckState = Schemas["RecheckState"];
export type OfficialDocument = Schemas["Document"];
export type DocumentKind = Schemas["DocumentKind"];
export type BegunDocument = Schemas["BegunDocument"];
export type DocumentContent = Schemas["DocumentContent"];
export type DocumentKindList = Schemas["DocumentKindList"];
export type Campaign = Schemas["Campaign"];
export type CampaignGrid = Schemas["CampaignGrid"];
export type CampaignTask = Schemas["CampaignTask"];
export type GridChecked = Schemas["GridChecked"];
export type Reassigned = Schemas["Reassigned"];

// The legal library
export type MatterItem = Schemas["MatterItem"];
export type MatterPage = Schemas["MatterPage"];
export type MatterFacts = Schemas["MatterFacts"];
export type MatterRow = Schemas["MatterRow"];
export type MatterInFull = Schemas["MatterInFull"];
export type MatterVersion = Schemas["MatterVersion"];
export type MatterImport = Schemas["MatterImport"];
export type MatterSuggestion = Schemas["MatterSuggestion"];
export type CitedArticle = Schemas["CitedArticle"];
export type Jurisdiction = Schemas["Jurisdiction"];
export type Announcement = Schemas["PowerAnnouncement"];
export type NewAnnouncement = Schemas["NewPowerAnnouncement"];
export type PowerAct = Schemas["PowerAct"];
export type Party = Schemas["FineParty"];
export type StatuteItem = Schemas["StatuteItem"];
export type StatuteText = Schemas["StatuteText"];
export type BenchmarkVersion = Schemas["BenchmarkVersion"];
export type FoundArticle = Schemas["FoundArticle"];

export type RecheckedLead = Schemas["RecheckedLead"];
export type Reverification = Schemas["Reverification"];
export type ReverifiedUnit = Schemas["ReverifiedUnit"];
export type BlindTask = Schemas["BlindTask"];
export type ScrutinySettings = Schemas["ScrutinySettingsView"];
export type DeviceKind = Schemas["DeviceKind"];
export type Device = Schemas["Device"];
export type DeviceInput = Narrowed<Schemas["DeviceInput"], { position?: PositionInput | null }>;
export type MachineKind = Schemas["MachineKind"];
export type MachineKindRules = Schemas["MachineKindRules"];

// Settings
export type Precedent = Schemas["Precedent"];
export type PrecedentInput = Schemas["PrecedentInput"];
export type DispatchRule = Schemas["RuleView"];
export type DispatchRuleInput = Omit<DispatchRule, "id" | "unit_name" | "version">;
export type RuleChange = Schemas["RuleChange"];
export type RuleDraft = Schemas["RuleDraft"];
export type RuleSet = Schemas["RuleSet"];
export type RuleSetWhole = Schemas["RuleSetWhole"];
export type WhatIf = Schemas["WhatIf"];
export type WhatIfReport = Schemas["WhatIfReport"];
export type WhatIfMove = Schemas["WhatIfMove"];
export type WhatIfShare = Schemas["WhatIfShare"];
export type IntakeSetting = Narrowed<Schemas["IntakeItem"], { source: string; class_prefix: string }>;
export type Duty = Schemas["DutyView"];
export type Webhook = Schemas["Webhook"];
export type Delivery = Schemas["Delivery"];
export type SettingChange = Schemas["SettingChangeView"];
export type Notification = Schemas["Notice"];

export type LightSetting = Schemas["LightSetting"];
export type Reception = Schemas["Reception"];
export type CoverageReport = Schemas["CoverageReport"];
export type UnitHoursVersion = Schemas["UnitHoursVersion"];
export type UnitHoursPreview = Schemas["UnitHoursPreview"];
export type UnitWeek = Schemas["UnitWeek"];

// Written notices
export type CaseEvidence = Schemas["CaseEvidence"];
export type EvidenceItem = Schemas["EvidenceItem"];
export type EvidenceFact = Schemas["EvidenceFact"];
export type NewEvidence = Schemas["NewEvidence"];
export type EvidenceUpload = Schemas["EvidenceUpload"];
export type CountedOver = Schemas["CountedOver"];
export type CaseRow = Narrowed<Schemas["CaseRow"], { light?: Light | null }>;
export type CaseFile = Schemas["CaseFile"];
export type MyCase = Schemas["MyCase"];
export type MyPenalty = Schemas["MyPenalty"];
export type MyPeriod = Schemas["MyPeriod"];
export type MySubmission = Schemas["PartySubmission"];
export type MySubmissionKind = Schemas["PartySubmissionKind"];
export type PartyDesk = Schemas["PartyDesk"];
export type IssuedPartyCode = Schemas["IssuedPartyCode"];
export type CaseOffer = Schemas["CaseOffer"];
export type Hearings = Schemas["Hearings"];
export type HearingRow = Schemas["HearingRow"];
export type NewCase = Schemas["NewCase"];
export type CaseLawView = Schemas["CaseLawView"];
export type CaseDiscretion = Schemas["CaseDiscretion"];
export type DiscretionFigure = Schemas["DiscretionFigure"];
export type DiscretionFigures = Schemas["DiscretionFigures"];
export type DiscretionWatchLimits = Schemas["DiscretionWatchLimits"];
export type FinedCases = Schemas["FinedCases"];
export type PenaltyPlan = Schemas["PenaltyPlan"];
export type PenaltyKind = Schemas["PenaltyKind"];
export type CaseOfficerChoices = Schemas["CaseOfficerChoices"];
export type RevealedParty = Schemas["RevealedParty"];
export type PublicationView = Narrowed<Schemas["PublicationView"], { light?: Light | null }>;
export type PublicationContent = Schemas["PublicationContent"];
export type PublicationComparison = Schemas["PublicationComparison"];
export type PublicationCounts = Schemas["PublicationCounts"];
export type CasePublications = Omit<Schemas["CasePublications"], "publications" | "repairs" | "remedies"> & { publications: PublicationView[]; repairs: RepairView[]; remedies: RemedyView[] };
export type RepairView = Narrowed<Schemas["RepairView"], { light?: Light | null }>;
export type RemedyView = Narrowed<Schemas["RemedyView"], { light?: Light | null }>;
export type RemedyPage = Omit<Schemas["RemedyPage"], "items"> & { items: RemedyView[] };
export type PublicDecision = Schemas["PublicDecision"];
export type NoticeRow = Schemas["NoticeRow"];
export type NoticeStage = NoticeRow["stage"];
export type NoticeState = NoticeRow["state"];
export type WrittenNotice = Schemas["WrittenNotice"];
export type NoticeDraft = Schemas["NoticeDraft"];
export type NoticeCounts = Schemas["NoticeCounts"];
export type NoticeSettings = Schemas["NoticeSettings"];
export type NoticeSettingsView = Schemas["NoticeSettingsView"];

// Privacy
export type PrivacyNotice = Schemas["PrivacyNotice"];
export type PrivacyNotices = Schemas["PrivacyNotices"];
export type PrivacyRequest = Schemas["PrivacyRequest"];
export type WholePrivacyRequest = Schemas["WholePrivacyRequest"];
export type NewPrivacyRequest = Schemas["NewPrivacyRequest"];
export type PrivacyDecision = Schemas["PrivacyDecision"];
export type OwnRequest = Schemas["OwnRequest"];
export type ImpactAssessment = Schemas["ImpactAssessment"];
export type RetentionSettings = Schemas["RetentionSettings"];
export type RetentionDays = Schemas["RetentionDays"];
export type RetentionDue = Schemas["RetentionDue"];
export type RetentionRun = Schemas["RetentionRun"];
export type RetentionHold = Schemas["RetentionHold"];
export type NewImpactAssessment = Schemas["NewImpactAssessment"];

// Wall
export type Wall = Narrowed<Schemas["Wall"], { red: LeadRow[]; recent: LeadRow[] }>;

// Public
export type PublicReportReceipt = Schemas["Receipt"];
export type PublicReport = Narrowed<Schemas["FollowedReport"], { state: LeadState; light?: Light | null; photos: { id: string; role: PhotoRole; withheld: boolean; whole?: WholeMosaic | null }[] }>;
export type NewPublicReport = Narrowed<Omit<Schemas["PublicReport"], "simulated">, { position?: PositionInput; photos: string[]; client_key: string }>;
export type PublicRecent = Schemas["RecentReport"];
export type PublicClass = Schemas["PublicClass"];

// Demo: answered in the demonstration only, so not part of the document.
export interface Demo { accounts: { account: string; password: string; role: string; name: string; page: string }[]; now: Instant; catching_up: boolean }

// Live events
export interface LeadEvent { id: Id; number: string; state: LeadState; light: Light | null; version: number; township?: string | null }

// Indicators
export type IndicatorBy = "county" | "township" | "grid" | "unit" | "collector" | "operator" | "shift_leader" | "dispatcher";
export type IndicatorColumn = Schemas["IndicatorColumn"];
export type IndicatorFigure = Schemas["IndicatorFigure"];
export type IndicatorSubject = Schemas["IndicatorSubject"];
export type IndicatorReport = Narrowed<Schemas["IndicatorReport"], { by: IndicatorBy }>;
export type CountedLead = Narrowed<Schemas["CountedLead"], { lead: LeadRow }>;
export type IndicatorWeight = Narrowed<Schemas["IndicatorWeight"], { steps: Schemas["IndicatorStep"][] }>;
export type IndicatorGrade = Schemas["IndicatorGrade"];
export type IndicatorSettings = Narrowed<Schemas["IndicatorSettings"], { weights: Record<string, IndicatorWeight[]> }>;
export type IndicatorSettingsView = Narrowed<Schemas["IndicatorSettingsView"], { settings: IndicatorSettings }>;
