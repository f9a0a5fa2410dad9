/** A stock-take of the archive or of equipment on one page; it prints as a report. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { App, Button, Form, Input, Popconfirm, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { finishTake, readTake, scanInTake, settleTake, type WholeCentreStocktake } from "../../api/centre";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { Scanner } from "../property/Scanner";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading, Page } from "../shell/Page";
import "../property/property.css";
import "./centre.css";

type Line = WholeCentreStocktake["lines"][number];

export function TakePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const client = useQueryClient();
  const session = useSession();
  const { message } = App.useApp();
  const [last, setLast] = useState("");
  const [settling, setSettling] = useState<Line | null>(null);
  const query = useQuery({ queryKey: ["centre", "take", id], queryFn: ({ signal }) => readTake(id, signal) });
  const whole = query.data;
  if (!whole) return query.error ? <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div> : <Loading rows={8} />;
  const of = whole.stocktake;
  const may = mayAny(session, ["centre.keep"]);
  const put = (next: WholeCentreStocktake) => { client.setQueryData(["centre", "take", id], next); void client.invalidateQueries({ queryKey: ["centre", "takes"] }); };
  const scan = async (code: string) => {
    try {
      const it = await scanInTake(id, code);
      setLast(`${it.label} ${it.code}`);
      void query.refetch();
    } catch (error) {
      setLast(asProblem(error).message);
    }
  };
  const columns: TableColumnsType<Line> = [
    { title: "编码", fixed: "left", render: (_, it) => <span className="mono">{it.code}</span> },
    { title: "名称", render: (_, it) => it.name ?? "登记册里没有" },
    { title: "结果", render: (_, it) => (!it.expected ? "登记外" : it.found ? "相符" : of.state === "open" ? "未扫" : "缺失") },
    { title: "扫码", render: (_, it) => it.found_by?.name ?? "—" },
    { title: "处理", render: (_, it) => (it.settlement ? `${it.settlement}（${it.settled_by?.name}）` : of.state === "finished" && may && (!it.found || !it.expected) ? <Button size="small" aria-label={`处理 ${it.code}`} onClick={() => setSettling(it)}>处理差异</Button> : "") },
  ];
  return (
    <Page title={`${of.subject_label}盘点`} wide intro={`${of.state_label}，${of.started_by.name} 于 ${dateTime(of.started_at)} 发起`} extra={<Button onClick={() => print()}>打印</Button>}>
      <dl className="stocktake-counts"><div><dt>应有</dt><dd>{of.expected}</dd></div><div><dt>相符</dt><dd>{of.found}</dd></div><div><dt>{of.state === "open" ? "未扫" : "缺失"}</dt><dd>{of.missing}</dd></div><div><dt>登记外</dt><dd>{of.unexpected}</dd></div></dl>
      {of.state === "open" && may && (
        <div className="no-print">
          <Scanner onCode={(code) => void scan(code)} />
          {last && <p className="scan-result" role="status" aria-live="assertive">{last}</p>}
          <Popconfirm title={`结束扫码？没有扫到的 ${of.missing} 件记为缺失。`} okText="结束" cancelText="接着扫" onConfirm={() => { finishTake(id).then(put, (error: unknown) => void message.error(asProblem(error).message)); }}><Button style={{ margin: "12px 0" }}>结束扫码</Button></Popconfirm>
        </div>
      )}
      <Table<Line> rowKey="code" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={whole.lines} locale={{ emptyText: "现在没有应当在架、在库的" }} />
      {settling && (
        <FormDialog<{ reason: string }> open title={`处理差异 ${settling.code}`} okText="处理" initial={{}} close={() => setSettling(null)} save={async ({ reason }) => { put(await settleTake(id, settling.code, reason)); setSettling(null); }}>
          <Form.Item name="reason" label="原因和处理" extra="由没有参加这次盘点的另一人处理。" rules={[{ required: true, whitespace: true, message: "请填写" }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
        </FormDialog>
      )}
    </Page>
  );
}
