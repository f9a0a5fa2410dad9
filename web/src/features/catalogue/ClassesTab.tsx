import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Segmented, Select, Table } from "antd";
import { useMemo, useState } from "react";
import { post } from "../../api/client";
import type { CatalogueClass } from "../../api/contract";
import { limitWord } from "../../format/words";
import { FormDialog } from "../shell/FormDialog";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure } from "../shell/Page";
import { categoryKey, narrowed, ofKind, useCatalogue, type ClassFilter } from "./classes";
import { LimitDialog } from "./LimitDialog";

export function Limits({ of }: { of: CatalogueClass }) {
  if (of.kind === "component") return <span className="quiet">见同代码的事项</span>;
  if (of.limits.length === 0) return <span className="quiet">待定，暂用默认时限</span>;
  return <ul className="limits">{of.limits.map((it) => <li key={it.id}><b>{limitWord(it)}</b>{it.provisional && <span className="tag">暂定</span>} <span>{it.conditions.join("；")}</span></li>)}</ul>;
}

export function ClassesTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const classes = useCatalogue();
  const manages = mayAny(useSession(), ["catalogue.manage"]);
  const [q, setQ] = useState("");
  const [kind, setKind] = useState<ClassFilter["kind"]>("all");
  const [category, setCategory] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const [settling, setSettling] = useState<CatalogueClass | null>(null);
  const items = classes.data?.items;
  const categories = useMemo(() => [...new Map((items ?? []).filter((it) => ofKind(it, kind)).map((it) => [categoryKey(it), `${it.category_code} ${it.category_name}`])).entries()], [items, kind]);
  const rows = useMemo(() => narrowed(items ?? [], { kind, category, q }), [items, kind, category, q]);
  const kinds = ([["all", "全部"], ["component", "部件"], ["matter", "事项"], ["local", "本地扩展"]] as const)
    .map(([value, words]) => ({ value, label: items ? `${words} ${items.filter((it) => ofKind(it, value)).length}` : words }));
  if (classes.error) return <Failure error={classes.error} retry={() => void classes.refetch()} />;
  return (
    <>
      <div className="catalogue-bar">
        <Segmented aria-label="类型" value={kind} onChange={(it) => { setKind(it); setCategory(null); }} options={kinds} />
        <Select aria-label="大类" allowClear placeholder="大类" value={category} onChange={(it: string | undefined) => setCategory(it ?? null)} options={categories.map(([value, label]) => ({ value, label: `${value} ${label}` }))} style={{ width: 200 }} />
        <Input aria-label="查找分类" placeholder="名称或代码" allowClear value={q} onChange={(event) => setQ(event.target.value.trim())} style={{ width: 220 }} />
        <span className="quiet">{classes.data?.version} · {rows.length} 类</span>
        <span style={{ flex: 1 }} />
        {manages && <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>新增本地扩展类</Button>}
      </div>
      <Table<CatalogueClass>
        rowKey={(it) => `${it.kind}-${it.code}`} size="small" className="catalogue-table" dataSource={rows} loading={classes.isPending} pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }} scroll={{ x: 800 }} locale={{ emptyText: classes.isPending ? " " : <Empty title="没有符合条件的分类" /> }}
        columns={[
          { title: "代码", dataIndex: "code", width: 90, render: (it: string) => <span className="mono">{it}</span> },
          { title: "名称", dataIndex: "name", render: (_, it) => <>{it.name} {it.local && <span className="tag">本地扩展</span>}</> },
          { title: "类型", width: 70, render: (_, it) => (it.kind === "component" ? "部件" : "事项") },
          { title: "大类", width: 150, render: (_, it) => `${it.category_code} ${it.category_name}` },
          { title: "2013 版代码", dataIndex: "predecessor_code", width: 110, render: (it?: string | null) => <span className="mono">{it ?? "—"}</span> },
          { title: "处置时限", render: (_, it) => <Limits of={it} /> },
          ...(manages ? [{ title: <span className="visually-hidden">操作</span>, width: 90, render: (_: unknown, it: CatalogueClass) => it.kind === "matter" && <Button size="small" type="text" onClick={() => setSettling(it)}>定时限</Button> }] : []),
        ]}
      />
      <FormDialog<{ code: string; name: string }>
        open={adding} title="新增本地扩展类" initial={{}} close={() => setAdding(false)}
        save={async (fields) => {
          await post("/classes", fields);
          setAdding(false);
          void message.success("已新增");
          await client.invalidateQueries({ queryKey: ["classes"] });
        }}
      >
        <p className="quiet">国标没有的类别（例如道路积水）用扩展代码登记，不会与国标代码冲突。</p>
        <Form.Item name="code" label="代码" extra="前两位是现有大类，后三位为 900 至 999，例如 06901。" rules={[{ required: true, pattern: /^\d{2}9\d{2}$/, message: "前两位是现有大类，后三位为 900 至 999" }]}><Input className="mono" inputMode="numeric" maxLength={5} /></Form.Item>
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请输入名称" }]}><Input maxLength={30} /></Form.Item>
      </FormDialog>
      <LimitDialog of={settling} close={() => setSettling(null)} />
    </>
  );
}
