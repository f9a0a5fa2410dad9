/** Indicators (考核指标): figures of a period, the leads behind each, weights and grades. */
import { address, get, put } from "./client";
import type { CountedLead, IndicatorBy, IndicatorReport, IndicatorSettings, IndicatorSettingsView, Page } from "./contract";

export interface IndicatorFilter { from: string; to: string; by: IndicatorBy; region?: string | undefined }
export interface BehindFilter extends IndicatorFilter { subject?: string | undefined; part: "numerator" | "denominator"; cursor?: string }

export const readIndicators = (filter: IndicatorFilter, signal?: AbortSignal) => get<IndicatorReport>("/indicators", filter, signal);
export const indicatorsFile = (filter: IndicatorFilter, format: "csv" | "xlsx") => address("/indicators/export", { ...filter, format });
export const readBehind = (code: string, filter: BehindFilter, signal?: AbortSignal) => get<Page<CountedLead>>(`/indicators/${encodeURIComponent(code)}/leads`, filter, signal);
export const readIndicatorSettings = (signal?: AbortSignal) => get<IndicatorSettingsView>("/indicator-settings", undefined, signal);
export const saveIndicatorSettings = (settings: IndicatorSettings, version: number) => put<IndicatorSettingsView>("/indicator-settings", settings, { version });
