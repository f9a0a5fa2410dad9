/** What is public in advance and in process (执法公开): the catalogue, and one of it. */
import { useEffect, useState } from "react";
import { listPublicDisclosures, readPublicDisclosure, type PublicDisclosure, type PublicDisclosureHead } from "../../api/disclosures";
import { asProblem } from "../../api/problem";
import { Busy, Notice } from "../../street/controls";
import { Link } from "./Link";
import "./decisions.css";

function Row({ of }: { of: PublicDisclosureHead }) {
  return <li><Link className="card decisions-row" href={`/openness/${of.id}`}><b>{of.title}</b><span className="muted small">{of.kind_label}，{of.published_on} 公开{of.list ? `，第 ${of.version} 版` : ""}{of.shown_until && `，公告至 ${of.shown_until}`}{of.simulated && "（模拟）"}</span></Link></li>;
}

export default function Openness({ id }: { id?: string }) {
  return id ? <One key={id} id={id} /> : <All />;
}

function All() {
  const [items, setItems] = useState<PublicDisclosureHead[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    const stop = new AbortController();
    listPublicDisclosures(stop.signal).then((it) => setItems(it.items), (error: unknown) => { if (!stop.signal.aborted) setProblem(asProblem(error).message); });
    return () => stop.abort();
  }, []);
  const shown = (items ?? []).filter((it) => `${it.title}${it.kind_label}`.includes(words.trim()));
  return (
    <div className="stack decisions">
      <div><h1>执法公开</h1><p className="muted">实施机关、执法事项、执法人员、执法程序、裁量基准和救济渠道依法公示（行政处罚法第三十九条），查封、拆除、送达的公告在公告期内公示。</p></div>
      <input className="input" type="search" value={words} maxLength={60} aria-label="在执法公开里查找" placeholder="查找清单和公告" onChange={(event) => setWords(event.target.value)} />
      {problem && <Notice kind="warn" live>{problem}</Notice>}
      {!items && !problem && <Busy words="正在读取…" />}
      {items && <section className="stack" aria-labelledby="lists"><h2 id="lists">清单</h2>{shown.some((it) => it.list) ? <ul className="decisions-list">{shown.filter((it) => it.list).map((it) => <Row key={it.id} of={it} />)}</ul> : <Notice>清单公开以后会出现在这里。</Notice>}</section>}
      {items && <section className="stack" aria-labelledby="notices"><h2 id="notices">公告</h2>{shown.some((it) => !it.list) ? <ul className="decisions-list">{shown.filter((it) => !it.list).map((it) => <Row key={it.id} of={it} />)}</ul> : <Notice>现在没有公告期内的公告。</Notice>}</section>}
      <div className="decisions-foot"><Link className="button" href="/decisions">行政处罚决定公示</Link></div>
    </div>
  );
}

function One({ id }: { id: string }) {
  const [of, setOf] = useState<PublicDisclosure | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    const stop = new AbortController();
    readPublicDisclosure(id, stop.signal).then(setOf, (error: unknown) => { if (!stop.signal.aborted) setProblem(asProblem(error).message); });
    return () => stop.abort();
  }, [id]);
  const back = <div className="decisions-foot"><Link className="button" href="/openness">全部公开内容</Link>{of && !of.over && <button type="button" className="button button-quiet" onClick={() => window.print()}>打印</button>}</div>;
  if (problem) return <div className="stack narrow"><h1>执法公开</h1><Notice kind="warn" live>{problem}</Notice>{back}</div>;
  if (!of) return <div className="stack narrow"><Busy words="正在读取…" /></div>;
  const rows = of.lines.rows.filter((row) => row.join(" ").includes(words.trim()));
  return (
    <article className="stack decisions">
      <div><h1>{of.title}</h1><p className="muted">{of.kind_label}，{of.published_on} 公开{of.list && `，第 ${of.version} 版`}{of.shown_until && `，公告至 ${of.shown_until}`}{of.simulated && "（模拟）"}</p></div>
      {of.over && <Notice kind="info">{of.over}</Notice>}
      {of.body && <p style={{ whiteSpace: "pre-wrap" }}>{of.body}</p>}
      {of.lines.rows.length > 0 && (
        <>
          <input className="input" type="search" value={words} maxLength={60} aria-label="在清单里查找" placeholder="在清单里查找" onChange={(event) => setWords(event.target.value)} />
          <p className="small muted" role="status">共 {of.lines.rows.length} 行{words.trim() && `，符合 ${rows.length} 行`}</p>
          <div className="openness-table" tabIndex={0} role="region" aria-label={`${of.title}清单`}>
            <table><thead><tr>{of.lines.heads.map((it) => <th key={it} scope="col">{it}</th>)}</tr></thead><tbody>{rows.map((row, index) => <tr key={index}>{row.map((cell, at) => <td key={at}>{cell}</td>)}</tr>)}</tbody></table>
          </div>
        </>
      )}
      {back}
    </article>
  );
}
