/** Bills of the caller's ground, with filters, search by number or code, and the list as a file. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input, Select, Table, type TableColumnsType } from "antd";
import type { FineBillLine, FineBillState } from "../../api/contract";
import { billsFile, listBills, type BillFilter } from "../../api/payments";
import { SimulatedTag } from "../../components/StateTag";
import { shortTime } from "../../format/time";
import { yuan } from "../rewards/fen";
import { Empty, Failure, Loading } from "../shell/Page";
import { grouped } from "./Qr";

const states: { value: FineBillState; label: string }[] = [{ value: "open", label: "待缴" }, { value: "partly", label: "部分缴纳" }, { value: "paid", label: "已缴清" }, { value: "cancelled", label: "已作废" }, { value: "refunded", label: "已退款" }];

export function BillsTab() {
  const search = useSearch({ strict: false }) as { state?: FineBillState; overdue?: string; q?: string };
  const navigate = useNavigate();
  const set = (change: Record<string, string | undefined>) => void navigate({ to: "/payments", search: ((old: object) => ({ ...old, ...change })) as never, replace: true });
  const filter: BillFilter = { ...(search.state ? { state: search.state } : {}), ...(search.overdue ? { overdue: true } : {}), ...(search.q ? { q: String(search.q) } : {}) };
  const list = useInfiniteQuery({
    queryKey: ["fine-bills", filter], initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => listBills({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((it) => it.items) ?? [];
  const columns: TableColumnsType<FineBillLine> = [
    { title: "案件", fixed: "left", render: (_, it) => <><Link to="/cases/$id" params={{ id: it.case_id }} className="mono">{it.case_number}</Link> {it.simulated && <SimulatedTag />}</> },
    { title: "案由", render: (_, it) => it.matter },
    { title: "罚款", align: "right", render: (_, it) => yuan(it.fine_fen) },
    { title: "已缴", align: "right", render: (_, it) => yuan(it.fine_paid_fen + it.surcharge_paid_fen) },
    { title: "期限", render: (_, it) => it.due_on },
    { title: "状态", render: (_, it) => <>{it.state_label}{it.why && <span className="quiet"> · {it.why}</span>}</> },
    { title: "缴款码", render: (_, it) => <span className="mono">{grouped(it.code)}</span> },
    { title: "开具", render: (_, it) => shortTime(it.made_at) },
  ];
  return (
    <>
      <div className="pay-bar">
        <Select aria-label="状态" allowClear placeholder="状态" value={search.state ?? null} onChange={(it?: string) => set({ state: it ?? undefined })} options={states} style={{ minWidth: 120 }} />
        <Select aria-label="是否逾期" allowClear placeholder="是否逾期" value={search.overdue ?? null} onChange={(it?: string) => set({ overdue: it ?? undefined })} options={[{ value: "true", label: "已逾期" }]} style={{ minWidth: 110 }} />
        <Input.Search aria-label="案件编号或者缴款码" allowClear placeholder="案件编号或者缴款码" defaultValue={search.q ?? ""} onSearch={(it) => set({ q: it.trim() || undefined })} style={{ width: 260 }} />
        <a className="ant-btn" href={billsFile(filter)} download>导出 CSV</a>
      </div>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading /> : rows.length === 0
        ? <Empty title="没有符合条件的缴款通知">处罚决定送达以后，承办人在案件页开具缴款通知，就出现在这里。</Empty>
        : <Table<FineBillLine> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={rows} />}
      {list.hasNextPage && <Button style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
    </>
  );
}
