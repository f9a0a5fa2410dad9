/** The sources (来源): the program's, as the city set them, and the city's own. */
import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { App, Button, Input, Segmented, Switch, Table } from "antd";
import { useState } from "react";
import { saveSource } from "../../api/sources";
import type { Named, Source, SourceLimit } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { limitWord } from "../../format/words";
import { Empty, Failure } from "../shell/Page";
import { SourceDrawer } from "./SourceDrawer";
import { inputOfSource, narrowedSources, ofGroup, sourcesQuery, useSources, type SourceFilter } from "./sources";
import "./sources.css";

const groups: [SourceFilter["group"], string][] = [["all", "全部"], ["outside", "外部"], ["own", "本市自有"], ["added", "自建"]];
const limit = (it: SourceLimit | null | undefined, without: string) => (it ? limitWord(it) : <span className="quiet">{without}</span>);

export function SourcesTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const list = useSources();
  const [filter, setFilter] = useState<SourceFilter>({ group: "all", q: "" });
  // Which source is open stands in the address; a new one has none yet.
  const { source: code } = useSearch({ strict: false }) as { source?: string };
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const [turning, setTurning] = useState<string | null>(null);
  const items = list.data?.items ?? [];
  const edited = items.find((it) => it.code === code);
  const edit = (it: Source | null) => void navigate({ to: "/settings", search: { tab: "sources", ...(it ? { source: it.code } : {}) }, replace: it === null });

  async function turn(of: Source, active: boolean) {
    setTurning(of.code);
    try {
      const saved = await saveSource(of.code, { ...inputOfSource(of), active }, of.version);
      void message.success(`${active ? "已启用" : "已停用"}：${saved.name}`);
    } catch (error) {
      const failed = asProblem(error);
      void message.error(failed.stale ? "这个来源刚被别人改过，已载入最新内容，请核对后再改。" : failed.message);
    }
    await client.invalidateQueries({ queryKey: sourcesQuery.queryKey });
    setTurning(null);
  }

  if (list.error && !list.data) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <div className="settings-bar"><p className="quiet">线索从哪里来、多久受理和答复、对方的报文怎么读、办结后怎么答复。热线、信访、媒体和其他系统都可以在这里接进来；来源只停用，不删除。</p><Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>新增来源</Button></div>
      <search className="source-bar" aria-label="筛选来源">
        <Segmented aria-label="范围" value={filter.group} onChange={(group) => setFilter({ ...filter, group })} options={groups.map(([value, words]) => ({ value, label: list.data ? `${words} ${items.filter((it) => ofGroup(it, value)).length}` : words }))} />
        <Input aria-label="查找来源" placeholder="名称、编码或种类" allowClear value={filter.q} onChange={(event) => setFilter({ ...filter, q: event.target.value })} style={{ width: 220 }} />
      </search>
      <Table<Source>
        rowKey="code" size="small" className="settings-table" loading={list.isPending} pagination={false} scroll={{ x: 940 }} dataSource={narrowedSources(items, filter)}
        locale={{ emptyText: list.isPending ? " " : <Empty title="没有这样的来源">换个词或范围，或新增来源。</Empty> }}
        columns={[
          { title: "名称", width: 190, render: (_, it) => <><button type="button" className="link source-name" onClick={() => edit(it)}>{it.name}</button><div className="mono quiet">{it.code}</div></> },
          { title: "种类", width: 130, dataIndex: "kind_label" },
          { title: "类型", width: 76, render: (_, it) => (it.built_in ? "内置" : <span className="tag">自建</span>) },
          { title: "启用", width: 72, render: (_, it) => (it.outside ? <Switch size="small" aria-label={`启用 ${it.name}`} checked={it.active} loading={turning === it.code} disabled={turning !== null} onChange={(active) => void turn(it, active)} /> : <span className="quiet">常开</span>) },
          { title: "受理时限", width: 128, render: (_, it) => limit(it.accept, "统一时限") },
          { title: "答复时限", width: 128, render: (_, it) => limit(it.reply, "不限") },
          { title: "接收报文", width: 100, render: (_, it) => (!it.outside ? <span className="quiet">—</span> : <>{Object.keys(it.mapping).length > 0 ? "已对应字段" : <span className="quiet">未设置</span>}<Senders of={it.senders} /></>) },
          { title: "答复方式", render: (_, it) => (!it.outside ? <span className="quiet">—</span> : it.reply_url ? <>自动回传<div className="mono quiet source-url" title={it.reply_url}>{it.reply_url}</div></> : "人工答复") },
          { title: <span className="visually-hidden">操作</span>, width: 64, render: (_, it) => <Button size="small" type="text" aria-label={`编辑 ${it.name}`} onClick={() => edit(it)}>编辑</Button> },
        ]}
      />
      {adding && <SourceDrawer of={null} sources={items} close={() => setAdding(false)} />}
      {edited && !adding && <SourceDrawer key={edited.code} of={edited} sources={items} close={() => edit(null)} />}
    </>
  );
}

function Senders({ of }: { of: readonly Named[] | undefined }) {
  return of && of.length > 0 ? <div className="quiet" title={of.map((it) => it.name).join("、")}>限 {of.length} 个账号</div> : null;
}
