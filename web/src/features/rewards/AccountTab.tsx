/** The account of a programme: balances, and every line that they come from. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { RewardEntry, RewardProgramme } from "../../api/contract";
import { readRewardAccount } from "../../api/rewards";
import { dateTime } from "../../format/time";
import { Empty, Failure, Loading } from "../shell/Page";
import { yuan } from "./fen";

const columns: TableColumnsType<RewardEntry> = [
  { title: "时间", fixed: "left", render: (_, it) => dateTime(it.at) },
  { title: "事由", render: (_, it) => it.what_label },
  { title: "从", render: (_, it) => it.from_label },
  { title: "到", render: (_, it) => it.to_label },
  { title: "金额", align: "right", render: (_, it) => yuan(it.fen) },
  { title: "线索", render: (_, it) => <span className="mono">{it.number ?? ""}</span> },
  { title: "经办", render: (_, it) => it.person_name ?? "系统" },
];

export function AccountTab({ programmes }: { programmes: RewardProgramme[] }) {
  const [programme, setProgramme] = useState(programmes[0]?.id);
  const list = useInfiniteQuery({
    queryKey: ["reward-account", programme], initialPageParam: "", enabled: programme !== undefined,
    queryFn: ({ pageParam, signal }) => readRewardAccount(programme ?? "", pageParam || undefined, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  if (!programme) return <Empty title="还没有账目">发布方案后，预算和此后每一分的变动都在这里，只增不改。</Empty>;
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="reward-bar"><Select aria-label="方案" value={programme} onChange={setProgramme} options={programmes.map((it) => ({ value: it.id, label: it.name }))} style={{ minWidth: 180 }} /></div>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : !list.data ? <Loading /> : (
        <>
          <dl className="reward-balances">{list.data.pages[0]?.balances.map((it) => <div key={it.account}><dt>{it.account_label}</dt><dd>{yuan(it.fen)}</dd></div>)}</dl>
          <Table<RewardEntry> rowKey={(it) => `${it.at}/${it.what_label}/${it.number ?? ""}/${it.to_label}`} size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={rows} />
          {list.hasNextPage && <Button style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button>}
        </>
      )}
    </>
  );
}
