/** Reconciliation: the provider's file of a day against the books; a person settles every difference. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Table, Upload, type TableColumnsType } from "antd";
import { useState } from "react";
import type { PaymentDay, PaymentDayRow } from "../../api/contract";
import { importDay, listDays, readDay, settleDifference } from "../../api/payments";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { yuan } from "../rewards/fen";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { ReasonDialog } from "./ReasonDialog";

export function DaysTab() {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [day, setDay] = useState("");
  const [shown, setShown] = useState<PaymentDay | null>(null);
  const may = mayAny(session, ["payment.settle"]);
  const list = useQuery({ queryKey: ["payment-days"], queryFn: ({ signal }) => listDays(signal) });
  async function take(file: Blob) {
    try {
      const made = await importDay(day, file);
      setShown(made);
      void message.success(`${made.day}：${made.rows} 行，相符 ${made.matched}，差异 ${made.rows - made.matched}`);
      void client.invalidateQueries({ queryKey: ["payment-days"] });
    } catch (error) {
      void message.error(asProblem(error).message, 8);
    }
  }
  const columns: TableColumnsType<PaymentDay> = [
    { title: "日期", fixed: "left", render: (_, it) => it.day },
    { title: "行数", align: "right", dataIndex: "rows" }, { title: "相符", align: "right", dataIndex: "matched" },
    { title: "我方缺少", align: "right", dataIndex: "missing_here" }, { title: "渠道缺少", align: "right", dataIndex: "missing_there" },
    { title: "金额不同", align: "right", dataIndex: "different" }, { title: "未处理", align: "right", render: (_, it) => (it.open > 0 ? <b>{it.open}</b> : 0) },
    { title: "导入", render: (_, it) => `${it.imported_by} · ${dateTime(it.imported_at)}` },
    { title: "", render: (_, it) => <Button size="small" onClick={() => setShown(it)}>查看</Button> },
  ];
  return (
    <>
      {may && (
        <div className="pay-bar">
          <Input type="date" aria-label="对账日期" style={{ width: 160 }} value={day} onChange={(event) => setDay(event.target.value)} />
          <Upload accept=".csv,text/csv" showUploadList={false} beforeUpload={(file) => { void take(file); return false; }} disabled={!day}><Button type="primary" disabled={!day}>导入渠道对账文件</Button></Upload>
          <span className="quiet">渠道的日对账 CSV（UTF-8 或 GBK）；同一份再导入不变。</span>
        </div>
      )}
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : !list.data ? <Loading /> : list.data.items.length === 0
        ? <Empty title="还没有对账">从支付渠道下载某一天的对账文件，在这里导入，逐行与收款核对。</Empty>
        : <Table<PaymentDay> rowKey="id" size="small" pagination={{ pageSize: 31, hideOnSinglePage: true }} scroll={{ x: "max-content" }} columns={columns} dataSource={list.data.items} />}
      {shown && <Rows of={shown} may={may} />}
    </>
  );
}

function Rows({ of, may }: { of: PaymentDay; may: boolean }) {
  const client = useQueryClient();
  const [settling, setSettling] = useState<PaymentDayRow | null>(null);
  const rows = useQuery({ queryKey: ["payment-days", of.id], queryFn: ({ signal }) => readDay(of.id, signal) });
  const columns: TableColumnsType<PaymentDayRow> = [
    { title: "结果", fixed: "left", render: (_, it) => it.kind_label },
    { title: "渠道流水", render: (_, it) => <span className="mono">{it.transaction_no}</span> },
    { title: "渠道金额", align: "right", render: (_, it) => (it.there_fen == null ? "—" : yuan(it.there_fen)) },
    { title: "我方金额", align: "right", render: (_, it) => (it.here_fen == null ? "—" : yuan(it.here_fen)) },
    { title: "处理", render: (_, it) => it.reason ? `${it.reason}（${it.settled_by ?? ""}）` : it.kind !== "matched" && may ? <Button size="small" onClick={() => setSettling(it)}>处理</Button> : "" },
  ];
  return (
    <section aria-label={`${of.day} 对账明细`} style={{ marginTop: 18 }}>
      <h2>{of.day} 明细</h2>
      {rows.error ? <Failure error={rows.error} retry={() => void rows.refetch()} /> : !rows.data ? <Loading /> : <Table<PaymentDayRow> rowKey="ordinal" size="small" pagination={{ pageSize: 50, hideOnSinglePage: true }} scroll={{ x: "max-content" }} columns={columns} dataSource={rows.data.items} />}
      {settling && <ReasonDialog title={`处理差异：${settling.kind_label}`} okText="处理" close={() => setSettling(null)} save={async (reason) => { await settleDifference(of.id, settling.ordinal, reason); void client.invalidateQueries({ queryKey: ["payment-days"] }); }} />}
    </section>
  );
}
