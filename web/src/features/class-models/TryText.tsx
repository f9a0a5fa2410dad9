/** A description typed to see what would be proposed (试一试), by the model and by the table of words alone. Nothing of it is kept. */
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Input } from "antd";
import { useState } from "react";
import { tryClassModel } from "../../api/class-models";
import type { SuggestedClass } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { Marked } from "../triage/Marked";
import { modelWord } from "./models";

export function TryText({ number }: { number: number }) {
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const trial = useMutation({ mutationFn: (typed: string) => tryClassModel(number, typed) });
  const problem = trial.error ? asProblem(trial.error) : null;
  const fault = missing ? "先写一段描述" : problem?.field("text");
  function run() {
    if (text.trim() === "") {
      setMissing(true);
      trial.reset();
    } else trial.mutate(text.trim());
  }
  return (
    <form className="try-text" onSubmit={(event) => { event.preventDefault(); run(); }}>
      <label htmlFor="try-text">写一段市民可能写的话<small>只用来试，不保存</small></label>
      <Input.TextArea
        id="try-text" rows={3} maxLength={2_000} value={text} status={fault ? "error" : ""} placeholder="例如：小区门口的路灯好几天不亮了，晚上看不清路" aria-describedby="try-text-fault"
        onChange={(event) => { setText(event.target.value); setMissing(false); }}
        onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } }}
      />
      <p id="try-text-fault" className="field-fault" role={fault ? "alert" : undefined}>{fault ?? ""}</p>
      <div className="try-foot"><Button htmlType="submit" loading={trial.isPending}>试一试</Button><span className="quiet">Ctrl + Enter</span></div>
      <div aria-live="polite">
        {problem && !fault && <Alert type="error" showIcon title={problem.message} />}
        {trial.data && (
          <>
            <div className="try-sides">
              <Proposals key={`model ${trial.variables}`} title={`${modelWord(number)}和词表`} text={trial.variables} of={trial.data.with_model} />
              <Proposals key={`words ${trial.variables}`} title="只用词表" text={trial.variables} of={trial.data.by_words} />
            </div>
            <p className="quiet">得分在 0 到 1 之间，只在同一边里比较高低。点一个类别，看它凭的是哪些字词。</p>
          </>
        )}
      </div>
    </form>
  );
}

/** The classes, best first; the words of the one that is pointed at are marked in what was typed. */
function Proposals({ title, text, of }: { title: string; text: string; of: readonly SuggestedClass[] }) {
  const [at, setAt] = useState(0);
  const shown = of[at];
  return (
    <section className="proposals" aria-label={title}>
      <h4>{title}</h4>
      {!shown ? <p className="quiet">没有推荐：这段描述里没有认得的字词，由受理员选类别。</p> : (
        <>
          <p className="try-said"><Marked text={text} words={shown.words} /></p>
          <ol>
            {of.map((it, index) => (
              <li key={it.code}>
                <button type="button" aria-pressed={index === at} onClick={() => setAt(index)}><span>{it.name} <code className="mono">{it.code}</code></span><b>{it.score.toFixed(2)}</b></button>
              </li>
            ))}
          </ol>
          <p className="quiet">{shown.reason}</p>
        </>
      )}
    </section>
  );
}
