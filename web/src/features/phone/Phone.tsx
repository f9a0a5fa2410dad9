/** The staff's phone (外勤手机端): report, my tasks, me. Works the same with and without network. */
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Session } from "../../api/contract";
import { readDemo, readSession } from "../../api/session";
import { asProblem } from "../../api/problem";
import { setServerTime } from "../../format/clock";
import { keptSession, writeNote } from "../../offline/database";
import { announce, kick, startSending } from "../../offline/run";
import { Busy } from "../../street/controls";
import { Icon, type IconName } from "../../street/Icon";
import { Act } from "./Act";
import { askToPersist, PersonContext, rememberSession, useOnline, useQueue } from "./device";
import { GridChecks } from "./GridChecks";
import { Me } from "./Me";
import { NewPassword } from "./NewPassword";
import { Patrol } from "./Patrol";
import { Property } from "./Property";
import { Rechecks } from "./Rechecks";
import { go, useRoute, type Route } from "./route";
import { SignIn } from "./SignIn";
import { Stopped } from "./Stopped";
import { Task } from "./Task";
import { Tasks } from "./Tasks";
import { useUpdate } from "./worker";

const OnSpot = lazy(() => import("../on-spot/OnSpot").then((it) => ({ default: it.OnSpot })));

export function Phone() {
  const [session, setSession] = useState<Session | null | undefined>(undefined);
  const queue = useQueue();
  const route = useRoute();
  const update = useUpdate();
  const [words, setWords] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const say = useCallback((text: string) => {
    clearTimeout(timer.current);
    setWords(text);
    timer.current = setTimeout(() => setWords(""), 3500);
  }, []);

  useEffect(() => {
    let gone = false;
    void (async () => {
      const known = await keptSession();
      if (gone) return;
      // Whoever was signed in works on at once; the server is asked beside it.
      if (known) setSession(known);
      try {
        const fresh = await readSession();
        if (gone) return;
        await rememberSession(fresh);
        setSession(fresh);
        announce();
        void kick();
        if (fresh.demo) readDemo().then((it) => setServerTime(it.now), () => undefined);
      } catch (error) {
        if (gone) return;
        if (asProblem(error).status === 401 && known) {
          await writeNote("signed-out", true);
          announce();
        }
        if (!known) setSession(null);
      }
    })();
    return () => { gone = true; };
  }, []);

  const person = session?.person.id;
  useEffect(() => {
    if (!person) return;
    void askToPersist();
    return startSending();
  }, [person]);

  const main = useRef<HTMLElement>(null);
  const place = location.hash;
  useEffect(() => { window.scrollTo(0, 0); main.current?.focus({ preventScroll: true }); }, [place]);

  const context = useMemo(() => (session ? { session, setSession, queue, say } : null), [session, queue, say]);
  if (session === undefined) return <Splash />;
  if (!context) return <SignIn onDone={setSession} queue={queue} />;
  if (context.session.must_change_password) return <NewPassword session={context.session} onDone={setSession} />;

  const mine = queue.sends.filter((it) => it.person === context.session.person.id);
  const stopped = mine.filter((it) => it.state !== "waiting").length;
  return (
    <PersonContext.Provider value={context}>
      <Strip waiting={mine.length - stopped} stopped={stopped} signedOut={queue.signedOut} />
      {update.ready && (
        <div className="update" role="status"><span>新版本已下载好，填写的内容和待发送都会保留。</span><button type="button" className="button button-small" onClick={update.apply}>现在更新</button></div>
      )}
      <main ref={main} tabIndex={-1} className="phone-page">
        {route.page === "tasks" && <Tasks />}
        {route.page === "report" && <Patrol />}
        {route.page === "me" && <Me />}
        {route.page === "on-spot" && <Suspense fallback={<Busy words="正在打开…" />}><OnSpot /></Suspense>}
        {route.page === "property" && <Property />}
        {(route.page === "rechecks" || route.page === "recheck") && <Rechecks id={route.page === "recheck" ? route.id : null} />}
        {(route.page === "campaigns" || route.page === "campaign") && <GridChecks of={route.page === "campaign" ? route : null} />}
        {route.page === "task" && <Task key={route.id} id={route.id} />}
        {route.page === "act" && <Act key={route.id + route.verb} id={route.id} verb={route.verb} />}
        {route.page === "send" && <Stopped key={route.seq} seq={route.seq} />}
      </main>
      <Tabs route={route} count={mine.length} />
      <div className="toast" role="status">{words}</div>
    </PersonContext.Provider>
  );
}

/** The same as in the page's HTML, so that nothing jumps while the device is asked who is signed in. */
function Splash() {
  return <div className="sign-in"><div className="sign-in-head"><img src="/phone/icon.svg" alt="" width="72" height="72" /><p className="splash-name">闭环外勤</p><p className="muted">上报、核实、处置、核查，没有网络也能办</p></div></div>;
}

function Strip({ waiting, stopped, signedOut }: { waiting: number; stopped: number; signedOut: boolean }) {
  const online = useOnline();
  if (signedOut) {
    return <button type="button" className="strip strip-bad" onClick={() => go("#/me")}><Icon name="lock" size={20} />登录已过期，{waiting > 0 ? `${waiting} 件存在本机，` : ""}点这里重新登录</button>;
  }
  if (stopped > 0) return <button type="button" className="strip strip-bad" onClick={() => go("#/me")}><Icon name="warn" size={20} />{stopped} 件没有发出去，需要您看一下</button>;
  if (!online) return <button type="button" className="strip strip-off" onClick={() => go("#/me")}><Icon name="noCloud" size={20} />没有网络{waiting > 0 ? `，${waiting} 件待发送，已存好` : "，可以照常办"}</button>;
  if (waiting > 0) return <button type="button" className="strip strip-on" onClick={() => { go("#/me"); void kick(); }}><span className="spin" aria-hidden="true" />{waiting} 件待发送</button>;
  return null;
}

const tabs: { hash: string; words: string; icon: IconName; pages: Route["page"][] }[] = [
  { hash: "#/tasks", words: "任务", icon: "tasks", pages: ["tasks", "task", "act"] },
  { hash: "#/report", words: "上报", icon: "camera", pages: ["report"] },
  { hash: "#/me", words: "我的", icon: "person", pages: ["me", "send", "on-spot"] },
];

function Tabs({ route, count }: { route: Route; count: number }) {
  return (
    <nav className="tabs" aria-label="主导航">
      {tabs.map((tab) => (
        <a key={tab.hash} href={tab.hash} className={tab.hash === "#/report" ? "tab tab-main" : "tab"} aria-current={tab.pages.includes(route.page) ? "page" : undefined}>
          <span className="tab-icon"><Icon name={tab.icon} size={28} />{tab.hash === "#/me" && count > 0 && <b>{count}<span className="visually-hidden">件待发送</span></b>}</span>
          {tab.words}
        </a>
      ))}
    </nav>
  );
}
