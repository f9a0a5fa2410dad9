/** Stock-takes (盘点): begun here, scanned here or on the phone. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { App, Button, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import { listPlaces, listStocktakes, startStocktake, type Stocktake } from "../../api/property";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";

const columns: TableColumnsType<Stocktake> = [
  { title: "场所", fixed: "left", render: (_, it) => <Link to="/property/stocktakes/$id" params={{ id: it.id }}>{it.place_name}</Link> },
  { title: "状态", render: (_, it) => <span className={`state-tag${it.state === "closed" ? " state-tag-final" : ""}`}>{it.state_label}</span> },
  { title: "应有", align: "right", render: (_, it) => it.expected },
  { title: "相符", align: "right", render: (_, it) => it.found },
  { title: "缺失", align: "right", render: (_, it) => (it.state === "open" ? "—" : it.missing) },
  { title: "登记外", align: "right", render: (_, it) => it.unexpected },
  { title: "发起", render: (_, it) => `${it.started_by.name}，${dateTime(it.started_at)}` },
];

export function Stocktakes() {
  const navigate = useNavigate();
  const session = useSession();
  const { message } = App.useApp();
  const [place, setPlace] = useState<string | null>(null);
  const list = useQuery({ queryKey: ["stocktakes"], queryFn: ({ signal }) => listStocktakes(signal), refetchInterval: 30_000 });
  const places = useQuery({ queryKey: ["property-places"], queryFn: ({ signal }) => listPlaces(signal) });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const start = async () => {
    if (!place) return;
    try {
      const { id } = await startStocktake(place);
      void navigate({ to: "/property/stocktakes/$id", params: { id } });
    } catch (error) {
      void message.error(asProblem(error).message);
    }
  };
  return (
    <>
      {mayAny(session, ["property.keep"]) && (
        <div className="notice-bar" style={{ marginBottom: 12 }}>
          <Select aria-label="盘点场所" placeholder="选择保管场所" value={place} onChange={setPlace} options={(places.data?.items ?? []).filter((it) => !it.closed && !it.counting).map((it) => ({ value: it.id, label: `${it.name}（在库 ${it.items} 件）` }))} style={{ width: 260 }} />
          <Button type="primary" disabled={!place} onClick={() => void start()}>开始盘点</Button>
        </div>
      )}
      {list.data.items.length === 0
        ? <Empty title="还没有盘点">选择一个保管场所开始：应有清单当时固定，逐件扫码，缺失和登记外的由另一人处理。盘点期间该场所不能出入库。</Empty>
        : <Table<Stocktake> rowKey="id" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={list.data.items} />}
    </>
  );
}
