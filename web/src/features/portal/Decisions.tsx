/** The penalty decisions that are public (处罚决定公示): search, the newest first, open data. */
import { useEffect, useState, type FormEvent } from "react";
import type { PublicDecision } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { listPublicDecisions, publicDecisionsFile } from "../../api/publications";
import { Busy, Notice } from "../../street/controls";
import { Link } from "./Link";
import { go } from "./route";
import "./decisions.css";

const years = (): string[] => Array.from({ length: 4 }, (_, back) => String(new Date().getFullYear() - back));

export default function Decisions() {
  const asked = new URLSearchParams(location.search);
  const [filter, setFilter] = useState({ q: asked.get("q") ?? "", year: asked.get("year") ?? "" });
  const [items, setItems] = useState<PublicDecision[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    listPublicDecisions(filter, stop.signal).then(
      (page) => { setItems(page.items); setNext(page.next_cursor ?? null); setProblem(null); },
      (error: unknown) => { if (!stop.signal.aborted) setProblem(asProblem(error).message); },
    );
    return () => stop.abort();
  }, [filter]);
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const wanted = { q: String(form.get("q") ?? "").trim(), year: String(form.get("year") ?? "") };
    const tail = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
    go(`/decisions${tail ? `?${tail}` : ""}`, "replace");
    setFilter(wanted);
  };
  const more = async () => {
    setBusy(true);
    try {
      const page = await listPublicDecisions({ ...filter, cursor: next ?? "" });
      setItems([...(items ?? []), ...page.items]);
      setNext(page.next_cursor ?? null);
    } catch (error) { setProblem(asProblem(error).message); } finally { setBusy(false); }
  };
  return (
    <div className="stack decisions">
      <div><h1>行政处罚决定公示</h1><p className="muted">具有一定社会影响的行政处罚决定依法公开（行政处罚法第四十八条）。公示期满的不再显示；被变更、撤销、确认违法或者无效的，三个工作日内撤回并说明理由。</p></div>
      <form className="decisions-search" role="search" onSubmit={search}>
        <input className="input" name="q" type="search" defaultValue={filter.q} maxLength={60} aria-label="决定书文号、单位名称或者案由" placeholder="决定书文号、单位名称、案由" />
        <select className="input" name="year" defaultValue={filter.year} aria-label="决定年份"><option value="">全部年份</option>{years().map((it) => <option key={it} value={it}>{it} 年</option>)}</select>
        <button type="submit" className="button button-primary">查询</button>
      </form>
      <p className="small muted">自然人不显示全名，也不能按姓名查询。</p>
      {problem && <Notice kind="warn" live>{problem}</Notice>}
      {!items && !problem && <Busy words="正在读取…" />}
      {items?.length === 0 && <Notice>没有符合条件的处罚决定。决定公开以后会出现在这里；公示期满的不再显示。</Notice>}
      {items && items.length > 0 && <ul className="decisions-list">{items.map((it) => <li key={it.id}><Row of={it} /></li>)}</ul>}
      <div className="decisions-foot">
        {next && <button type="button" className="button" disabled={busy} onClick={() => void more()}>{busy ? "正在读取…" : "显示更多"}</button>}
        {items && items.length > 0 && <a className="button button-quiet" href={publicDecisionsFile(filter)} download>下载开放数据（CSV）</a>}
      </div>
    </div>
  );
}

function Row({ of }: { of: PublicDecision }) {
  return (
    <Link href={`/decisions/${of.id}`} className="card decisions-row">
      <b>{of.content ? of.content.matter : "处罚决定已撤回"}</b>
      <span className="small number">{of.number}</span>
      {of.content ? <span>{of.content.party}，{of.content.penalty}</span> : <span>{of.withdrawn?.ground}</span>}
      <span className="small muted">{of.withdrawn ? `${of.withdrawn.on} 撤回` : `${of.published_on} 公开`}{of.simulated && "（模拟）"}</span>
    </Link>
  );
}
