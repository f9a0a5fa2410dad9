/** Where and when devices looked (覆盖情况). */
import { address, get } from "./client";
import type { CoverageReport } from "./contract";

export interface CoverageOf { from: string; to: string; kind?: number }

export const readCoverage = (of: CoverageOf, signal?: AbortSignal) => get<CoverageReport>("/machine-coverage", of, signal);
export const coverageFile = (of: CoverageOf) => address("/machine-coverage/export", of);
