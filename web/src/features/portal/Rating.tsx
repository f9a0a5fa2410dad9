/** Rating how it was handled: one press for the stars, words if one likes. */
import { useState, type FormEvent } from "react";
import { ratePublicReport } from "../../api/public";
import { asProblem } from "../../api/problem";
import { Busy, Field, Notice } from "../../street/controls";

const words = ["", "很不满意", "不满意", "一般", "满意", "非常满意"];

export function Rating({ code, done }: { code: string; done: () => void }) {
  const [stars, setStars] = useState(0);
  const [comment, setComment] = useState("");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    if (stars === 0) {
      setProblem("请先选几颗星。");
      return;
    }
    setSending(true);
    setProblem(null);
    try {
      await ratePublicReport(code, { stars, ...(comment.trim() ? { comment: comment.trim() } : {}) });
      done();
    } catch (error) {
      setProblem(asProblem(error).message);
    } finally {
      setSending(false);
    }
  };
  return (
    <section className="card rate" aria-labelledby="rate">
      <h2 id="rate">办得怎么样？</h2>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <fieldset className="stars">
          <legend className="visually-hidden">打几颗星</legend>
          {[1, 2, 3, 4, 5].map((it) => (
            <label key={it} className={it <= stars ? "lit" : undefined}>
              <input type="radio" name="stars" value={it} checked={stars === it} onChange={() => { setStars(it); setProblem(null); }} />
              <span aria-hidden="true">★</span><span className="visually-hidden">{it} 星，{words[it]}</span>
            </label>
          ))}
          <span className="stars-words" aria-hidden="true">{words[stars]}</span>
        </fieldset>
        {stars > 0 && (
          <Field label={stars <= 2 ? "哪里没有办好？" : "想说的话"} optional>
            {(ids) => <textarea {...ids} className="input" maxLength={500} value={comment} onChange={(event) => setComment(event.target.value)} />}
          </Field>
        )}
        {problem && <Notice kind="bad" live>{problem}</Notice>}
        <div><button type="submit" className="button button-primary" aria-disabled={sending}>{sending ? <Busy words="正在提交…" /> : "提交评价"}</button></div>
      </form>
    </section>
  );
}
