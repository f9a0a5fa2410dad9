/** A stock-take on one page: scanning while it is open, the report and its differences afterwards; it prints as a report. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button, Form, Input, Popconfirm, Radio, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import { finishStocktake, readStocktake, scanLabel, settleDifference, type ScanAnswer, type WholeStocktake } from "../../api/property";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading, Page } from "../shell/Page";
import { Scanner } from "./Scanner";
import "./property.css";

type Line = WholeStocktake["lines"][number];

export function StocktakePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const client = useQueryClient();
  const session = useSession();
  const { message } = App.useApp();
  const [last, setLast] = useState<ScanAnswer | null>(null);
  const [trouble, setTrouble] = useState("");
  const [settling, setSettling] = useState<Line | null>(null);
  const query = useQuery({ queryKey: ["stocktake", id], queryFn: ({ signal }) => readStocktake(id, signal), refetchInterval: (it) => (it.state.data?.state === "open" ? 60_000 : false) });
  const of = query.data;
  if (!of) return query.error ? <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div> : <Loading rows={8} />;
  const may = mayAny(session, ["property.keep"]);
  const scan = async (code: string) => {
    setTrouble("");
    try {
      const found = await scanLabel(id, code);
      setLast(found);
      // The answer carries the counts; the report itself may have thousands of lines and comes with the next look.
      client.setQueryData<WholeStocktake>(["stocktake", id], (old) => old && {
        ...old, expected: found.expected, found: found.found, missing: found.expected - found.found, unexpected: found.unexpected,
        lines: found.result === "found" ? old.lines.map((it) => (it.code === found.code ? { ...it, found: true, differs: false } : it)) : old.lines,
      });
    } catch (error) {
      setLast(null);
      setTrouble(asProblem(error).message);
    }
  };
  const finish = async () => {
    try {
      client.setQueryData(["stocktake", id], await finishStocktake(id));
      void client.invalidateQueries({ queryKey: ["stocktakes"] });
    } catch (error) {
      void message.error(asProblem(error).message);
    }
  };
  const columns: TableColumnsType<Line> = [
    { title: "编码", fixed: "left", render: (_, it) => (it.item_id ? <Link to="/property/$id" params={{ id: it.item_id }} className="mono">{it.code}</Link> : <span className="mono">{it.code}</span>) },
    { title: "财物", render: (_, it) => it.name ?? "登记册里没有" },
    { title: "案件", render: (_, it) => it.case_number ?? "—" },
    { title: "结果", render: (_, it) => (!it.expected ? `登记外${it.place_name ? `（应在${it.place_name}）` : ""}` : it.found ? "相符" : of.state === "open" ? "未扫" : "缺失") },
    { title: "扫码", render: (_, it) => (it.found_by ? `${it.found_by.name}，${dateTime(it.found_at)}` : "—") },
    { title: "处理", render: (_, it) => (it.settlement ? `${it.settlement}（${it.settled_by?.name}）` : it.differs && of.state === "finished" && mayAny(session, ["property.settle"]) ? <Button size="small" aria-label={`处理 ${it.code}`} onClick={() => setSettling(it)}>处理差异</Button> : "") },
  ];
  return (
    <Page title={`盘点：${of.place_name}`} wide intro={`${of.state_label}，${of.started_by.name} 于 ${dateTime(of.started_at)} 发起${of.finished_at ? `，${of.finished_by?.name} 于 ${dateTime(of.finished_at)} 结束` : ""}`} extra={<Button onClick={() => print()}>打印</Button>}>
      <dl className="stocktake-counts">
        <div><dt>应有</dt><dd>{of.expected}</dd></div><div><dt>相符</dt><dd>{of.found}</dd></div><div><dt>{of.state === "open" ? "未扫" : "缺失"}</dt><dd>{of.missing}</dd></div><div><dt>登记外</dt><dd>{of.unexpected}</dd></div>
        {of.state === "finished" && <div><dt>待处理</dt><dd>{of.unsettled}</dd></div>}
      </dl>
      {of.state === "open" && may && (
        <div className="no-print">
          <Scanner onCode={(code) => void scan(code)} />
          <div role="status" aria-live="assertive">
            {last && <p className="scan-result"><b>{last.label}</b>{last.name ?? ""} <span className="mono">{last.code}</span></p>}
            {trouble && <p className="scan-result">{trouble}</p>}
          </div>
          <Popconfirm title={`结束扫码？没有扫到的 ${of.missing} 件记为缺失。`} okText="结束" cancelText="接着扫" onConfirm={() => void finish()}><Button style={{ marginBottom: 14 }}>结束扫码</Button></Popconfirm>
        </div>
      )}
      <Table<Line> rowKey="code" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={of.lines} locale={{ emptyText: "这个场所现在没有在库的财物" }} />
      {settling && (
        <FormDialog<{ reason: string; missing?: boolean }> open title={`处理差异：${settling.name ?? settling.code}`} okText="处理" initial={{ reason: "" }} close={() => setSettling(null)} save={async ({ reason, missing }) => {
          client.setQueryData(["stocktake", id], await settleDifference(id, settling.code, reason, missing === true));
          setSettling(null);
        }}>
          {!settling.found && (
            <Form.Item name="missing" label="认定" rules={[{ required: true, message: "请选择认定结果" }]}>
              <Radio.Group options={[{ value: false, label: "没有缺失（已找到，或者登记、标签有误）" }, { value: true, label: "认定缺失" }]} />
            </Form.Item>
          )}
          <Form.Item name="reason" label="原因和处理" extra="由没有参加这次盘点的另一人处理。认定缺失的，再在财物页办理“灭失核销”。" rules={[{ required: true, whitespace: true, message: "请填写原因和处理" }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
        </FormDialog>
      )}
    </Page>
  );
}
