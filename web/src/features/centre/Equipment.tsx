/** Equipment (装备): issued and returned by its label, broken, looked after. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Form, Input, InputNumber, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { get } from "../../api/client";
import { enterDevice, listDevices, readDevice, stepDevice, type CentreDevice, type NewCentreDevice } from "../../api/centre";
import type { Items, Region } from "../../api/contract";
import { listPeople } from "../../api/property";
import { Light } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { Scanner } from "../property/Scanner";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import type { CentreSearch, Go } from "./CentrePage";
import { Labels } from "./Labels";
import { choices, deviceKinds, deviceStates } from "./words";

const steps: Record<string, { step: string; label: string; note?: string }[]> = {
  in: [{ step: "issue", label: "领用" }, { step: "maintain", label: "维护" }, { step: "fault", label: "报修", note: "故障情况" }, { step: "gone", label: "报废", note: "报废原因" }],
  out: [{ step: "return", label: "归还" }],
  fault: [{ step: "mend", label: "修复" }, { step: "maintain", label: "维护" }, { step: "gone", label: "报废", note: "报废原因" }],
  gone: [],
};

export function Equipment({ search, go }: { search: CentreSearch; go: Go }) {
  const client = useQueryClient();
  const session = useSession();
  const { message } = App.useApp();
  const [entering, setEntering] = useState(false);
  const [scanning, setScanning] = useState(false);
  const [of, setOf] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [printing, setPrinting] = useState(false);
  const filter = { q: search.q ?? "", state: search.state ?? "" };
  const list = useInfiniteQuery({ queryKey: ["centre", "devices", filter], initialPageParam: "", queryFn: ({ pageParam, signal }) => listDevices({ ...filter, ...(pageParam ? { cursor: pageParam } : {}) }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const regions = useQuery({ queryKey: ["regions"], enabled: entering, queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 600_000 });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: TableColumnsType<CentreDevice> = [
    { title: "装备", key: "name", render: (_, it) => <div className="cell-lead"><Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOf(it.id)}>{it.name}</Button><span><span className="mono">{it.code}</span>{it.simulated && <SimulatedTag />}</span></div> },
    { title: "种类", key: "kind", render: (_, it) => it.kind_label },
    { title: "设备编号", key: "serial", render: (_, it) => it.serial ?? "—" },
    { title: "状态", key: "state", render: (_, it) => <><span className="state-tag">{it.state_label}</span>{it.holder && ` ${it.holder.name}，${dateTime(it.issued_at)}`}</> },
    { title: "维护", key: "maintain", render: (_, it) => (it.maintain_by ? <Light light={it.light as never} words={it.maintain_by} /> : "—") },
  ];
  const scanned = async (code: string) => {
    const { items } = await listDevices({ q: code });
    if (items[0]) setOf(items[0].id);
    else void message.error("没有登记这件装备");
  };
  return (
    <>
      <search className="centre-bar" aria-label="筛选装备">
        <Input.Search aria-label="查找装备" allowClear placeholder="名称、编码或设备编号" defaultValue={filter.q} onSearch={(q) => go({ q })} style={{ width: 220 }} />
        <Select aria-label="装备状态" allowClear placeholder="全部状态" value={filter.state || null} onChange={(it: string | null) => go({ state: it ?? "" })} options={choices(deviceStates)} style={{ width: 120 }} />
        {mayAny(session, ["centre.keep"]) && <><Button onClick={() => setScanning(!scanning)}>扫码领用归还</Button><Button type="primary" onClick={() => setEntering(true)}>登记装备</Button></>}
        {chosen.length > 0 && <Button onClick={() => setPrinting(true)}>打印 {chosen.length} 枚标签</Button>}
      </search>
      {scanning && <Scanner onCode={(code) => void scanned(code)} />}
      <Table<CentreDevice> rowKey="id" size="small" pagination={false} loading={list.isPending} scroll={{ x: "max-content" }} columns={columns} dataSource={rows}
        locale={{ emptyText: list.isPending ? <div className="table-waits" /> : <Empty title="没有装备">登记执法记录仪、对讲机等，打印标签贴上，领用归还扫码办理。</Empty> }}
        rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.slice(0, 200) as string[]), getCheckboxProps: (it) => ({ "aria-label": `选择 ${it.code}` }) as never, columnTitle: <span className="visually-hidden">选择</span> }} />
      {list.hasNextPage && <div className="more"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
      {printing && <Labels of={rows.filter((it) => chosen.includes(it.id)).map((it) => ({ code: it.code, title: it.name, words: [it.kind_label, it.serial].filter(Boolean).join(" "), simulated: it.simulated }))} close={() => setPrinting(false)} />}
      {of && <DeviceDrawer id={of} close={() => setOf(null)} />}
      {entering && (
        <FormDialog<NewCentreDevice> open title="登记装备" okText="登记" initial={{ kind: "body_camera" }} close={() => setEntering(false)} save={async ({ serial, maintain_days, ...it }) => {
          const entered = await enterDevice({ ...it, ...(serial?.trim() ? { serial } : {}), ...(maintain_days ? { maintain_days } : {}) });
          void message.success(`已登记，编码 ${entered.code}`);
          void client.invalidateQueries({ queryKey: ["centre"] });
          setEntering(false);
        }}>
          <Form.Item name="kind" label="种类"><Select options={choices(deviceKinds)} /></Form.Item>
          <Form.Item name="name" label="名称型号" rules={[{ required: true, whitespace: true, message: "请填写名称型号" }]}><Input maxLength={200} /></Form.Item>
          <Form.Item name="jurisdiction" label="使用的区域" rules={[{ required: true, message: "请选择区域" }]}><Select showSearch={{ optionFilterProp: "label" }} loading={regions.isPending} options={(regions.data?.items ?? []).filter((it) => it.level !== "grid").map((it) => ({ value: it.code, label: it.name }))} /></Form.Item>
          <Form.Item name="serial" label="设备编号（选填）" extra="记录仪写进录像里的编号，采集时按它对应到领用人。"><Input maxLength={60} /></Form.Item>
          <Form.Item name="maintain_days" label="每隔多少天维护（选填）"><InputNumber min={1} max={3650} precision={0} /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}

function DeviceDrawer({ id, close }: { id: string; close: () => void }) {
  const client = useQueryClient();
  const session = useSession();
  const [asking, setAsking] = useState<{ step: string; label: string; note?: string } | null>(null);
  const query = useQuery({ queryKey: ["centre", "device", id], queryFn: ({ signal }) => readDevice(id, signal) });
  const people = useQuery({ queryKey: ["property-people"], enabled: asking?.step === "issue", queryFn: ({ signal }) => listPeople(signal) });
  const whole = query.data;
  return (
    <Drawer open title={whole ? `${whole.device.name} ${whole.device.code}` : "装备"} onClose={close} size="large">
      {query.error ? <Failure error={query.error} /> : !whole ? <Loading /> : (
        <>
          <p><span className="state-tag">{whole.device.state_label}</span> {whole.device.holder && `${whole.device.holder.name} 领用，${dateTime(whole.device.issued_at)} 起`}</p>
          {mayAny(session, ["centre.keep"]) && <div className="centre-steps" role="group" aria-label="装备办理">{(steps[whole.device.state] ?? []).map((it) => <Button key={it.step} onClick={() => setAsking(it)}>{it.label}</Button>)}</div>}
          <ul className="centre-list">{whole.lines.map((it) => <li key={it.at + it.kind}><div><b>{it.label}</b><span>{dateTime(it.at)}</span>{it.person && <span>{it.person.name}</span>}<span className="quiet">{it.noted_by.name} 登记</span></div>{it.note && <span>{it.note}</span>}</li>)}{whole.lines.length === 0 && <li>还没有领用过。</li>}</ul>
        </>
      )}
      {asking && whole && (
        <FormDialog<{ person?: string; note?: string }> open title={`${asking.label}：${whole.device.name}`} okText={asking.label} initial={{}} close={() => setAsking(null)} save={async ({ person, note }) => {
          client.setQueryData(["centre", "device", id], await stepDevice(id, asking.step, { seen: whole.device.moves, ...(person ? { person } : {}), ...(note?.trim() ? { note } : {}) }));
          void client.invalidateQueries({ queryKey: ["centre"] });
          setAsking(null);
        }}>
          {asking.step === "issue" && <Form.Item name="person" label="领用人（由另一人发放）" rules={[{ required: true, message: "请选择领用人" }]}><Select showSearch={{ optionFilterProp: "label" }} options={(people.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))} /></Form.Item>}
          <Form.Item name="note" label={asking.note ?? "说明（选填）"} rules={asking.note ? [{ required: true, whitespace: true, message: "请填写" }] : []}><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
        </FormDialog>
      )}
    </Drawer>
  );
}
