/** What was submitted before, each with its receipt and what the officers did with it. */
import type { MyCase } from "../../../api/contract";
import { Receipt } from "./Submit";

export function Receipts({ of }: { of: MyCase }) {
  if (of.submissions.length === 0) return null;
  return (
    <section className="card" aria-labelledby="my-sent">
      <h2 id="my-sent">您提交过的</h2>
      <ul className="my-list">
        {of.submissions.map((it) => (
          <li key={it.id}>
            <details>
              <summary>{it.kind_label}<span className="muted">，{it.standing_label}{it.taken === true && (it.evidence.length > 0 ? `；已收入证据第 ${it.evidence.join("、")} 号` : "；已处理")}{it.taken === false && `；没有采用：${it.reason ?? ""}`}</span></summary>
              <Receipt of={it} number={of.number} />
              {it.text && <p className="my-words">{it.text}</p>}
            </details>
          </li>
        ))}
      </ul>
      <div><button type="button" className="button button-small" onClick={() => window.print()}>打印本页</button></div>
    </section>
  );
}
