/** Statutes: all of them, or the articles in which words stand. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input, Table } from "antd";
import { useState } from "react";
import type { StatuteItem } from "../../api/contract";
import { listStatutes, searchArticles } from "../../api/law";
import { Empty, Failure, Loading } from "../shell/Page";
import { Marked } from "./Marked";

export function StatutesTab() {
  const { q = "" } = useSearch({ strict: false }) as { q?: string };
  const navigate = useNavigate();
  const [words, setWords] = useState(q);
  const go = (text: string) => void navigate({ to: "/law", search: { tab: "statutes", ...(text ? { q: text } : {}) } as never, replace: true });
  return (
    <>
      <search className="law-bar" aria-label="查找条文">
        <Input.Search aria-label="查找条文" placeholder="在全部法规的条文中查找，几个词用空格隔开" allowClear value={words} onChange={(event) => { setWords(event.target.value); if (event.target.value === "") go(""); }} onSearch={(it) => go(it.trim())} style={{ maxWidth: 420 }} />
      </search>
      {q ? <Found q={q} /> : <All />}
    </>
  );
}

function All() {
  const list = useInfiniteQuery({ queryKey: ["statutes"], initialPageParam: "", queryFn: ({ pageParam, signal }) => listStatutes("", pageParam || undefined, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const rows = list.data?.pages.flatMap((it) => it.items) ?? [];
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (list.isPending) return <Loading />;
  if (rows.length === 0) return <Empty title="还没有法规">把法规的 Markdown 文件放进一个文件夹（文件名如“行政处罚法(2021-01-22).md”），由管理员在服务器上执行 <span className="mono">bihuan import laws 文件夹</span>，这里就能按条阅读和查找。</Empty>;
  return (
    <>
      <Table<StatuteItem>
        rowKey="id" size="small" className="law-table" dataSource={rows} pagination={false} scroll={{ x: 600 }}
        columns={[
          { title: "名称", render: (_, it) => <><Link to="/law/statutes/$id" params={{ id: it.id }}>{it.title}</Link> {it.superseded && <span className="tag">有更新版本</span>}</> },
          { title: "版本日期", width: 120, dataIndex: "dated" },
          { title: "条数", width: 80, align: "right", dataIndex: "articles" },
          { title: "沿革", render: (_, it) => <span className="quiet">{it.history.at(-1) ?? "—"}</span> },
        ]}
      />
      {list.hasNextPage && <Button block className="law-more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>再看 100 部</Button>}
    </>
  );
}

function Found({ q }: { q: string }) {
  const found = useInfiniteQuery({ queryKey: ["statute-articles", q], initialPageParam: "", queryFn: ({ pageParam, signal }) => searchArticles(q, pageParam || undefined, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const rows = found.data?.pages.flatMap((it) => it.items) ?? [];
  if (found.error) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (found.isPending) return <Loading />;
  if (rows.length === 0) return <Empty title={`没有条文同时含有“${q}”`}>换用法条的用词，或少用几个词。只查找每部法规的最新版本。</Empty>;
  return (
    <>
      <ul className="found-articles">
        {rows.map((it) => (
          <li className="panel" key={`${it.statute_id}-${it.number}`}>
            <Link to="/law/statutes/$id" params={{ id: it.statute_id }} search={{ q } as never} hash={`a${it.number}`}>《{it.title}》第 {it.number} 条</Link> <span className="quiet">{it.dated} 版 {it.heading}</span>
            <p><Marked text={it.text} words={q} /></p>
          </li>
        ))}
      </ul>
      {found.hasNextPage && <Button block className="law-more" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>再看 30 条</Button>}
    </>
  );
}
