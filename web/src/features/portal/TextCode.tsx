/** The code that came by text message (短信验证码), where the city asks for one. */
import { useEffect, useState } from "react";
import type { PublicReportSettings } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { readPublicReportSettings, sendTextCode } from "../../api/public";
import { Field, Notice } from "../../street/controls";

export interface Typed { id: string; code: string; sent_to: string }

/** What the city asks for; nothing where it cannot be read just now. */
export function useReportSettings(): PublicReportSettings | null {
  const [settings, setSettings] = useState<PublicReportSettings | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    readPublicReportSettings(stop.signal).then(setSettings, () => undefined);
    return () => stop.abort();
  }, []);
  return settings;
}

export function TextCode({ telephone, value, onChange, error }: { telephone: string; value: Typed | undefined; onChange: (value: Typed) => void; error: string | undefined }) {
  const [sending, setSending] = useState(false);
  const [wait, setWait] = useState(0);
  const [said, setSaid] = useState<{ bad: boolean; words: string } | null>(null);
  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1_000);
    return () => clearTimeout(timer);
  }, [wait]);
  const ask = async () => {
    if (sending || wait > 0) return;
    setSending(true);
    setSaid(null);
    try {
      const sent = await sendTextCode(telephone);
      onChange({ id: sent.id, code: "", sent_to: telephone });
      setWait(sent.again_after_seconds);
      setSaid({ bad: false, words: sent.simulated_code ? `【模拟】没有真的发短信，验证码是 ${sent.simulated_code}` : `验证码已发到 ${telephone}，${Math.round(sent.holds_seconds / 60)} 分钟内有效。` });
    } catch (met) {
      setSaid({ bad: true, words: asProblem(met).message });
    } finally {
      setSending(false);
    }
  };
  const stale = value !== undefined && value.sent_to !== telephone;
  return (
    <div className="text-code">
      <Field label="短信验证码" error={stale ? "电话改过了，请重新获取验证码。" : error}>
        {(ids) => <input {...ids} className="input number" inputMode="numeric" autoComplete="one-time-code" maxLength={6} value={value?.code ?? ""} onChange={(event) => onChange({ id: value?.id ?? "", sent_to: value?.sent_to ?? telephone, code: event.target.value.replace(/\D/g, "") })} />}
      </Field>
      <button type="button" className="button" aria-disabled={sending || wait > 0} onClick={() => void ask()}>{wait > 0 ? `${wait} 秒后可重新获取` : sending ? "正在发送…" : "获取验证码"}</button>
      {said && <Notice kind={said.bad ? "bad" : "info"} live>{said.words}</Notice>}
    </div>
  );
}
