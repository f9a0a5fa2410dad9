/** What this report got (天天有奖), and claiming it. Nothing is shown where nothing was decided. */
import { useEffect, useState, type FormEvent } from "react";
import type { OwnReward, OwnRewards } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { claimReward, readOwnReward } from "../../api/rewards";
import { dateTime } from "../../format/time";
import { Busy, Field, Notice } from "../../street/controls";
import { Link } from "./Link";
import { secretOf } from "./mine";
import { yuan } from "../rewards/fen";

export function Reward({ code }: { code: string }) {
  const [own, setOwn] = useState<OwnRewards | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    readOwnReward(code, stop.signal).then(setOwn, () => undefined);
    return () => stop.abort();
  }, [code, asked]);
  if (!own || own.items.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="reward">
      <h2 id="reward">天天有奖</h2>
      {own.items.map((it) => (
        <div key={it.id} className="stack">
          <p>{["reserved", "granted", "claimed", "paid"].includes(it.state) && <b>{yuan(it.fen)} · </b>}{it.words}{it.claim_until && `（${dateTime(it.claim_until)} 前）`}{it.simulated && "（模拟）"}</p>
          {it.state === "granted" && <Claim code={code} of={it} needsSecret={own.has_secret} done={() => setAsked((old) => old + 1)} />}
        </div>
      ))}
      <p className="small muted"><Link href="/rewards">奖励规则与抽签公示</Link></p>
    </section>
  );
}

function Claim({ code, of, needsSecret, done }: { code: string; of: OwnReward; needsSecret: boolean; done: () => void }) {
  const kept = secretOf(code)?.secret;
  const [telephone, setTelephone] = useState("");
  const [secret, setSecret] = useState(kept ?? "");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    if (!/^\+?(86)?1\d{10}$/.test(telephone.replace(/[\s-]/g, ""))) { setProblem("请填写 11 位手机号码。"); return; }
    setSending(true);
    setProblem(null);
    try {
      await claimReward(code, { award: of.id, telephone: telephone.trim(), ...(secret.trim() ? { secret: secret.trim() } : {}) });
      done();
    } catch (error) {
      setProblem(asProblem(error).message);
    } finally {
      setSending(false);
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <Field label={needsSecret ? "收取奖励的手机号" : "上报时留下的手机号"} error={problem ?? undefined} hint="不需要姓名。手机号加密保存，用于把奖励发给您，以及核对每个电话的领取件数上限。">
        {(ids) => <input {...ids} className="input" type="tel" inputMode="tel" autoComplete="tel" maxLength={20} value={telephone} onChange={(event) => { setTelephone(event.target.value); setProblem(null); }} />}
      </Field>
      {needsSecret && !kept && (
        <Field label="领奖口令" hint="在上报时用的那台设备上打开这个页面，会自动填好；也可以从那里抄过来。上面填的是上报时留下的手机号，就不用口令。">
          {(ids) => <input {...ids} className="input" autoComplete="off" maxLength={40} value={secret} onChange={(event) => { setSecret(event.target.value); setProblem(null); }} />}
        </Field>
      )}
      {kept && <details className="small muted"><summary>换一台设备领取</summary><p>领奖口令：<b className="number">{kept}</b>。请不要告诉别人，有查询码和口令就能领取。</p></details>}
      <div><button type="submit" className="button button-primary" aria-disabled={sending}>{sending ? <Busy words="正在提交…" /> : "领取"}</button></div>
      {!needsSecret && <Notice>只能发放到上报时留下的手机号。</Notice>}
    </form>
  );
}
