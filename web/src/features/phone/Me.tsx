/** Me (我的): what waits on this phone, what was sent, who I am. */
import { useEffect, useState } from "react";
import { signOut } from "../../api/session";
import { shortTime } from "../../format/time";
import { now } from "../../format/clock";
import type { Send } from "../../offline/database";
import { kept } from "../../offline/database";
import { BOUNDS, hurry, usage } from "../../offline/queue";
import { announce, kick } from "../../offline/run";
import { Notice, Sheet } from "../../street/controls";
import { Icon } from "../../street/Icon";
import { DutyPlace, leaveDutyPlace } from "./DutyPlace";
import { useInstall } from "./install";
import { askToPersist, forgetPerson, useOnline, usePerson } from "./device";
import { SignInForm } from "./SignIn";

export function Me() {
  const { session, setSession, queue, say } = usePerson();
  const online = useOnline();
  const install = useInstall();
  const [signing, setSigning] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const mine = queue.sends.filter((it) => it.person === session.person.id);
  const others = queue.sends.length - mine.length;
  const held = usage(queue.sends);
  const mayShare = session.rights.includes("duty.share");
  const sendNow = async () => {
    await hurry(await kept(), session.person.id);
    await kick();
    announce();
  };
  const leave = async () => {
    await leaveDutyPlace(session.person.id);
    try { await signOut(); } catch { /* without network the phone forgets, the session ends by itself */ }
    await forgetPerson(session.person.id);
    setSession(null);
    // Who came through the city's provider leaves it too.
    if (session.sign_out_url && navigator.onLine) location.assign(session.sign_out_url);
  };
  return (
    <>
      <div className="page-head"><div><h1>{session.person.name}</h1><p className="muted">{session.organisation.name} · {session.roles.map((it) => it.name).join("、")}</p></div></div>
      {queue.signedOut && (
        <div className="card stack">
          <Notice kind="bad">登录已过期。待发送的都在，重新登录后自动发出。</Notice>
          <SignInForm account={session.person.account} onDone={(fresh) => { setSession(fresh); say("已登录"); }} />
        </div>
      )}
      {session.rights.includes("case.open") && <a className="button button-primary button-wide" href="#/on-spot"><Icon name="edit" />当场处罚</a>}
      <section className="stack" aria-labelledby="waiting">
        <div className="page-head"><h2 id="waiting">待发送{mine.length > 0 && ` ${mine.length} 件`}</h2>
          {mine.some((it) => it.state === "waiting") && <button type="button" className="button button-small button-soft" disabled={!online} onClick={() => void sendNow()}><Icon name="send" size={22} />立即发送</button>}
        </div>
        {mine.length === 0 && <Notice kind="good">都发出去了，手机上没有积压。</Notice>}
        <ul className="send-list">{mine.map((it) => <li key={it.seq}><SendRow send={it} /></li>)}</ul>
        {others > 0 && <p className="muted small">另有 {others} 件属于其他账号，由其本人登录后发送。</p>}
        {held.bytes > BOUNDS.bytes * 0.8 && <Notice kind="warn">本机待发送的照片快满了，请尽快到有网络的地方发送。</Notice>}
      </section>
      <section className="stack" aria-labelledby="sent">
        <h2 id="sent">最近发出</h2>
        {queue.sent.filter((it) => it.person === session.person.id).length === 0 && <p className="muted">发出去的会列在这里。</p>}
        <ul className="sent-list">
          {queue.sent.filter((it) => it.person === session.person.id).slice(0, 12).map((it) => (
            <li key={it.id}><Icon name="check" size={22} /><span>{it.label} · {it.title}{it.number && <small className="number muted"> {it.number}</small>}</span><time className="muted small">{shortTime(it.at, now())}</time></li>
          ))}
        </ul>
      </section>
      {mayShare && <DutyPlace online={online} />}
      <section className="stack" aria-labelledby="device">
        <h2 id="device">这台手机</h2>
        {install && <button type="button" className="button button-soft" onClick={() => void install()}><Icon name="plus" />安装到主屏幕</button>}
        <Device online={online} bytes={held.bytes} />
        <button type="button" className="button button-danger" onClick={() => setLeaving(true)}>退出登录</button>
        <button type="button" className="button button-quiet" hidden={queue.signedOut} onClick={() => setSigning(true)}>换密码、动态验证码：到电脑上的工作台设置</button>
      </section>
      {signing && <Sheet title="账号设置" onClose={() => setSigning(false)}><p>请在电脑上打开工作台，右上角头像里可以换密码和设置动态验证码。</p></Sheet>}
      {leaving && (
        <Sheet title="退出登录" onClose={() => setLeaving(false)}>
          <p>{mine.length > 0 ? `还有 ${mine.length} 件待发送。退出后它们留在本机，您下次在这台手机登录后自动发出。` : "任务和照片的缓存会从本机清除。"}</p>
          <button type="button" className="button button-danger button-wide" onClick={() => void leave()}>退出</button>
          <button type="button" className="button button-wide" onClick={() => setLeaving(false)}>不退出</button>
        </Sheet>
      )}
    </>
  );
}

export const stateOf = (send: Send): string =>
  send.state === "conflict" ? "任务已变化，请核对" : send.state === "refused" ? "没有通过，请看原因" : send.attempts > 0 ? `待发送，已试 ${send.attempts} 次` : "待发送";

function SendRow({ send }: { send: Send }) {
  const bad = send.state !== "waiting";
  return (
    <a className={bad ? "send send-bad" : "send"} href={`#/send/${send.seq}`}>
      <Icon name={bad ? "warn" : send.kind === "report" ? "camera" : "send"} />
      <span><strong>{send.label}</strong><span className="send-title">{send.title}</span><small>{stateOf(send)} · {shortTime(send.made_at, now())}{send.photos.length > 0 && ` · ${send.photos.length} 张照片`}</small></span>
      <Icon name="next" size={20} />
    </a>
  );
}

function Device({ online, bytes }: { online: boolean; bytes: number }) {
  const [safe, setSafe] = useState<boolean | null>(null);
  useEffect(() => { void askToPersist().then(setSafe); }, []);
  return (
    <dl className="facts">
      <dt>网络</dt><dd>{online ? "已连接" : "没有网络"}</dd>
      <dt>待发送照片</dt><dd>{(bytes / 1024 / 1024).toFixed(1)} MB / {BOUNDS.bytes / 1024 / 1024} MB</dd>
      <dt>存储保护</dt><dd>{safe === true ? "已开启，系统不会自动清理" : safe === false ? "浏览器未同意；把本页添加到主屏幕后通常会开启" : "此浏览器不支持"}</dd>
    </dl>
  );
}
