/** Refunds: asked for by one person, approved by another. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Segmented, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { PaymentRefund } from "../../api/contract";
import { decideRefund, listRefunds } from "../../api/payments";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { yuan } from "../rewards/fen";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { ReasonDialog } from "./ReasonDialog";

export function RefundsTab() {
  const session = useSession();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const [waiting, setWaiting] = useState(true);
  const [refusing, setRefusing] = useState<PaymentRefund | null>(null);
  const list = useInfiniteQuery({
    queryKey: ["payment-refunds", waiting], initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => listRefunds({ waiting, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((it) => it.items) ?? [];
  const changed = () => { for (const queryKey of [["payment-refunds"], ["payment-receipts"], ["fine-bills"]]) void client.invalidateQueries({ queryKey }); };
  const approve = (of: PaymentRefund) => modal.confirm({
    title: `${of.state === "failed" ? "重新退款" : "同意退款"} ${yuan(of.fen)}？`, okText: of.state === "failed" ? "重新退款" : "同意退款",
    content: of.state === "failed" ? `渠道没有退成（${of.note ?? ""}）。先在渠道核实这笔款确实没有退出，再以新的退款单号重新退款。` : `${of.reason}（${of.asked_by} 申请）`, cancelText: "取消",
    onOk: async () => {
      try {
        const { state_label } = await decideRefund(of.id, true);
        void message.success(state_label);
      } catch (error) {
        void message.error(asProblem(error).message, 8);
      }
      changed();
    },
  });
  const columns: TableColumnsType<PaymentRefund> = [
    { title: "收款编号", fixed: "left", render: (_, it) => <span className="mono">{it.receipt_number}</span> },
    { title: "金额", align: "right", render: (_, it) => yuan(it.fen) },
    { title: "理由", render: (_, it) => it.reason },
    { title: "申请", render: (_, it) => `${it.asked_by} · ${dateTime(it.asked_at)}` },
    { title: "状态", render: (_, it) => <>{it.state_label}{it.note && <span className="quiet"> · {it.note}</span>}</> },
    { title: "审批", render: (_, it) => (it.decided_at ? `${it.decided_by ?? ""} · ${dateTime(it.decided_at)}` : "") },
    { title: "", render: (_, it) => (it.state === "asked" || it.state === "failed") && mayAny(session, ["payment.approve"]) && <span className="pay-bar" style={{ marginBottom: 0 }}><Button size="small" type="primary" onClick={() => approve(it)}>{it.state === "failed" ? "重新退款" : "同意"}</Button><Button size="small" onClick={() => setRefusing(it)}>{it.state === "failed" ? "不再退款" : "不同意"}</Button></span> },
  ];
  return (
    <>
      <div className="pay-bar"><Segmented aria-label="退款状态" value={waiting ? "waiting" : "all"} onChange={(it) => setWaiting(it === "waiting")} options={[{ value: "waiting", label: "办理中" }, { value: "all", label: "全部" }]} /></div>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading /> : rows.length === 0
        ? <Empty title={waiting ? "没有办理中的退款" : "还没有退款"}>待查款和处罚决定被撤销的收款可以申请退款；申请人和审批人不能是同一人。</Empty>
        : <Table<PaymentRefund> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={rows} />}
      {list.hasNextPage && <Button style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
      {refusing && <ReasonDialog title="不予退款" okText="不予退款" close={() => setRefusing(null)} save={async (reason) => { await decideRefund(refusing.id, false, reason); changed(); }} />}
    </>
  );
}
