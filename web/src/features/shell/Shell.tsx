/** The frame around every page of the desk: where to go, who I am, whether what I see is live. */
import { MenuOutlined, QuestionCircleOutlined, SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { App, Drawer, Dropdown, Modal } from "antd";
import { useCallback, useEffect, useState } from "react";
import { readDemo } from "../../api/session";
import { countLeads } from "../../api/leads";
import { countNotices } from "../../api/notices";
import type { Demo, Notification } from "../../api/contract";
import { setServerTime } from "../../format/clock";
import { dateTime } from "../../format/time";
import mark from "../../theme/mark.svg";
import { mayAny, useSession } from "../session/session";
import { Account } from "./Account";
import { CommandPalette } from "./CommandPalette";
import { help, useKeys } from "./keys";
import { useConnection, useLive } from "./live";
import { places } from "./navigation";
import { Notifications } from "./Notifications";
import { UndoBar } from "../undo/UndoBar";
import "./shell.css";

const connectionWords = { live: "实时", connecting: "连接中", lost: "已断开，正在重连" } as const;

export function Shell() {
  const session = useSession();
  const navigate = useNavigate();
  const { notification } = App.useApp();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [palette, setPalette] = useState(false);
  const [helping, setHelping] = useState(false);
  const [menu, setMenu] = useState(false);
  const connection = useConnection();
  const counts = useQuery({ queryKey: ["counts"], enabled: mayAny(session, ["lead.read"]), queryFn: ({ signal }) => countLeads(signal), refetchInterval: 60_000 });
  const notices = useQuery({ queryKey: ["notice-counts"], queryFn: ({ signal }) => countNotices(signal), enabled: mayAny(session, ["notice.see"]), refetchInterval: 60_000 });
  const demo = useQuery({
    queryKey: ["demo"], queryFn: ({ signal }): Promise<Demo> => readDemo(signal), enabled: session.demo, retry: false,
    refetchInterval: (query) => (query.state.data?.catching_up ? 5_000 : 60_000),
  });
  useEffect(() => { if (demo.data) setServerTime(demo.data.now); }, [demo.data]);

  const tell = useCallback((it: Partial<Notification> | null) => {
    if (it?.title) notification.info({ title: it.title, placement: "bottomRight", duration: 5 });
  }, [notification]);
  useLive(tell);

  const go = (to: string) => () => void navigate({ to });
  useKeys({
    "?": () => setHelping(true),
    "g t": go("/triage"), "g d": go("/todo"), "g s": go("/search"), "g w": go("/wall"), "g m": go("/sightings"),
    "/": () => document.getElementById("global-search")?.focus(),
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); setPalette((it) => !it); }
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);

  const waiting = counts.data ? Object.values(counts.data.queues).reduce((sum, it) => sum + it, 0) : 0;
  // Of places that lie within one another, the innermost.
  const current = places.filter((it) => path.startsWith(it.to)).reduce((longest, it) => (it.to.length > longest.length ? it.to : longest), "");
  const nav = (
    <nav aria-label="主导航" className="nav" onClick={() => setMenu(false)}>
      {(["工作", "查看", "管理"] as const).map((group) => {
        const here = places.filter((it) => it.group === group && it.allowed(session));
        return here.length === 0 ? null : (
          <div key={group} role="group" aria-label={group}>
            <small aria-hidden="true">{group}</small>
            {here.map((it) => (
              <Link key={it.to} to={it.to} activeOptions={{ exact: true }} className={it.to === current ? "active" : ""} aria-current={it.to === current ? "page" : undefined}>
                {it.icon}<span>{it.label}</span>
                {it.to === "/notices" && (notices.data?.mine ?? 0) > 0 && <em aria-label={`${notices.data?.mine} 份待办`}>{notices.data?.mine}</em>}
                {it.to === "/triage" && waiting > 0 && <em aria-label={`${waiting} 件`}>{waiting > 999 ? "999+" : waiting}</em>}
              </Link>
            ))}
          </div>
        );
      })}
    </nav>
  );

  return (
    <div className="shell">
      <a className="skip" href="#main">跳到主要内容</a>
      <aside className="side">
        <Link to="/" className="brand"><img src={mark} alt="" width={26} height={26} /><b>闭环</b></Link>
        {nav}
        <div className="side-foot">
          <div className={`connection connection-${connection}`} role="status"><i aria-hidden="true" />{connectionWords[connection]}</div>
          {session.demo && <div className="demo-note">演示环境 · 数据均为模拟{demo.data?.catching_up && <><br />历史回放至 {dateTime(demo.data.now)}</>}</div>}
        </div>
      </aside>
      <header className="bar">
        <button type="button" className="bar-button bar-menu" aria-label="打开导航" onClick={() => setMenu(true)}><MenuOutlined /></button>
        <form
          role="search" className="bar-search"
          onSubmit={(event) => {
            event.preventDefault();
            const q = String(new FormData(event.currentTarget).get("q") ?? "").trim();
            void navigate({ to: "/search", search: q ? { q } : {} });
          }}
        >
          <SearchOutlined aria-hidden />
          <input id="global-search" name="q" type="search" aria-label="搜索线索" placeholder="搜索编号、地址、内容（两个字以上）" autoComplete="off" onKeyDown={(event) => { if (event.key === "Escape") event.currentTarget.blur(); }} />
          <kbd aria-hidden="true">/</kbd>
        </form>
        <button type="button" className="bar-command" onClick={() => setPalette(true)}>命令<kbd>Ctrl K</kbd></button>
        <span className="bar-space" />
        <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items: [{ key: "guide", label: "用户手册" }, { key: "keys", label: "快捷键 ?" }], onClick: ({ key }) => (key === "guide" ? go("/help")() : setHelping(true)) }}>
          <button type="button" className="bar-button bar-help" aria-label="帮助"><QuestionCircleOutlined /></button>
        </Dropdown>
        <Notifications />
        <Account />
      </header>
      {connection === "lost" && <div className="offline-note" role="alert">与服务器的实时连接已断开，正在重连；页面上的内容可能不是最新的。</div>}
      <main id="main" tabIndex={-1}><Outlet /></main>
      <UndoBar />
      <Drawer open={menu} onClose={() => setMenu(false)} placement="left" size={240} title="闭环" className="nav-drawer">{nav}</Drawer>
      <CommandPalette open={palette} close={() => setPalette(false)} commands={[{ label: "使用帮助（用户手册）", hint: "页面", run: go("/help") }, { label: "快捷键", hint: "?", run: () => setHelping(true) }]} />
      <Modal open={helping} onCancel={() => setHelping(false)} footer={<Link to="/help" onClick={() => setHelping(false)}>打开用户手册</Link>} title="快捷键" width={640}>
        <div className="help">
          {help.map((it) => (
            <section key={it.group} aria-label={it.group}>
              <h3>{it.group}</h3>
              <dl>{it.keys.map(([key, what]) => <div key={key}><dt>{key.split(" ").map((part) => <kbd key={part}>{part}</kbd>)}</dt><dd>{what}</dd></div>)}</dl>
            </section>
          ))}
        </div>
      </Modal>
    </div>
  );
}
