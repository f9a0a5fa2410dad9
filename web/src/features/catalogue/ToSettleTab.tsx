/** Classes without a limit of their own (待定): shown, never guessed. */
import { useQuery } from "@tanstack/react-query";
import { Button, Progress, Table } from "antd";
import { useState } from "react";
import { get } from "../../api/client";
import type { CatalogueClass, ToSettle } from "../../api/contract";
import { limitWord } from "../../format/words";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { LimitDialog } from "./LimitDialog";

export function ToSettleTab() {
  const [settling, setSettling] = useState<CatalogueClass | null>(null);
  const manages = mayAny(useSession(), ["catalogue.manage"]);
  const list = useQuery({ queryKey: ["classes", "to-settle"], queryFn: ({ signal }) => get<ToSettle>("/classes/to-settle", undefined, signal) });
  if (list.isPending) return <Loading />;
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  const { total, settled, share, default_limit, items } = list.data;
  return (
    <>
      <section className="panel settle-share" aria-label="时限确定进度">
        <div><b>{(share * 100).toFixed(1)}%</b><span className="quiet">已确定 {settled} 类，共 {total} 类</span></div>
        <Progress percent={Math.round(share * 1000) / 10} showInfo={false} strokeColor="#1456b8" aria-label={`已确定 ${(share * 100).toFixed(1)}%`} />
        <p className="quiet">未确定的类别暂用默认时限 <b>{limitWord(default_limit)}</b>，并在线索上标注“暂定”。</p>
      </section>
      <Table<CatalogueClass>
        rowKey={(it) => `${it.kind}-${it.code}`} size="small" className="catalogue-table" dataSource={items} pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }} locale={{ emptyText: <Empty title="全部类别都已确定时限" /> }}
        columns={[
          { title: "代码", dataIndex: "code", width: 90, render: (it: string) => <span className="mono">{it}</span> }, { title: "名称", dataIndex: "name" },
          { title: "大类", render: (_, it) => `${it.category_code} ${it.category_name}` },
          { title: "2013 版代码", dataIndex: "predecessor_code", render: (it?: string | null) => <span className="mono">{it ?? "—"}</span> },
          ...(manages ? [{ title: <span className="visually-hidden">操作</span>, width: 100, render: (_: unknown, it: CatalogueClass) => <Button size="small" onClick={() => setSettling(it)}>定时限</Button> }] : []),
        ]}
      />
      <LimitDialog of={settling} close={() => setSettling(null)} />
    </>
  );
}
