/** The first password must be changed before anything else works. */
import { useState, type FormEvent } from "react";
import type { Session } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { changePassword, readSession, signOut } from "../../api/session";
import { Busy, Field, Notice } from "../../street/controls";
import { forgetPerson, rememberSession } from "./device";
import { leaveDutyPlace } from "./DutyPlace";

const SHORTEST = 10;

export function NewPassword({ session, onDone }: { session: Session; onDone: (session: Session | null) => void }) {
  const [old, setOld] = useState("");
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [wrong, setWrong] = useState<{ first?: string; second?: string }>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const found = { ...(first.length < SHORTEST ? { first: `新密码至少 ${SHORTEST} 个字符。` } : {}), ...(first !== second ? { second: "两次输入不一样。" } : {}) };
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    setProblem(null);
    try {
      await changePassword({ old, new: first });
      const fresh = await readSession();
      await rememberSession(fresh);
      onDone(fresh);
    } catch (error) {
      setProblem(asProblem(error).message);
    } finally {
      setBusy(false);
    }
  };
  const leave = async () => {
    await leaveDutyPlace(session.person.id);
    try { await signOut(); } catch { /* the session ends by itself */ }
    await forgetPerson(session.person.id);
    onDone(null);
  };
  return (
    <main className="sign-in">
      <div className="stack"><h1>{session.person.name}，请先换密码</h1><p className="muted">您还在用初始密码。换好以后就可以开始办理。</p></div>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <input type="text" autoComplete="username" value={session.person.account} readOnly hidden />
        <Field label="现在的密码">{(ids) => <input {...ids} className="input" type="password" autoComplete="current-password" value={old} onChange={(event) => setOld(event.target.value)} />}</Field>
        <Field label="新密码" hint={`至少 ${SHORTEST} 个字符`} error={wrong.first}>{(ids) => <input {...ids} className="input" type="password" autoComplete="new-password" value={first} onChange={(event) => setFirst(event.target.value)} />}</Field>
        <Field label="再输一次新密码" error={wrong.second}>{(ids) => <input {...ids} className="input" type="password" autoComplete="new-password" value={second} onChange={(event) => setSecond(event.target.value)} />}</Field>
        {problem && <Notice kind="bad" live>{problem}</Notice>}
        <button type="submit" className="button button-primary button-large button-wide" aria-disabled={busy}>{busy ? <Busy words="正在保存…" /> : "换密码"}</button>
        <button type="button" className="button button-quiet" onClick={() => void leave()}>退出登录</button>
      </form>
    </main>
  );
}
