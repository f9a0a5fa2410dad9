/** Precedents (判例) and what past dispatches say of units (退单情况), in words. */
import type { Precedent, PrecedentInput, SuggestedUnit } from "../../api/contract";

/** Class codes as people type them: with commas, spaces or 、 between. */
export const prefixesOf = (typed: string): string[] => [...new Set(typed.split(/[\s,，、;；]+/).filter(Boolean))];

export const asInput = ({ unit, class_prefixes, region_prefix, reason, decided_by, decided_on }: Precedent): PrecedentInput => ({ unit_id: unit.id, class_prefixes, region_prefix, reason, decided_by, decided_on });

export const usedWords = (it: Pick<Precedent, "used">): string => (it.used === 0 ? "还没有用过" : `用过 ${it.used} 次`);

/** What is said beside a proposed unit: its own numbers, and where it usually sends such things back, who keeps them. */
export function pastWords(units: SuggestedUnit[], chosen: string | undefined): { words: string; warn: boolean } | null {
  const own = units.find((it) => it.id === chosen);
  if (!own?.past) return null;
  if (!own.past.warn) return { words: own.past.words, warn: false };
  const keeps = units.find((it) => it.id !== own.id && it.past && !it.past.warn && it.past.kept > 0);
  return { words: `${own.name}通常退回这类件：${own.past.words}${keeps?.past ? `；${keeps.name}${keeps.past.words}` : ""}`, warn: true };
}
