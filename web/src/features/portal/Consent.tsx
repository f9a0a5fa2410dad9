/** Notice and consent before a contact is left (告知与同意): nothing is asked of who stays anonymous. */
import { useEffect, useState } from "react";
import type { PrivacyNotice } from "../../api/contract";
import { readPublicNotices } from "../../api/privacy";
import { Notice } from "../../street/controls";
import { Link } from "./Link";

export interface Agreed { read: boolean; under_14: boolean; guardian: boolean }
export const nothingAgreed: Agreed = { read: false, under_14: false, guardian: false };

/** The notice in force; `null` where none is published, or it cannot be read just now. */
export function useNotice(): PrivacyNotice | null {
  const [notice, setNotice] = useState<PrivacyNotice | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    readPublicNotices(stop.signal).then((it) => setNotice(it.items[0] ?? null), () => undefined);
    return () => stop.abort();
  }, []);
  return notice;
}

/** What is missing before a contact may be sent. */
export function unagreed(notice: PrivacyNotice | null, contact: boolean, agreed: Agreed): string | undefined {
  if (!notice || !contact) return undefined;
  if (!agreed.read) return "留下姓名或电话前，请先阅读个人信息告知书并勾选；也可以不留联系方式。";
  if (agreed.under_14 && !agreed.guardian) return "未满十四周岁的，请由父母或其他监护人同意并留监护人的联系方式；也可以不留联系方式。";
  return undefined;
}

export function Consent({ notice, value, onChange, error }: { notice: PrivacyNotice; value: Agreed; onChange: (value: Agreed) => void; error?: string | undefined }) {
  const tick = (name: keyof Agreed) => ({ checked: value[name], onChange: (event: { target: { checked: boolean } }) => onChange({ ...value, [name]: event.target.checked }) });
  return (
    <div className="consent" role="group" aria-label="告知与同意" {...(error ? { tabIndex: -1, "data-missing": true } : {})}>
      <label><input type="checkbox" {...tick("read")} /><span>我已阅读<Link href="/privacy">个人信息告知书（第 {notice.number} 版）</Link>，同意按其处理我留下的姓名和电话</span></label>
      <label><input type="checkbox" {...tick("under_14")} /><span>上报人未满十四周岁</span></label>
      {value.under_14 && <>
        <Notice icon="lock"><span className="notice-text">{notice.minors}</span></Notice>
        <label><input type="checkbox" {...tick("guardian")} /><span>我是上报人的父母或其他监护人，同意处理，上面留的是我的姓名和电话</span></label>
      </>}
      {error && <Notice kind="bad" live>{error}</Notice>}
    </div>
  );
}
