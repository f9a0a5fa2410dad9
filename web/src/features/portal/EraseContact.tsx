/** Having one's own name and telephone erased (删除我的联系方式): the code and the telephone that was left are proof enough. */
import { useState, type FormEvent } from "react";
import { eraseMyContact } from "../../api/erasure";
import { asProblem } from "../../api/problem";
import { Busy, Field, Notice } from "../../street/controls";

export function EraseContact({ code, done }: { code: string; done: () => void }) {
  const [telephone, setTelephone] = useState("");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [erased, setErased] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    if (!telephone.trim()) {
      setProblem("请填写上报时留下的电话。");
      return;
    }
    setSending(true);
    setProblem(null);
    try {
      await eraseMyContact(code, telephone.trim());
      setErased(true);
      setTelephone("");
      done();
    } catch (error) {
      setProblem(asProblem(error).message);
    } finally {
      setSending(false);
    }
  };
  return (
    <details className="card part-more erase-contact">
      <summary>删除我留下的姓名和电话</summary>
      {erased ? <Notice kind="good" live>已经删除，谁也无法恢复。这件上报照常办理，凭查询码仍可看进度。</Notice> : (
        <form className="stack" onSubmit={(event) => void submit(event)}>
          <p className="muted">填上报时留下的电话，核对一致后立即删除。删除后工作人员不能再打电话问您，这件上报照常办理。</p>
          <Field label="上报时留下的电话" error={problem ?? undefined}>
            {(ids) => <input {...ids} className="input" type="tel" inputMode="tel" autoComplete="tel" maxLength={30} value={telephone} onChange={(event) => { setTelephone(event.target.value); setProblem(null); }} />}
          </Field>
          <div><button type="submit" className="button" aria-disabled={sending}>{sending ? <Busy words="正在删除…" /> : "永久删除"}</button></div>
        </form>
      )}
    </details>
  );
}
