/** What the pages of benchmarks say, and small rules about them. */
import type { BenchmarkFactor, BenchmarkRules, BenchmarkTier } from "../../api/discretion";

export const effectWords = { lighter: "从轻", mitigated: "减轻", heavier: "从重" } as const;
export const partyWords = { person: "公民", organisation: "法人或者其他组织" } as const;
export const verdictWords = { fits: "在阶次以内", deviates: "偏离阶次", unlawful: "超出法定幅度" } as const;
export const stateWords: Record<string, string> = { draft: "草稿", reviewed: "已审核", published: "已发布", withdrawn: "已停用" };

/** A factor that is answered by yes or no. */
export const yesNo = (factor: Pick<BenchmarkFactor, "values">) => factor.values.length === 2 && factor.values.every((it) => it.code === "yes" || it.code === "no");

/** A tier's part in words. */
export const tierWord = (tier: BenchmarkTier) => ((tier.amounts ?? []).length > 0
  ? (tier.amounts ?? []).map((it) => `${partyWords[it.party]} ${it.min}–${it.max} 元`).join("，")
  : `幅度的 ${tier.from_percent ?? 0}%–${tier.to_percent ?? 0}%`);

export const emptyRules = (): BenchmarkRules => ({
  matter: "", name: "", article: "", version: "", ranges: [{ party: "person", min: 0, max: 0 }],
  factors: [{ code: "f1", label: "", values: [{ code: "a", label: "", points: 0 }, { code: "b", label: "", points: 10 }] }],
  tiers: [{ label: "从轻", from_points: 0, from_percent: 0, to_percent: 50 }, { label: "从重", from_points: 10, from_percent: 50, to_percent: 100 }], circumstances: [],
});

/** What the form holds as the language of the files: what is empty is left out, so that a file round-trips. */
export function tidy(rules: BenchmarkRules): BenchmarkRules {
  const text = (it: string | undefined | null) => (it ?? "").trim();
  const circumstances = (rules.circumstances ?? []).map((it) => ({ ...it, code: text(it.code), label: text(it.label), article: text(it.article) }));
  return {
    matter: text(rules.matter), name: text(rules.name), article: text(rules.article), version: text(rules.version),
    ranges: (rules.ranges ?? []).map((it) => ({ party: it.party, min: it.min ?? 0, max: it.max ?? 0 })),
    factors: (rules.factors ?? []).map((factor) => ({
      code: text(factor.code), label: text(factor.label), ...(text(factor.unit) ? { unit: text(factor.unit) } : {}), ...(factor.monotone ? { monotone: true } : {}),
      values: (factor.values ?? []).map((it) => ({ code: text(it.code), label: text(it.label), points: it.points ?? 0, ...(text(factor.unit) && it.up_to !== null && it.up_to !== undefined ? { up_to: it.up_to } : {}) })),
    })),
    tiers: (rules.tiers ?? []).map((it) => ({
      label: text(it.label), from_points: it.from_points ?? 0,
      ...((it.amounts ?? []).length > 0 ? { amounts: (it.amounts ?? []).map((own) => ({ party: own.party, min: own.min ?? 0, max: own.max ?? 0 })) } : { from_percent: it.from_percent ?? 0, to_percent: it.to_percent ?? 0 }),
    })),
    ...(circumstances.length > 0 ? { circumstances } : {}),
  };
}

/** A file as rules; `null` where it is none. What is wrong with them the server says. */
export function parseRules(text: string): BenchmarkRules | null {
  try {
    const found = JSON.parse(text) as Partial<BenchmarkRules> | null;
    return found && typeof found.matter === "string" && Array.isArray(found.ranges) && Array.isArray(found.factors) && Array.isArray(found.tiers) ? (found as BenchmarkRules) : null;
  } catch {
    return null;
  }
}

/** Where a fault lies, for people: `/factors/0/values/1/points` → 裁量因素 1 · 取值 2. */
export function placeWord(pointer: string): string {
  const names: Record<string, string> = { ranges: "法定幅度", factors: "裁量因素", values: "取值", tiers: "阶次", circumstances: "法定情节" };
  const parts = pointer.split("/").slice(1);
  const words = parts.flatMap((part, index) => {
    const name = names[part];
    if (!name) return [];
    const number = Number(parts[index + 1]);
    return [Number.isInteger(number) && parts[index + 1] !== undefined ? `${name} ${number + 1}` : name];
  });
  return words.join(" · ") || "基本信息";
}
