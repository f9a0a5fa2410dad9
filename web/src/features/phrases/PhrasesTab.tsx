/** The phrase library (用语库): what an organ's documents say again and again, drafted by officers and published by others, and one's own. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { actOnPhrase, changePhrase, listDocumentKinds, listPhrases, writePhrase, type PhraseAsk } from "../../api/documents";
import type { Phrase, PhraseText } from "../../api/papers";
import { asProblem } from "../../api/problem";
import { labelOf } from "../documents/fields";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";
import { phraseFields } from "./fields";

type Filled = PhraseText & { own?: boolean };

export function PhrasesTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [ask, setAsk] = useState<PhraseAsk>({});
  const [editing, setEditing] = useState<Phrase | "new" | null>(null);
  const query = useQuery({ queryKey: ["phrases", ask], placeholderData: keepPreviousData, queryFn: ({ signal }) => listPhrases(ask, signal) });
  const kinds = useQuery({ queryKey: ["document-kinds"], queryFn: ({ signal }) => listDocumentKinds(signal), staleTime: 300_000 });
  const nameOf = (code: string) => kinds.data?.items.find((it) => it.code === code)?.name ?? code;
  const again = () => void client.invalidateQueries({ queryKey: ["phrases"] });
  const act = useMutation({
    mutationFn: ({ of, action }: { of: Phrase; action: "publish" | "withdraw" }) => actOnPhrase(of, action),
    onSuccess: again, onError: (error) => { again(); void message.error(asProblem(error).message); },
  });
  const columns: TableColumnsType<Phrase> = [
    { title: "名称", key: "title", width: 180, render: (_, it) => <><b>{it.title}</b><br /><span className="state-tag">{it.state_label}</span></> },
    { title: "文书和填写项", key: "field", width: 180, render: (_, it) => <>{it.kind ? nameOf(it.kind) : "各种文书"}<br /><span className="quiet">{labelOf(it.field)}</span></> },
    { title: "内容", key: "text", render: (_, it) => <span style={{ whiteSpace: "pre-line" }}>{it.text}</span> },
    { title: "使用", key: "used", width: 80, align: "right", render: (_, it) => `${it.used} 次` },
    { title: "起草", key: "by", width: 110, render: (_, it) => it.written_by },
    {
      title: "", key: "act", width: 150, render: (_, it) => (
        <>
          {it.may_change && <Button size="small" onClick={() => setEditing(it)}>修改</Button>}
          {it.may_publish && it.state !== "published" && <Button size="small" type="primary" onClick={() => act.mutate({ of: it, action: "publish" })}>发布</Button>}
          {it.may_publish && it.state !== "withdrawn" && <Button size="small" type="text" onClick={() => act.mutate({ of: it, action: "withdraw" })}>停用</Button>}
        </>
      ),
    },
  ];
  const save = async ({ own, ...text }: Filled) => {
    const phrase = { ...text, kind: text.kind ?? "" };
    if (editing === "new") await writePhrase(phrase, own === true);
    else if (editing) await changePhrase(editing, phrase);
    setEditing(null);
    again();
    void message.success("已保存");
  };
  const set = (change: PhraseAsk) => setAsk({ ...ask, ...change });
  const options = (kinds.data?.items ?? []).filter((it) => it.template != null).map((it) => ({ value: it.code, label: `${it.code} ${it.name}` }));
  return (
    <>
      <p className="quiet">写文书时在填写项里按 Ctrl+/ 查找并插入。花括号里的内容插入时自动填写，案件里没有的留作“〔待填：…〕”，填完才能签发。</p>
      <search className="settings-bar" aria-label="筛选用语">
        <Input.Search aria-label="查找用语" allowClear placeholder="名称或内容" onSearch={(q) => set({ q })} style={{ width: 220 }} maxLength={40} />
        <Select aria-label="文书" allowClear showSearch optionFilterProp="label" placeholder="全部文书" options={options} onChange={(kind?: string) => set({ kind: kind ?? "" })} style={{ minWidth: 200 }} />
        <Select aria-label="状态" allowClear placeholder="草稿和已发布" onChange={(state?: string) => set({ state: state ?? "" })} options={[{ value: "draft", label: "草稿" }, { value: "published", label: "已发布" }, { value: "withdrawn", label: "已停用" }]} style={{ width: 140 }} />
        <Checkbox onChange={(event) => set({ own: event.target.checked })}>只看本人的</Checkbox>
        <Button type="primary" onClick={() => setEditing("new")}>新增用语</Button>
      </search>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : (
        <Table<Phrase> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} loading={query.isPending} columns={columns} dataSource={query.data?.items ?? []}
          locale={{ emptyText: <Empty title="没有符合的用语">点“新增用语”起草；机关的用语由法制审核人员或者机关负责人发布，本人的用语立即可用。</Empty> }} />
      )}
      {query.data?.more && <p className="quiet">只显示使用最多的 {query.data.items.length} 条，用查找缩小范围。</p>}
      {editing && (
        <FormDialog<Filled> open width={680} title={editing === "new" ? "新增用语" : "修改用语"} close={() => setEditing(null)} save={save}
          initial={editing === "new" ? { kind: "", own: query.data?.organ === false } : { kind: editing.kind ?? "", field: editing.field, title: editing.title, text: editing.text }}>
          <Form.Item name="kind" label="文书"><Select showSearch optionFilterProp="label" options={[{ value: "", label: "各种文书" }, ...options]} /></Form.Item>
          <Form.Item name="field" label="填写项" rules={[{ required: true, message: "请选择填写项" }]}><Select showSearch optionFilterProp="label" options={phraseFields.map((it) => ({ value: it, label: labelOf(it) }))} /></Form.Item>
          <Form.Item name="title" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={40} /></Form.Item>
          <Form.Item name="text" label="内容" extra={`可以用：${(query.data?.placeholders ?? []).map((it) => `{${it.name}}`).join("")}`} rules={[{ required: true, whitespace: true, message: "请填写内容" }]}><Input.TextArea autoSize={{ minRows: 4 }} maxLength={1000} showCount /></Form.Item>
          {editing === "new" && <Form.Item name="own" valuePropName="checked"><Checkbox disabled={query.data?.organ === false}>只供本人使用</Checkbox></Form.Item>}
        </FormDialog>
      )}
    </>
  );
}
