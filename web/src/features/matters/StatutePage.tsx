/** Reading a statute: its outline, its articles, words that are looked for. An article is an address: `#a11`. */
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useParams, useSearch } from "@tanstack/react-router";
import { Input } from "antd";
import { useEffect, useMemo, useState } from "react";
import { readStatute } from "../../api/law";
import { asProblem } from "../../api/problem";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { Marked } from "./Marked";
import "./matters.css";

export function StatutePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { q = "" } = useSearch({ strict: false }) as { q?: string };
  const hash = useLocation().hash;
  const [words, setWords] = useState(q);
  const query = useQuery({ queryKey: ["statute", id], queryFn: ({ signal }) => readStatute(id, signal), staleTime: 60 * 60_000 });
  const text = query.data;
  const wanted = useMemo(() => words.split(/\s+/).filter(Boolean), [words]);
  const shown = useMemo(() => (text?.articles ?? []).filter((it) => wanted.every((word) => it.text.includes(word))), [text, wanted]);
  const outline = useMemo(() => {
    const found: { heading: string; first: number }[] = [];
    for (const it of shown) if (it.heading !== (found.at(-1)?.heading ?? "")) found.push({ heading: it.heading, first: it.number });
    return found;
  }, [shown]);
  useEffect(() => { if (text && hash) document.getElementById(hash)?.scrollIntoView(); }, [text, hash]);
  if (query.error && asProblem(query.error).status === 404) return <Page title="法规"><Empty title="没有这部法规"><Link to="/law" search={{ tab: "statutes" } as never}>回到法规</Link></Empty></Page>;
  if (query.error) return <Page title="法规"><Failure error={query.error} retry={() => void query.refetch()} /></Page>;
  if (!text) return <Page title="法规"><Loading rows={12} /></Page>;
  const { statute } = text;
  const to = (article: number) => document.getElementById(`a${article}`)?.scrollIntoView();
  return (
    <Page title={statute.title} wide intro={<>{statute.dated} 版，{statute.articles} 条{statute.superseded && "，库中有更新的版本"} · <Link to="/law" search={{ tab: "statutes" } as never}>全部法规</Link></>}>
      <div className="statute">
        <nav className="panel statute-outline" aria-label="目录">
          <Input aria-label="在本法规中查找" placeholder="在本法规中查找" allowClear value={words} onChange={(event) => setWords(event.target.value)} style={{ marginBottom: 8 }} />
          {wanted.length > 0 && <p className="quiet" role="status">{shown.length} 条含有这些词</p>}
          <ol>{outline.map((it) => <li key={it.first}><button type="button" onClick={() => to(it.first)}>{it.heading}</button></li>)}</ol>
          {outline.length === 0 && <p className="quiet">没有分章</p>}
        </nav>
        <div className="panel statute-text">
          {wanted.length === 0 && statute.history.map((it) => <p className="quiet" key={it} style={{ margin: 0 }}>{it}</p>)}
          {shown.length === 0 && <Empty title="本法规没有条文含有这些词" />}
          {shown.map((it, at) => (
            <div key={it.number}>
              {it.heading !== (shown[at - 1]?.heading ?? "") && <h2>{it.heading}</h2>}
              <article id={`a${it.number}`} className={hash === `a${it.number}` ? "here" : ""} aria-label={`第 ${it.number} 条`}>
                {it.text.split("\n").map((line, index) => <p key={index}>{index === 0 && <b className="statute-number">第 {it.number} 条</b>}<Marked text={line} words={words} /></p>)}
              </article>
            </div>
          ))}
        </div>
      </div>
    </Page>
  );
}
