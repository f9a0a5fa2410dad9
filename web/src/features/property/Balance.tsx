/** The balance of a month (出入库平衡): opening and what came in less what went out is what is there, to the item. */
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { balanceAddress, readBalance, type PropertyBalance } from "../../api/property";
import { now } from "../../format/clock";
import { Empty, Failure, Loading } from "../shell/Page";
import { cityDay } from "../indicators/periods";

const by = (counts: PropertyBalance["came_by"]) => counts.map((it) => `${it.label} ${it.items}`).join("，");
const columns: TableColumnsType<PropertyBalance> = [
  { title: "保管场所", fixed: "left", render: (_, it) => it.place_name },
  { title: "期初", align: "right", render: (_, it) => it.opening },
  { title: "入库", align: "right", render: (_, it) => <>{it.came}<br /><small className="quiet">{by(it.came_by)}</small></> },
  { title: "出库", align: "right", render: (_, it) => <>{it.went}<br /><small className="quiet">{by(it.went_by)}</small></> },
  { title: "期末", align: "right", render: (_, it) => it.closing },
  { title: "在库实有", align: "right", render: (_, it) => it.counted },
  { title: "核对", render: (_, it) => (it.balances ? "平衡" : <b>不平衡，请联系管理员</b>) },
];

export function Balance() {
  const [month, setMonth] = useState(() => cityDay(now()).slice(0, 7));
  const list = useQuery({ queryKey: ["property-balance", month], queryFn: ({ signal }) => readBalance(month, signal), enabled: /^\d{4}-\d{2}$/.test(month) });
  return (
    <>
      <div className="notice-bar no-print" style={{ marginBottom: 12 }}>
        <Input aria-label="月份" type="month" value={month} onChange={(event) => setMonth(event.target.value)} style={{ width: 160 }} />
        <Button href={balanceAddress(month)}>导出 CSV</Button><Button onClick={() => print()}>打印</Button>
      </div>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : !list.data ? <Loading /> : list.data.items.length === 0
        ? <Empty title="没有保管场所">新增保管场所以后，这里按月列出期初、入库、出库和期末。</Empty>
        : <Table<PropertyBalance> rowKey="place" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={list.data.items} />}
    </>
  );
}
