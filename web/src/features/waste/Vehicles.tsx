/** Vehicles (运输车辆): the register, one by one or out of a file. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, Form, Input, InputNumber, Modal, Select, Table, type TableColumnsType } from "antd";
import { useMemo, useRef, useState } from "react";
import { addVehicle, all, changeVehicle, importVehicles, listCarriers, listVehicles, registerFile, type WasteVehicle, type WasteVehicleImport } from "../../api/waste";
import { asProblem } from "../../api/problem";
import { SimulatedTag } from "../../components/StateTag";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure } from "../shell/Page";
import type { Go, WasteSearch } from "./WastePage";
import { plateColours } from "./words";

const columns: TableColumnsType<WasteVehicle> = [
  { title: "车牌", fixed: "left", render: (_, it) => <div className="cell-lead"><Link to="/waste/vehicles/$id" params={{ id: it.id }}>{it.plate}</Link><span>{it.colour_label}{it.closed && "，停用"}{it.simulated && <SimulatedTag />}</span></div> },
  { title: "运输企业", render: (_, it) => <Link to="/waste/carriers/$id" params={{ id: it.carrier }}>{it.carrier_name}</Link> },
  { title: "核定载质量", align: "right", render: (_, it) => `${(it.rated_kg / 1000).toLocaleString("zh-CN")} t` },
  { title: "车厢容积", align: "right", render: (_, it) => `${(it.box_litres / 1000).toLocaleString("zh-CN")} m³` },
  { title: "车载终端", render: (_, it) => (it.terminal ? <span className="mono">{it.terminal.phone}{it.terminal.visitor && "（来访）"}</span> : <span className="quiet">没有登记</span>) },
];

export const useCarriers = () => useQuery({ queryKey: ["waste", "all-carriers"], queryFn: ({ signal }) => all((cursor) => listCarriers({ cursor }, signal)), staleTime: 60_000 });

export function Vehicles({ search, go }: { search: WasteSearch; go: Go }) {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const input = useRef<HTMLInputElement>(null);
  const [adding, setAdding] = useState(false);
  const [done, setDone] = useState<WasteVehicleImport | null>(null);
  const carriers = useCarriers();
  const filter = { q: search.q, carrier: search.carrier, closed: search.closed ? true : undefined };
  const list = useInfiniteQuery({ queryKey: ["waste", "vehicles", filter], initialPageParam: "", queryFn: ({ pageParam, signal }) => listVehicles({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      setDone(await importVehicles(file));
      void client.invalidateQueries({ queryKey: ["waste"] });
    } catch (error) {
      void message.error(asProblem(error).message);
    }
    if (input.current) input.current.value = "";
  };
  return (
    <>
      <search className="notice-bar" aria-label="筛选车辆">
        <Input.Search aria-label="查找车辆" allowClear placeholder="车牌或者企业" defaultValue={search.q ?? ""} onSearch={(q) => go({ q })} style={{ width: 200 }} />
        <Select aria-label="企业" allowClear showSearch={{ optionFilterProp: "label" }} placeholder="全部企业" value={search.carrier || null} onChange={(carrier: string | null) => go({ carrier: carrier ?? "" })} options={(carriers.data ?? []).map((it) => ({ value: it.id, label: it.name }))} style={{ width: 200 }} />
        <Checkbox checked={Boolean(search.closed)} onChange={(event) => go({ closed: event.target.checked ? "1" : "" })}>包括停用的</Checkbox>
        <Button href={registerFile("vehicles")}>导出</Button>
        {mayAny(session, ["waste.keep"]) && (
          <>
            <input ref={input} type="file" hidden style={{ display: "none" }} accept=".csv,.xlsx" aria-label="车辆文件" onChange={(event) => void take(event.target.files?.[0])} />
            <Button onClick={() => input.current?.click()} title="表头：车牌号、车牌颜色、企业统一社会信用代码、核定载质量（千克）、车厢容积（升）、车型">导入 CSV、XLSX</Button>
            <Button type="primary" onClick={() => setAdding(true)}>登记车辆</Button>
          </>
        )}
      </search>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <>
          <Table<WasteVehicle> rowKey="id" size="small" pagination={false} loading={list.isPending} scroll={{ x: "max-content" }} columns={columns} dataSource={rows} locale={{ emptyText: list.isPending ? <div className="table-waits" /> : <Empty title="没有这样的车辆">点“登记车辆”，或者导入 CSV、XLSX 文件。车牌和颜色与车载终端登记一致的，自动关联轨迹。</Empty> }} />
          {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
        </>
      )}
      {adding && <VehicleDialog of={null} close={() => setAdding(false)} />}
      <Modal open={done !== null} title="导入结果" footer={<Button type="primary" onClick={() => setDone(null)}>知道了</Button>} onCancel={() => setDone(null)}>
        {done && (
          <>
            <p>新登记 {done.added} 辆，修改 {done.changed} 辆，没有变化 {done.present} 辆。</p>
            {done.faults.length > 0 && <Alert type="warning" showIcon title={`${done.faults.length} 行没有导入，其他行已经导入：`} description={<ul>{done.faults.map((it) => <li key={it.row}>第 {it.row} 行 {it.plate}：{it.reason}</li>)}</ul>} />}
          </>
        )}
      </Modal>
    </>
  );
}

interface Typed { plate: string; colour: number; carrier: string; rated_kg: number; box_litres: number; model?: string; note?: string; closed?: boolean }

export function VehicleDialog({ of, close }: { of: WasteVehicle | null; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const carriers = useCarriers();
  return (
    <FormDialog<Typed>
      open title={of ? `修改${of.plate}` : "登记运输车辆"} close={close} initial={of ? { carrier: of.carrier, rated_kg: of.rated_kg, box_litres: of.box_litres, model: of.model ?? "", note: of.note ?? "", closed: of.closed } : { colour: 2 }}
      save={async ({ plate, colour, ...typed }) => {
        const facts = { carrier: typed.carrier, rated_kg: typed.rated_kg, box_litres: typed.box_litres, model: typed.model || null, note: typed.note || null, closed: Boolean(typed.closed) };
        if (of) await changeVehicle(of.id, { version: of.version, facts });
        else await addVehicle({ plate, colour, facts });
        void message.success("已保存");
        void client.invalidateQueries({ queryKey: ["waste"] });
        close();
      }}
    >
      {!of && (
        <div className="waste-pair">
          <Form.Item name="plate" label="车牌号" rules={[{ required: true, whitespace: true, message: "请填写车牌号" }]}><Input maxLength={12} /></Form.Item>
          <Form.Item name="colour" label="车牌颜色"><Select options={plateColours} /></Form.Item>
        </div>
      )}
      <Form.Item name="carrier" label="运输企业" rules={[{ required: true, message: "请选择企业" }]}><Select showSearch={{ optionFilterProp: "label" }} loading={carriers.isPending} options={(carriers.data ?? []).map((it) => ({ value: it.id, label: it.name }))} /></Form.Item>
      <div className="waste-pair">
        <Form.Item name="rated_kg" label="核定载质量（千克）" rules={[{ required: true, message: "请填写" }]}><InputNumber min={100} max={100000} precision={0} style={{ width: "100%" }} /></Form.Item>
        <Form.Item name="box_litres" label="车厢容积（升）" rules={[{ required: true, message: "请填写" }]}><InputNumber min={100} max={100000} precision={0} style={{ width: "100%" }} /></Form.Item>
      </div>
      <Form.Item name="model" label="车型（选填）"><Input maxLength={200} /></Form.Item>
      <Form.Item name="note" label="备注（选填）"><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
      {of && <Form.Item name="closed" valuePropName="checked"><Checkbox>停用</Checkbox></Form.Item>}
    </FormDialog>
  );
}
