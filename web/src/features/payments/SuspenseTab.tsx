/** Money that fits nothing: a person says which bill it is for, or asks that it goes back. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { PaymentReceipt } from "../../api/contract";
import { askRefund, listReceipts, settleReceipt } from "../../api/payments";
import { SimulatedTag } from "../../components/StateTag";
import { shortTime } from "../../format/time";
import { yuan } from "../rewards/fen";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { ReasonDialog } from "./ReasonDialog";

export function SuspenseTab() {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<{ of: PaymentReceipt; what: "settle" | "refund" } | null>(null);
  const list = useInfiniteQuery({
    queryKey: ["payment-receipts", "suspense"], initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => listReceipts({ suspense: true, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((it) => it.items) ?? [];
  const done = (words: string) => { void message.success(words); for (const queryKey of [["payment-receipts"], ["payment-refunds"], ["fine-bills"]]) void client.invalidateQueries({ queryKey }); };
  const columns: TableColumnsType<PaymentReceipt> = [
    { title: "收款编号", fixed: "left", render: (_, it) => <><span className="mono">{it.number}</span> {it.simulated && <SimulatedTag />}</> },
    { title: "待查", align: "right", render: (_, it) => <>{yuan(it.suspense_fen)}{it.suspense_fen !== it.fen && <span className="quiet"> / {yuan(it.fen)}</span>}</> },
    { title: "原因", render: (_, it) => <>{it.why_label}{it.said && <span className="quiet"> · {it.said}</span>}</> },
    { title: "付款", render: (_, it) => shortTime(it.paid_at) },
    { title: "渠道流水", render: (_, it) => <span className="mono">{it.transaction_no}</span> },
    { title: "", render: (_, it) => (
      <span className="pay-bar" style={{ marginBottom: 0 }}>
        {mayAny(session, ["payment.settle"]) && <Button size="small" onClick={() => setAsking({ of: it, what: "settle" })}>入账</Button>}
        {mayAny(session, ["payment.refund"]) && <Button size="small" onClick={() => setAsking({ of: it, what: "refund" })}>申请退款</Button>}
      </span>
    ) },
  ];
  return (
    <>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading /> : rows.length === 0
        ? <Empty title="没有待查款">金额与订单不符、重复缴纳、缴款通知作废以后到的钱，都先记在这里，由人查明后入账或者退回。</Empty>
        : <Table<PaymentReceipt> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={rows} />}
      {list.hasNextPage && <Button style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
      {asking?.what === "settle" && (
        <ReasonDialog title={`入账 ${yuan(asking.of.suspense_fen)}`} okText="入账" close={() => setAsking(null)} save={async (reason, fields) => { await settleReceipt(asking.of.id, fields["code"] ?? "", reason); done("已入账"); }}>
          <Form.Item name="code" label="缴款码" rules={[{ required: true, whitespace: true, message: "请填写缴款码" }]}><Input inputMode="numeric" maxLength={30} /></Form.Item>
        </ReasonDialog>
      )}
      {asking?.what === "refund" && <ReasonDialog title={`申请退款 ${yuan(asking.of.suspense_fen)}`} okText="申请" close={() => setAsking(null)} save={async (reason) => { await askRefund(asking.of.id, reason); done("已申请，由局领导审批"); }} />}
    </>
  );
}
