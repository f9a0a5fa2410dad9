/** One import: progress, pause and resume, and the rows that were refused with their reasons. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Segmented, Table } from "antd";
import { useState } from "react";
import type { Import, ImportRow } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { useSourceNames } from "../sources/sources";
import { actOnImport, fields, isMoving, listRows, readImport, stateWords } from "./imports";
import { ProgressLine } from "./ProgressLine";
import "./imports.css";

export function ImportPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const sourceName = useSourceNames();
  const [outcome, setOutcome] = useState("rejected");
  const query = useQuery({ queryKey: ["import", id], queryFn: ({ signal }): Promise<Import> => readImport(id, signal), refetchInterval: (it) => (it.state.data && isMoving(it.state.data) ? 1000 : false) });
  const it = query.data;
  const rows = useInfiniteQuery({
    queryKey: ["import-rows", id, outcome, it?.rows_done], initialPageParam: "", queryFn: ({ pageParam, signal }) => listRows(id, outcome, pageParam, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (before) => before,
  });
  const act = useMutation({
    mutationFn: (verb: "pause" | "resume" | "cancel") => actOnImport(id, verb),
    onSettled: () => { void client.invalidateQueries({ queryKey: ["import", id] }); void client.invalidateQueries({ queryKey: ["imports"] }); },
    onError: (error) => void message.error(asProblem(error).message),
  });
  if (query.isPending) return <Loading />;
  if (!it) return <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div>;
  const sum = it.imported + it.present + it.rejected;

  return (
    <Page
      title={it.file_name} intro={<><Link to="/imports">导入</Link> · {sourceName(it.source)} · {dateTime(it.created_at)}</>}
      extra={
        <>
          {isMoving(it) && <Button loading={act.isPending} onClick={() => act.mutate("pause")}>暂停</Button>}
          {(it.state === "paused" || it.state === "failed") && <Button type="primary" loading={act.isPending} onClick={() => act.mutate("resume")}>继续</Button>}
          {(isMoving(it) || it.state === "paused") && <Button danger onClick={() => void modal.confirm({ title: "取消导入？", content: "已导入的线索会保留，剩余行不再导入。", okText: "取消导入", cancelText: "不取消", onOk: () => act.mutateAsync("cancel").catch(() => undefined) })}>取消</Button>}
        </>
      }
    >
      <section className="panel" aria-label="进度">
        <div role="status" aria-live="polite" className="import-state"><b>{stateWords[it.state]}</b>{isMoving(it) && <span className="quiet">可以离开本页，导入会继续。</span>}</div>
        <ProgressLine of={it} large />
        <dl className="import-sums">
          <div><dt>已导入</dt><dd>{it.imported.toLocaleString("zh-CN")}</dd></div><div><dt>已存在</dt><dd>{it.present.toLocaleString("zh-CN")}</dd></div>
          <div><dt>被拒绝</dt><dd>{it.rejected.toLocaleString("zh-CN")}</dd></div><div><dt>合计</dt><dd>{sum.toLocaleString("zh-CN")}</dd></div>
        </dl>
        {it.error && <Alert role="alert" type="error" showIcon title={it.error} style={{ marginBottom: 10 }} />}
        <details><summary>列对应</summary><p className="quiet">{Object.entries(it.mapping).map(([field, column]) => `${fields.find((one) => one.name === field)?.label ?? field} ← ${column}`).join("；") || "—"}</p></details>
      </section>
      <section className="panel" aria-labelledby="rows">
        <div className="import-state"><h2 id="rows" style={{ margin: 0, fontSize: 13.5 }}>逐行结果</h2><Segmented aria-label="结果" value={outcome} onChange={setOutcome} options={[{ value: "rejected", label: "被拒绝" }, { value: "present", label: "已存在" }, { value: "imported", label: "已导入" }]} /></div>
        {rows.error ? <Failure error={rows.error} retry={() => void rows.refetch()} /> : (
          <Table<ImportRow>
            rowKey="row" size="small" pagination={false} loading={rows.isPending} dataSource={rows.data?.pages.flatMap((page) => page.items) ?? []} locale={{ emptyText: rows.isPending ? " " : <Empty title={outcome === "rejected" ? "没有被拒绝的行" : "没有这样的行"} /> }}
            columns={[{ title: "行号", dataIndex: "row", width: 100 }, { title: "原因", render: (_, row) => row.reason ?? "—" }, { title: "线索", width: 100, render: (_, row) => (row.lead_id ? <Link to="/leads/$id" params={{ id: row.lead_id }}>打开</Link> : "—") }]}
          />
        )}
        {rows.hasNextPage && <div style={{ textAlign: "center", padding: 10 }}><Button loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>载入更多</Button></div>}
      </section>
    </Page>
  );
}
