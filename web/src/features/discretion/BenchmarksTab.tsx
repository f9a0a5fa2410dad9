/** The benchmarks of the library (裁量基准), newest first, and beginning one: blank, from the sample, or from a file. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { App, Button, Form, Input, Select, Table, Upload } from "antd";
import { useState } from "react";
import type { BenchmarkVersion } from "../../api/contract";
import { draftBenchmark, listBenchmarks, type BenchmarkRules } from "../../api/discretion";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";
import { emptyRules, parseRules, stateWords } from "./rules";
import "./discretion.css";

export function BenchmarksTab() {
  const keeps = mayAny(useSession(), ["law.benchmark"]);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [state, setState] = useState<string>();
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ["benchmarks", state], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => listBenchmarks({ ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((it) => it.items) ?? [];
  const begin = async (rules: BenchmarkRules, reason: string) => {
    const made = await draftBenchmark(rules, reason);
    void client.invalidateQueries({ queryKey: ["benchmarks"] });
    void navigate({ to: "/law/benchmarks/$id", params: { id: made.id } });
  };
  const read = async (file: File) => {
    const rules = file.size > 1024 * 1024 ? null : parseRules(await file.text());
    if (!rules) return void message.error("不是裁量基准文件（JSON）");
    await begin(rules, `导入 ${file.name}`.slice(0, 500)).catch((error: unknown) => message.error(asProblem(error).message, 8));
  };
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <div className="law-bar" role="search" aria-label="查找裁量基准">
        <Select aria-label="状态" allowClear placeholder="全部状态" value={state ?? null} onChange={(it?: string) => setState(it)} options={Object.entries(stateWords).map(([value, label]) => ({ value, label }))} style={{ width: 140 }} />
        <span style={{ flex: 1 }} />
        {keeps && <Button onClick={() => setAdding(true)}>起草裁量基准</Button>}
        {keeps && <Upload accept=".json,application/json" showUploadList={false} beforeUpload={(file) => { void read(file); return false; }}><Button>导入 JSON</Button></Upload>}
      </div>
      <Table<BenchmarkVersion>
        rowKey="id" size="small" className="law-table" dataSource={rows} loading={list.isPending} pagination={false} scroll={{ x: 800 }}
        locale={{ emptyText: list.isPending ? " " : <Empty title="没有裁量基准">按公布的裁量基准起草，另一人审核后发布，案件里即按它计算阶次和幅度。</Empty> }}
        columns={[
          { title: "事项", render: (_, it) => <><Link to="/law/benchmarks/$id" params={{ id: it.id }}>{it.matter} {it.matter_name}</Link>{it.sample && <span className="tag">示例</span>}</> },
          { title: "版本", width: 70, render: (_, it) => `第 ${it.number} 版` },
          { title: "状态", width: 100, render: (_, it) => it.state_label },
          { title: "施行", width: 190, render: (_, it) => [it.effective_from && `${it.effective_from} 起`, it.withdrawn_from && `${it.withdrawn_from} 停用`].filter(Boolean).join("，") || "—" },
          { title: "须改正", width: 80, render: (_, it) => (it.faults.length > 0 ? `${it.faults.length} 处` : "—") },
          { title: "起草", width: 190, render: (_, it) => `${it.drafted_by ?? "随程序提供"}，${dateTime(it.drafted_at)}` },
        ]}
      />
      {list.hasNextPage && <Button block className="law-more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>再看 30 份</Button>}
      {adding && (
        <FormDialog<{ matter: string; reason: string }> open title="起草裁量基准" okText="起草" close={() => setAdding(false)} initial={{ matter: "", reason: "" }} save={async ({ matter, reason }) => begin({ ...emptyRules(), matter: matter.trim() }, reason)}>
          <Form.Item name="matter" label="执法事项编号" rules={[{ required: true, pattern: /^[A-Za-z0-9-]{1,30}$/, message: "填写法律库中的编号，如 M001" }]}><Input className="mono" maxLength={30} /></Form.Item>
          <Form.Item name="reason" label="起草原因" rules={[{ required: true, whitespace: true, message: "请写明原因" }]}><Input maxLength={500} /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}
