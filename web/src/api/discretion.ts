/** Discretion (裁量): benchmarks as data, and what they come to in a case. */
import { get, post, put } from "./client";
import type { BenchmarkVersion, CaseDiscretion, DiscretionFigures, DiscretionWatchLimits, FinedCases } from "./contract";

/** The language of the files, as `law::discretion` reads it. */
export interface BenchmarkRange { party: "person" | "organisation"; min: number; max: number }
export interface BenchmarkValue { code: string; label: string; points: number; up_to?: number | null }
export interface BenchmarkFactor { code: string; label: string; unit?: string | null; monotone?: boolean; values: BenchmarkValue[] }
export interface BenchmarkTier { label: string; from_points: number; from_percent?: number; to_percent?: number; amounts?: BenchmarkRange[] }
export interface BenchmarkCircumstance { code: string; label: string; article: string; effect: "lighter" | "mitigated" | "heavier" }
export interface BenchmarkRules {
  matter: string; name: string; article: string; version: string; ranges: BenchmarkRange[]; factors: BenchmarkFactor[]; tiers: BenchmarkTier[]; circumstances?: BenchmarkCircumstance[];
}
export interface Weighed { points: number; tier: string; low: number; high: number; steps: { basis: string; text: string }[] }
export interface Tried { faults: { pointer: string; detail: string }[]; lacking?: string; weighed?: Weighed; proposed?: number; judgement?: { verdict: "fits" | "deviates" | "unlawful"; reason: string } }
export interface Trial { rules: BenchmarkRules; organisation: boolean; values: Record<string, string>; circumstances: string[]; yuan?: number }

interface Paged<T> { items: T[]; next_cursor?: string | null }
export const listBenchmarks = (filter: { matter?: string; state?: string; cursor?: string }, signal?: AbortSignal) => get<Paged<BenchmarkVersion>>("/benchmarks", filter, signal);
export const readBenchmark = (id: string, signal?: AbortSignal) => get<BenchmarkVersion>(`/benchmarks/${id}`, undefined, signal);
export const draftBenchmark = (rules: BenchmarkRules, reason: string) => post<BenchmarkVersion>("/benchmarks", { rules, reason });
export const rewriteBenchmark = (of: { id: string; version: number }, rules: BenchmarkRules, reason: string) => put<BenchmarkVersion>(`/benchmarks/${of.id}`, { rules, reason }, { version: of.version });
export const actOnBenchmark = (of: { id: string; version: number }, action: string, step: { from?: string; note?: string }) => post<BenchmarkVersion>(`/benchmarks/${of.id}/actions/${action}`, step, { version: of.version });
export const tryBenchmark = (trial: Trial, signal?: AbortSignal) => post<Tried>("/benchmarks/actions/try", trial, signal ? { signal } : {});

export const readCaseDiscretion = (id: string, signal?: AbortSignal) => get<CaseDiscretion>(`/cases/${id}/discretion`, undefined, signal);
export const weighCase = (id: string, version: number, answers: { values: Record<string, string>; circumstances: string[] }) => put<CaseDiscretion>(`/cases/${id}/discretion`, answers, { version });
export const askDeviation = (id: string, version: number, asked: { fine_fen: number; reason: string }) => post<CaseDiscretion>(`/cases/${id}/deviation`, asked, { version });
export const approveDeviation = (id: string, version: number, note: string) => post<CaseDiscretion>(`/cases/${id}/deviation/actions/approve`, { note }, { version });
export const discretionFigures = (from: string, to: string, signal?: AbortSignal) => get<DiscretionFigures>("/discretion-figures", { from, to }, signal);
export const behindFigure = (ask: { from: string; to: string; matter: string; unit?: string; maximum?: boolean; fine_fen?: number }, signal?: AbortSignal) => get<FinedCases>("/discretion-figures/cases", ask, signal);
export const setDiscretionWatch = (limits: DiscretionWatchLimits) => put<unknown>("/discretion-watch-settings", limits);
