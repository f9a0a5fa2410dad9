/** The citizens' pages (市民门户). */
import { lazy, Suspense, useEffect, useRef } from "react";
import { Notice, Busy } from "../../street/controls";
import { Home } from "./Home";
import { Link } from "./Link";
import { parse, useRoute } from "./route";

const report = () => import("./Report");
const follow = () => import("./Follow");
const Report = lazy(report);
const Follow = lazy(follow);
const SignedReceipt = lazy(() => import("./SignedReceipt"));
const Privacy = lazy(() => import("./Privacy"));
const Pay = lazy(() => import("./Pay"));
const Rewards = lazy(() => import("./Rewards"));
const Towed = lazy(() => import("./Towed"));
const Decisions = lazy(() => import("./Decisions"));
const Decision = lazy(() => import("./Decision"));
const Openness = lazy(() => import("./Openness"));
const Officer = lazy(() => import("./Officer"));
const MyCase = lazy(() => import("./mycase/MyCase"));

// Who opens a link to a page inside does not wait for the first page to be drawn.
const first = parse(location.pathname, location.search).page;
if (first === "report") void report();
if (first === "follow") void follow();

const titles = { home: "闭环 · 城市管理随手报", report: "我要上报 · 闭环", follow: "办理进度 · 闭环", receipt: "签名回执 · 闭环", privacy: "个人信息说明 · 闭环", rewards: "天天有奖 · 闭环", towed: "拖移车辆查询 · 闭环", pay: "缴纳罚款 · 闭环", decisions: "行政处罚决定公示 · 闭环", decision: "行政处罚决定 · 闭环", "my-case": "我的案件 · 闭环", openness: "执法公开 · 闭环", officer: "执法人员核验 · 闭环", lost: "没有这个页面 · 闭环" };

export function Portal() {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const opening = useRef(true);
  useEffect(() => {
    document.title = titles[route.page];
    // After moving to another page the keyboard and the screen reader start at its content.
    if (!opening.current) main.current?.focus();
    opening.current = false;
  }, [route.page]);
  return (
    <>
      <a className="skip" href="#main">跳到正文</a>
      <header className="top">
        <Link href="/" className="brand"><Mark /><span>闭环<small>城市管理随手报</small></span></Link>
        <nav aria-label="主导航">
          <Link href="/report" aria-current={route.page === "report" ? "page" : undefined}>我要上报</Link>
          <Link href="/#follow" aria-current={route.page === "follow" ? "page" : undefined} onClick={route.page === "home" ? (event) => { event.preventDefault(); document.getElementById("code")?.focus(); } : undefined}>查进度</Link>
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={`page page-${route.page}`}>
        <Suspense fallback={<div className="waiting"><Busy words="正在打开…" /></div>}>
          {route.page === "home" && <Home />}
          {route.page === "report" && <Report />}
          {route.page === "follow" && <Follow key={route.code} code={route.code} fresh={route.fresh} />}
          {route.page === "receipt" && <SignedReceipt key={route.code} code={route.code} />}
          {route.page === "privacy" && <Privacy />}
          {route.page === "rewards" && <Rewards />}
          {route.page === "towed" && <Towed />}
          {route.page === "pay" && <Pay key={route.code} code={route.code} />}
          {route.page === "decisions" && <Decisions />}
          {route.page === "decision" && <Decision key={route.id} id={route.id} />}
          {route.page === "openness" && <Openness {...(route.id ? { id: route.id } : {})} />}
          {route.page === "officer" && <Officer key={route.code} code={route.code} />}
          {route.page === "my-case" && <MyCase />}
          {route.page === "lost" && (
            <div className="stack narrow">
              <h1>没有这个页面</h1>
              <Notice>地址可能不完整。您可以回到首页，用查询码查看办理进度。</Notice>
              <div><Link className="button button-primary" href="/">回首页</Link></div>
            </div>
          )}
        </Suspense>
      </main>
      <footer className="foot">
        <p>涉及人身危险的紧急情况，请先拨打 110、119、120；城市管理热线 12345。</p>
        <p><Link href="/my-case">我的案件</Link><Link href="/pay">缴纳罚款</Link><Link href="/openness">执法公开</Link><Link href="/decisions">处罚决定公示</Link><Link href="/towed">拖移车辆查询</Link><Link href="/rewards">天天有奖</Link><Link href="/privacy">个人信息说明</Link><a href="/phone/">工作人员手机端</a><a href="/desk">工作台</a></p>
      </footer>
    </>
  );
}

export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="40" height="40" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#1456b8" /><path d="M22.9 11.2A8.4 8.4 0 1 0 24.4 16" fill="none" stroke="#fff" strokeWidth="2.9" strokeLinecap="round" /><path d="M12.4 15.8l3 3.1 7.2-8.1" fill="none" stroke="#fff" strokeWidth="2.9" strokeLinecap="round" strokeLinejoin="round" /></svg>
  );
}
