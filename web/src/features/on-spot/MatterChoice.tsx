/** The matter (执法事项), found by words in the legal library of today. */
import { useEffect, useState } from "react";
import { listMatters } from "../../api/law";
import type { MatterItem } from "../../api/contract";
import { now } from "../../format/clock";
import { Field } from "../../street/controls";
import type { ChosenMatter } from "./content";

/** Typing is over when nothing came for so long, in milliseconds. */
const PAUSE = 350;
const SHOWN = 8;

export function MatterChoice({ value, onChange, error, unit }: { unit: boolean; value: ChosenMatter | null; onChange: (matter: ChosenMatter | null) => void; error: string | undefined }) {
  const [words, setWords] = useState("");
  const [found, setFound] = useState<MatterItem[] | null>(null);
  useEffect(() => {
    const q = words.trim();
    if (q.length < 2) { setFound(null); return; }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const on = new Date(now() + 8 * 3_600_000).toISOString().slice(0, 10);
      listMatters({ q, on }, stop.signal).then((page) => setFound(fitting(page.items, unit).slice(0, SHOWN)), () => undefined);
    }, PAUSE);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [words, unit]);

  if (value) {
    return (
      <div className="stack"><span className="field-label">执法事项</span>
        <div className="onspot-chosen"><strong>{value.name}</strong><small>{value.articles}</small></div>
        {error && <div className="field-error">{error}</div>}
        <button type="button" className="button button-small button-soft" onClick={() => { onChange(null); setWords(""); }}>换一个事项</button>
      </div>
    );
  }
  return (
    <div className="stack">
      <Field label="执法事项" hint="写两个字以上查找，例如：倾倒垃圾" error={error}>{(ids) => <input {...ids} className="input" type="search" maxLength={60} value={words} onChange={(event) => setWords(event.target.value)} />}</Field>
      {found && found.length === 0 && <p className="muted">没有找到，换个说法试试。</p>}
      {found && found.length > 0 && <ul className="onspot-found">{found.map((it) => <li key={it.code}><button type="button" onClick={() => onChange(chosenOf(it))}>{it.facts.name}<small>《{it.facts.law}》{it.facts.penalty_article}{fineWords(unit ? it.facts.organisation : it.facts.individual)}</small></button></li>)}</ul>}
    </div>
  );
}

const fineWords = (range: { min_fen: number; max_fen: number } | null | undefined) => (range ? `，罚款 ${range.min_fen / 100} 至 ${range.max_fen / 100} 元` : "");

/** What is in force; what the simple procedure takes for this kind of party comes first. */
export function fitting(items: readonly MatterItem[], unit: boolean): MatterItem[] {
  const fits = (it: MatterItem) => { const use = unit ? it.simple_organisation : it.simple_individual; return use !== undefined && use !== null && use !== "never"; };
  const inForce = items.filter((it) => it.in_force);
  return [...inForce.filter(fits), ...inForce.filter((it) => !fits(it))];
}

// An order that is only optional by the text still comes first, as the server has it.
export const chosenOf = ({ code, facts }: MatterItem): ChosenMatter => ({
  code, name: facts.name, violated: facts.violated_article ? `《${facts.law}》${facts.violated_article}` : "", articles: `《${facts.law}》${facts.penalty_article}`,
  person: facts.individual ?? null, unit: facts.organisation ?? null, correctionFirst: facts.precondition.condition === "not-obeyed",
});
