/** The list of matters with its filters, which stand in the address. */
import { DownloadOutlined } from "@ant-design/icons";
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Dropdown, Input, Select, Table } from "antd";
import { useState } from "react";
import type { MatterItem } from "../../api/contract";
import { listMatters, mattersFile, publishAllDrafts, type MatterFilter } from "../../api/law";
import { asProblem } from "../../api/problem";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure } from "../shell/Page";
import { EditMatter } from "./EditMatter";
import { ImportMatters } from "./ImportMatters";
import { doubtful, fineWord, rankWords, statusWords, targetWords } from "./words";

const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
type Search = Record<"q" | "domain" | "rank" | "status" | "target" | "drafts", string | undefined>;

export function MattersTab() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const manages = mayAny(useSession(), ["law.manage"]);
  const [adding, setAdding] = useState(false);
  const [words, setWords] = useState(search.q ?? "");
  const filter: MatterFilter = Object.fromEntries(Object.entries({ q: search.q, domain: search.domain, rank: search.rank, status: search.status, target: search.target }).filter(([, value]) => value));
  if (search.drafts) filter.drafts = true;
  const list = useInfiniteQuery({
    queryKey: ["matters", filter], initialPageParam: "", placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => listMatters({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const publish = useMutation({
    mutationFn: publishAllDrafts,
    onSuccess: (done) => { void message.success(`已发布 ${done.codes.length} 条`); void client.invalidateQueries({ queryKey: ["matters"] }); void client.invalidateQueries({ queryKey: ["matter"] }); },
    onError: (error) => { void message.error(asProblem(error).message, 8); void client.invalidateQueries({ queryKey: ["matters"] }); },
  });
  const go = (change: Partial<Search>) => void navigate({ to: "/law", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as never, replace: true });
  const first = list.data?.pages[0];
  const rows = list.data?.pages.flatMap((it) => it.items) ?? [];
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <search className="law-bar" aria-label="查找执法事项">
        <Input.Search aria-label="查找执法事项" placeholder="违法行为、法规、条款、编号" allowClear value={words} onChange={(event) => { setWords(event.target.value); if (event.target.value === "") go({ q: undefined }); }} onSearch={(it) => go({ q: it.trim() })} style={{ width: 260 }} />
        <Select aria-label="领域" allowClear placeholder="领域" value={search.domain ?? null} showSearch={{ optionFilterProp: "label" }} onChange={(it?: string) => go({ domain: it })} options={(first?.domains ?? []).map((value) => ({ value, label: value }))} style={{ width: 150 }} />
        <Select aria-label="效力位阶" allowClear placeholder="效力位阶" value={search.rank ?? null} onChange={(it?: string) => go({ rank: it })} options={options(rankWords)} style={{ width: 150 }} />
        <Select aria-label="状态" allowClear placeholder="状态" value={search.status ?? null} onChange={(it?: string) => go({ status: it })} options={options(statusWords)} style={{ width: 170 }} />
        <Select aria-label="处罚对象" allowClear placeholder="处罚对象" value={search.target ?? null} onChange={(it?: string) => go({ target: it })} options={options(targetWords)} style={{ width: 120 }} />
        <span className="quiet">{first ? `${first.total} 条` : ""}</span>
        <span style={{ flex: 1 }} />
        {manages && <Button onClick={() => setAdding(true)}>新增事项</Button>}
        {manages && <ImportMatters />}
        <Dropdown trigger={["click"]} menu={{ items: (["xlsx", "csv"] as const).map((format) => ({ key: format, label: <a href={mattersFile(filter, format)} download>{{ xlsx: "Excel（XLSX）", csv: "CSV" }[format]}</a> })) }}>
          <Button icon={<DownloadOutlined />}>导出</Button>
        </Dropdown>
      </search>
      {manages && first && first.drafts > 0 && (
        <Alert
          type="info" showIcon style={{ marginBottom: 12 }} title={`有 ${first.drafts} 条草稿待发布，发布前不生效`}
          action={
            <span className="law-acts">
              <Button size="small" onClick={() => go({ drafts: search.drafts ? undefined : "1" })}>{search.drafts ? "看全部" : "只看草稿"}</Button>
              <Button size="small" type="primary" loading={publish.isPending} onClick={() => void modal.confirm({ title: `发布全部 ${first.drafts} 条草稿？`, content: "发布后成为正式版本，不能再改；更正须另存新版本。", okText: "发布", cancelText: "取消", onOk: () => publish.mutateAsync(first.drafts).catch(() => undefined) })}>全部发布</Button>
            </span>
          }
        />
      )}
      <Table<MatterItem>
        rowKey="code" size="small" className="law-table" dataSource={rows} loading={list.isPending} pagination={false} scroll={{ x: 900 }}
        locale={{ emptyText: list.isPending ? " " : <Empty title="没有符合条件的执法事项">放宽筛选条件，或由管理员新增、导入事项。</Empty> }}
        columns={[
          { title: "编号", width: 84, render: (_, it) => <Link className="mono" to="/law/matters/$code" params={{ code: it.code }}>{it.code}</Link> },
          { title: "违法行为", render: (_, it) => <><Link to="/law/matters/$code" params={{ code: it.code }}>{it.facts.name}</Link> <Tags of={it} /></> },
          { title: "领域", width: 120, render: (_, it) => it.facts.domain },
          { title: "处罚依据", width: 260, render: (_, it) => <>《{it.facts.law}》{it.facts.penalty_article}<br /><span className="quiet">{rankWords[it.facts.rank]} · {it.facts.region}</span></> },
          { title: "罚款", width: 210, render: (_, it) => fineWord(it.facts) },
          { title: "前置条件", width: 180, render: (_, it) => it.facts.precondition.text ?? <span className="quiet">无</span> },
        ]}
      />
      {list.hasNextPage && <Button block className="law-more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>再看 50 条（已显示 {rows.length} / {first?.total}）</Button>}
      {adding && <EditMatter code={null} seen={null} row={null} close={() => setAdding(false)} />}
    </>
  );
}

function Tags({ of }: { of: MatterItem }) {
  return (
    <>
      {!of.in_force && <span className="tag law-doubt">{of.published ? "今日不可引用" : "未发布"}</span>}
      {of.in_force && doubtful(of.facts.status) && <span className="tag">{statusWords[of.facts.status]}</span>}
      {of.needs_local_row && <span className="tag">幅度须选地方条款</span>}
      {of.has_draft && <span className="tag">有草稿</span>}
    </>
  );
}
