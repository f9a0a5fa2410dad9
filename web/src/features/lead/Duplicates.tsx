/** What else may be the same problem (疑似重复) with the reasons, and how many like reports came to the place. */
import { Link } from "@tanstack/react-router";
import type { Suggestion } from "../../api/contract";

/** The score as people read it: a share of certainty, not a measured probability. */
const percent = (score: number) => `${Math.round(score * 100)}%`;

export function Duplicates({ suggestion, hint }: { suggestion: Suggestion | null | undefined; hint?: string }) {
  if (!suggestion) return null;
  const { duplicates, near, cautions } = suggestion;
  const crowded = near && near.count > 1 ? near : null;
  if (duplicates.length === 0 && !crowded && cautions.length === 0) return null;
  return (
    <section className="duplicates" aria-label="疑似重复与提醒">
      {cautions.length > 0 && (
        <>
          <h3>上报提醒</h3>
          <ul>
            {cautions.map((it) => (
              <li key={it.kind + it.reason}>
                <span><span className="tag">{it.kind_label}</span> {it.lead && <Link to="/leads/$id" params={{ id: it.lead.id }}>看那一件</Link>}</span>
                <span className="quiet">{it.reason}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {duplicates.length > 0 && (
        <>
          <h3>疑似重复 {hint && <kbd aria-hidden="true">{hint}</kbd>}</h3>
          <ul>
            {duplicates.map((it) => (
              <li key={it.id}>
                <span><Link to="/leads/$id" params={{ id: it.id }}>{it.title}</Link> <span className="likeness" title={`相似程度 ${percent(it.score)}`}>{it.sure ? "很可能" : "可能"} {percent(it.score)}</span></span>
                <span className="quiet">{it.number} · {it.state_label} · {it.reason}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {crowded && <p className="near">此处 {crowded.days} 天内“{crowded.category_name}”共 {crowded.count} 件，未结 {crowded.open} 件。{crowded.hot && <Link to="/hotspots" search={{ days: String(crowded.days) }}>查看热点</Link>}</p>}
    </section>
  );
}
