/** What a citizen may ask without signing in. */
import { API, get, post } from "./client";
import type { Items, MapSettings, NewPublicReport, Place, PublicClass, PublicRecent, PublicReport, PublicReportReceipt, PublicReportSettings, SentCode, SignedReceipt } from "./contract";

export const readMapSettings = (signal?: AbortSignal) => get<MapSettings>("/map", undefined, signal);
export const createPublicReport = (report: NewPublicReport) =>
  post<PublicReportReceipt>("/public/reports", report, { idempotencyKey: report.client_key });
export const readPublicReportSettings = (signal?: AbortSignal) => get<PublicReportSettings>("/public/report-settings", undefined, signal);
export const sendTextCode = (telephone: string) => post<SentCode>("/public/text-codes", { telephone });
export const readPublicReport = (tracking: string, signal?: AbortSignal) => get<PublicReport>(`/public/reports/${encodeURIComponent(tracking)}`, undefined, signal);
export const readPublicReceipt = (tracking: string, signal?: AbortSignal) => get<SignedReceipt>(`/public/reports/${encodeURIComponent(tracking)}/receipt`, undefined, signal);
/** Where the receipt is downloaded as a file. */
export const receiptFileAddress = (tracking: string) => `${API}/public/reports/${encodeURIComponent(tracking)}/receipt`;
export const ratePublicReport = (tracking: string, rating: { stars: number; comment?: string }) =>
  post<void>(`/public/reports/${encodeURIComponent(tracking)}/rating`, rating);
export const listPublicRecent = (signal?: AbortSignal) => get<Items<PublicRecent>>("/public/recent", undefined, signal);
export const listPublicClasses = (signal?: AbortSignal) => get<Items<PublicClass>>("/public/classes", undefined, signal);
export const findPublicPlace = (lon: number, lat: number, signal?: AbortSignal) =>
  get<Place>("/public/places", { x: lon, y: lat, system: "wgs84" }, signal);
