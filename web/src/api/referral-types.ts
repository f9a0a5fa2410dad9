/** What the interface says of referrals (案件线索移交), by the names of the document. */
import type { components } from "./schema";

type Schemas = components["schemas"];
export type CaseReferral = Schemas["CaseReferralFile"];
export type CaseReferralRow = Schemas["CaseReferralRow"];
export type CaseReferralCounts = Schemas["CaseReferralCounts"];
export type CaseReferralSettings = Schemas["CaseReferralSettings"];
export type CaseReferralSettingsView = Schemas["CaseReferralSettingsView"];
export type CaseReferralSuspect = Schemas["CaseReferralSuspect"];
export type CaseReferralPower = Schemas["CaseReferralPower"];
export type NewCaseReferral = Schemas["NewCaseReferral"];
