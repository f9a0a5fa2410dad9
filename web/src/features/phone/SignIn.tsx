/** Signing in on the phone; also in the middle of work, when the session ended while things waited. */
import { useEffect, useState, type FormEvent } from "react";
import type { Demo, Session } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { providerDoor, readDemo, readOffer, secondFactor, signIn } from "../../api/session";
import { cameBack } from "../session/provider";
import { announce, kick } from "../../offline/run";
import { roleWord } from "../../format/words";
import { Busy, Field, Notice } from "../../street/controls";
import { rememberSession, useOnline, type QueueView } from "./device";

export function SignIn({ onDone, queue }: { onDone: (session: Session) => void; queue: QueueView }) {
  return (
    <main className="sign-in">
      <div className="sign-in-head"><img src={mark} alt="" width="72" height="72" /><h1>闭环外勤</h1><p className="muted">上报、核实、处置、核查，没有网络也能办</p></div>
      {queue.sends.length > 0 && <Notice kind="warn">本机还有 {queue.sends.length} 件待发送。由原来的账号登录后会自动发出。</Notice>}
      <SignInForm onDone={onDone} />
    </main>
  );
}

export function SignInForm({ onDone, account: known }: { onDone: (session: Session) => void; account?: string }) {
  const online = useOnline();
  const [account, setAccount] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const [totp, setTotp] = useState("");
  const [back] = useState(cameBack);
  const [second, setSecond] = useState(back.second);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(back.problem);
  const [offer, setOffer] = useState<string | undefined>();
  const [demo, setDemo] = useState<Demo | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    readDemo(stop.signal).then(setDemo, () => undefined);
    readOffer(stop.signal).then((it) => setOffer(it.name ?? undefined), () => undefined);
    return () => stop.abort();
  }, []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const session = back.second ? await secondFactor(totp.trim()) : await signIn({ account: account.trim(), password, ...(second && totp ? { totp: totp.trim() } : {}) });
      await rememberSession(session);
      announce();
      onDone(session);
      void kick();
    } catch (error) {
      const met = asProblem(error);
      if (met.code === "totp-required") setSecond(true);
      setProblem(met.code === "totp-required" && !second ? "请再填动态口令，或一个恢复码。" : met.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      {!online && <Notice kind="warn">现在没有网络，登录需要网络。</Notice>}
      {!back.second && <Field label="账号">{(ids) => <input {...ids} className="input" autoComplete="username" autoCapitalize="none" spellCheck={false} required readOnly={!!known} value={account} onChange={(event) => setAccount(event.target.value)} />}</Field>}
      {!back.second && <Field label="密码">{(ids) => <input {...ids} className="input" type="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />}</Field>}
      {second && <Field label="动态口令或恢复码">{(ids) => <input {...ids} className="input number" autoComplete="one-time-code" autoCapitalize="none" maxLength={24} value={totp} onChange={(event) => setTotp(event.target.value)} />}</Field>}
      {problem && <Notice kind="bad" live>{problem}</Notice>}
      <button type="submit" className="button button-primary button-large button-wide" aria-disabled={busy}>{busy ? <Busy words="正在登录…" /> : "登录"}</button>
      {offer && !back.second && !known && <a className="button button-large button-wide" href={providerDoor("/phone/")}>用{offer}登录</a>}
      {demo && !known && (
        <div className="demo-accounts">
          <p className="small muted">演示账号，点一下填好：</p>
          <div className="row">
            {demo.accounts.filter((it) => it.page.includes("phone")).map((it) => (
              <button key={it.account} type="button" className="button button-small" onClick={() => { setAccount(it.account); setPassword(it.password); }}>{roleWord(it.role)}</button>
            ))}
          </div>
        </div>
      )}
    </form>
  );
}

const mark = "/phone/icon.svg";
