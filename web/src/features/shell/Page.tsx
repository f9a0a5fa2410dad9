/** The frame of a page and its three other faces: loading, failed, empty. */
import { Alert, Button, Skeleton } from "antd";
import { useEffect, useRef, type ReactNode } from "react";
import { asProblem, type Problem } from "../../api/problem";

export function Page({ title, extra, children, wide, intro }: { title: string; extra?: ReactNode; children: ReactNode; wide?: boolean; intro?: ReactNode }) {
  useEffect(() => { document.title = `${title} · 闭环`; }, [title]);
  const frame = useReachableTables();
  return (
    <div ref={frame} className={`page${wide ? " page-wide" : ""}`}>
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {intro && <p>{intro}</p>}
        </div>
        {extra && <div className="page-extra">{extra}</div>}
      </header>
      {children}
    </div>
  );
}

/** Tables that are wider than a small screen can be moved sideways; the keyboard must reach them to do so. */
function useReachableTables() {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = () => {
      for (const it of frame.current?.querySelectorAll<HTMLElement>(".ant-table-content, .ant-table-body") ?? []) {
        if (it.scrollWidth > it.clientWidth) it.tabIndex = 0;
        else it.removeAttribute("tabindex");
      }
    };
    const seen = new MutationObserver(mark);
    if (frame.current) seen.observe(frame.current, { childList: true, subtree: true });
    addEventListener("resize", mark);
    mark();
    return () => { seen.disconnect(); removeEventListener("resize", mark); };
  }, []);
  return frame;
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = asProblem(error);
  return (
    <Alert
      role="alert" type="error" showIcon title={problem.message} {...(problem.citation ? { description: `依据：${problem.citation}` } : {})}
      {...(retry ? { action: <Button size="small" onClick={retry}>重试</Button> } : {})}
    />
  );
}

export function Loading({ rows = 6 }: { rows?: number }) {
  return <div aria-busy="true" aria-label="正在载入" className="loading" role="status"><Skeleton active paragraph={{ rows }} title={false} /></div>;
}

/** Says what will stand here and how to make it appear. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <svg viewBox="0 0 64 48" width="64" height="48" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
        <rect x="8" y="10" width="48" height="32" rx="5" /><path d="M8 28h14l4 6h12l4-6h14" /><path d="M20 18h24" strokeLinecap="round" opacity=".5" />
      </svg>
      <b>{title}</b>
      {children && <div>{children}</div>}
    </div>
  );
}

/** Puts the server's field problems on a form's fields. */
export function fieldErrors(problem: Problem): { name: string[]; errors: string[] }[] {
  return problem.fields.map((it) => ({ name: it.field.split("."), errors: [it.detail] }));
}
