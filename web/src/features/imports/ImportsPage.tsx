/** Imports: choose a file, say which column is what, watch it go in. */
import { InboxOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, Input, Select, Table, Upload } from "antd";
import { useState } from "react";
import type { Import, ImportPreview } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { now } from "../../format/clock";
import { shortTime } from "../../format/time";
import { Empty, Failure, Page } from "../shell/Page";
import { sourceOptions, useSourceNames, useSources } from "../sources/sources";
import { fields, isMoving, listImports, listMappings, previewImport, saveMapping, startImport, stateWords } from "./imports";
import { ProgressLine } from "./ProgressLine";
import "./imports.css";

export function ImportsPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [mapping, setMapping] = useState<Record<string, string>>({});
  const [source, setSource] = useState("hotline");
  const sources = useSources();
  const sourceName = useSourceNames();
  // Rows are taken only of sources that are switched on; as long as nobody knows which those are, of the one that is named.
  const options = sources.data ? sourceOptions(sources.data.items, (it) => it.outside && it.active, []) : [{ value: source, label: sourceName(source) }];
  const known = options.some((it) => it.value === source);
  const [keep, setKeep] = useState("");
  const [keeping, setKeeping] = useState(false);

  const list = useQuery({ queryKey: ["imports"], queryFn: ({ signal }) => listImports(signal), refetchInterval: (query) => (query.state.data?.items.some(isMoving) ? 2000 : 30_000) });
  const mappings = useQuery({ queryKey: ["import-mappings"], queryFn: ({ signal }) => listMappings(signal), retry: false });

  const read = useMutation({
    mutationFn: previewImport,
    onSuccess: (found) => { setPreview(found); setMapping(found.suggested_mapping); },
  });
  const start = useMutation({
    mutationFn: async () => {
      if (!file) throw new TypeError("no file chosen");
      if (keeping && keep.trim()) await saveMapping({ name: keep.trim(), source, columns: mapping });
      return startImport(file, source, mapping);
    },
    onSuccess: (it) => {
      void client.invalidateQueries({ queryKey: ["imports"] });
      void client.invalidateQueries({ queryKey: ["import-mappings"] });
      void message.success("已开始导入，可以离开本页");
      void navigate({ to: "/imports/$id", params: { id: it.id } });
    },
  });

  function leave() {
    setFile(null); setPreview(null); setMapping({}); read.reset(); start.reset();
  }

  return (
    <Page title="导入" intro="12345 工单、来信等文件批量转为线索。已导入 + 已存在 + 被拒绝 = 总行数，一行不少。">
      {!file || !preview ? (
        <section className="panel" aria-label="选择文件">
          <Upload.Dragger
            accept=".csv,.xlsx" maxCount={1} showUploadList={false} disabled={read.isPending}
            beforeUpload={(chosen) => { setFile(chosen); read.mutate(chosen); return false; }}
          >
            <p className="ant-upload-drag-icon"><InboxOutlined /></p>
            <p>{read.isPending ? "正在读取文件…" : "把 CSV 或 XLSX 文件拖到这里，或点击选择"}</p>
            <p className="quiet">编码自动识别（UTF-8、GBK）。先预览，确认列对应后才会导入。</p>
          </Upload.Dragger>
          {read.error && <div style={{ marginTop: 12 }}><Failure error={read.error} /></div>}
        </section>
      ) : (
        <section className="panel" aria-label="列对应">
          <h2>{file.name} <span className="quiet">{preview.encoding} · {preview.columns.length} 列</span></h2>
          <div className="import-bar">
            <label>来源<Select value={known ? source : null} placeholder="请选择" status={known ? "" : "error"} onChange={(it: string) => setSource(it)} showSearch={{ optionFilterProp: "label" }} options={options} style={{ width: 170 }} aria-label="来源" /></label>
            {(mappings.data?.items.length ?? 0) > 0 && (
              <label>使用已存的对应<Select
                allowClear placeholder="选择" style={{ width: 200 }} aria-label="使用已存的对应" options={(mappings.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))}
                onChange={(id?: string) => {
                  const found = mappings.data?.items.find((it) => it.id === id);
                  if (found) { setMapping(Object.fromEntries(Object.entries(found.columns).filter(([, column]) => preview.columns.includes(column)))); setSource(found.source); }
                }}
              /></label>
            )}
          </div>
          <div className="mapping">
            {fields.map((it) => (
              <label key={it.name}>
                <span>{it.label}{it.required && <em>必填</em>}{it.hint && <small>{it.hint}</small>}</span>
                <Select allowClear showSearch aria-label={it.label} placeholder="不导入" value={mapping[it.name] ?? null} status={it.required && !mapping[it.name] ? "error" : ""} onChange={(column?: string) => setMapping((before) => { const { [it.name]: _, ...rest } = before; return column ? { ...rest, [it.name]: column } : rest; })} options={preview.columns.map((value) => ({ value, label: value }))} />
                <span className="mapping-sample">{mapping[it.name] ? preview.sample[0]?.[preview.columns.indexOf(mapping[it.name] ?? "")] : ""}</span>
              </label>
            ))}
          </div>
          <h2 style={{ marginTop: 16 }}>前 {preview.sample.length} 行</h2>
          <Table size="small" pagination={false} scroll={{ x: true }} rowKey={(row) => row.join("\u0001")} dataSource={preview.sample} columns={preview.columns.map((title, index) => ({ title, key: title, ellipsis: true, render: (_: unknown, row: string[]) => row[index] }))} />
          <div className="import-foot">
            <Checkbox checked={keeping} onChange={(event) => setKeeping(event.target.checked)}>保存这次的列对应</Checkbox>
            {keeping && <Input aria-label="列对应的名称" placeholder="名称，例如：12345 月度工单" value={keep} maxLength={40} onChange={(event) => setKeep(event.target.value)} style={{ width: 240 }} />}
            <span style={{ flex: 1 }} />
            <Button onClick={leave}>换一个文件</Button>
            <Button type="primary" disabled={!mapping.description || !known} loading={start.isPending} onClick={() => start.mutate()}>开始导入</Button>
          </div>
          {start.error && <Alert role="alert" type="error" showIcon title={asProblem(start.error).message} style={{ marginTop: 12 }} />}
        </section>
      )}
      <section className="panel" aria-labelledby="past">
        <h2 id="past">导入记录</h2>
        {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
          <Table<Import>
            rowKey="id" size="small" loading={list.isPending} dataSource={list.data?.items ?? []} pagination={false} scroll={{ x: 720 }} locale={{ emptyText: list.isPending ? " " : <Empty title="还没有导入过">选择上面的文件开始。</Empty> }}
            columns={[
              { title: "文件", render: (_, it) => <Link to="/imports/$id" params={{ id: it.id }}>{it.file_name}</Link> },
              { title: "来源", width: 110, render: (_, it) => sourceName(it.source) },
              { title: "状态", width: 90, render: (_, it) => stateWords[it.state] },
              { title: "进度", width: 240, render: (_, it) => <ProgressLine of={it} /> },
              { title: "已导入", dataIndex: "imported", width: 80, align: "right" }, { title: "已存在", dataIndex: "present", width: 80, align: "right" }, { title: "被拒绝", dataIndex: "rejected", width: 80, align: "right" },
              { title: "时间", width: 110, render: (_, it) => shortTime(it.created_at, now()) },
            ]}
          />
        )}
      </section>
    </Page>
  );
}
