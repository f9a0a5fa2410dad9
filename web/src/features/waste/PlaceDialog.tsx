/** Enters or changes a place: its facts, its ring on the map, its gates. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { get } from "../../api/client";
import type { Items, Region } from "../../api/contract";
import { addPlace, changePlace, type Spot, type WastePlace, type WastePlaceFacts, type WastePlaceKind } from "../../api/waste";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { FormDialog } from "../shell/FormDialog";
import { Sketch } from "./GroundMap";
import { choices, placeKinds, spots, type Shape } from "./words";

interface Gate { name: string; at?: Spot[]; hardened?: boolean; wash_bay?: boolean }
interface Typed extends Omit<WastePlaceFacts, "area" | "gates" | "organisation"> { kind: WastePlaceKind; jurisdiction: string; area: Spot[]; gates?: Gate[]; organisation?: string | null }

export interface Company { id: string; name: string; kind: string }
export const useCompanies = () => useQuery({ queryKey: ["organisations"], queryFn: ({ signal }) => get<Items<Company>>("/organisations", undefined, signal), staleTime: 60_000, retry: false });
export function useAreas() {
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 600_000 });
  return { loading: regions.isPending, areas: (regions.data?.items ?? []).filter((it) => it.level === "county" || it.level === "township").map((it) => ({ value: it.code, label: it.name })) };
}

export function PlaceDialog({ of, close }: { of: WastePlace | null; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { areas, loading } = useAreas();
  const companies = useCompanies();
  const initial: Partial<Typed> = of
    ? { ...of, area: spots(of.area), gates: of.gates.map((gate) => ({ ...gate, at: spots([gate.at]) })) } as Partial<Typed>
    : { kind: "site", area: [], gates: [], valid_from: dateTime(new Date(now()).toISOString()).slice(0, 10), closed: false };
  const save = async ({ kind, jurisdiction, ...typed }: Typed) => {
    const known: WastePlaceFacts = {
      name: typed.name, address: typed.address || null, organisation: typed.organisation ?? null, builder: typed.builder || null, contractor: typed.contractor || null, area: typed.area,
      gates: (typed.gates ?? []).filter((gate) => gate.at?.[0]).map((gate) => ({ name: gate.name, at: gate.at?.[0] ?? [], hardened: Boolean(gate.hardened), wash_bay: Boolean(gate.wash_bay) })),
      capacity_m3: typed.capacity_m3 ?? null, daily_m3: typed.daily_m3 ?? null, reuse_percent: typed.reuse_percent ?? null, valid_from: typed.valid_from, valid_until: typed.valid_until || null, note: typed.note || null, closed: Boolean(typed.closed),
    };
    if (of) await changePlace(of.id, { version: of.version, jurisdiction, facts: known });
    else await addPlace({ kind, jurisdiction, facts: known });
    void message.success("已保存");
    void client.invalidateQueries({ queryKey: ["waste"] });
    close();
  };
  return (
    <FormDialog<Typed> open width={760} title={of ? `修改${of.name}` : "登记场所"} initial={initial} close={close} save={save}>
      <div className="waste-pair">
        {!of && <Form.Item name="kind" label="种类"><Select options={choices(placeKinds)} /></Form.Item>}
        <Form.Item name="jurisdiction" label="所在区域" rules={[{ required: true, message: "请选择区域" }]}><Select showSearch={{ optionFilterProp: "label" }} options={areas} loading={loading} /></Form.Item>
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={200} /></Form.Item>
        <Form.Item name="address" label="地址（选填）"><Input maxLength={200} /></Form.Item>
        <Form.Item name="builder" label="建设单位（选填）"><Input maxLength={200} /></Form.Item>
        <Form.Item name="contractor" label="施工或者运营单位（选填）"><Input maxLength={200} /></Form.Item>
        <Form.Item name="valid_from" label="起始日期" rules={[{ required: true, message: "请填写" }]}><Input type="date" /></Form.Item>
        <Form.Item name="valid_until" label="截止日期（选填）"><Input type="date" /></Form.Item>
        <Form.Item name="organisation" label="企业账号所在单位（选填）" extra="该单位的企业用户能看到它的核准。"><Select allowClear showSearch={{ optionFilterProp: "label" }} options={(companies.data?.items ?? []).filter((it) => it.kind === "company").map((it) => ({ value: it.id, label: it.name }))} /></Form.Item>
      </div>
      <Form.Item name="area" label="范围" rules={[{ validator: (_, it: Spot[]) => (it?.length >= 3 ? Promise.resolve() : Promise.reject(new Error("请在地图上画出范围，至少三个点"))) }]}><Sketch of="ring" around={[]} label="画范围的地图" /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Typed, after: Typed) => before.kind !== after.kind || before.area !== after.area}>
        {({ getFieldValue }) => {
          const kind = (of?.kind ?? getFieldValue("kind")) as WastePlaceKind;
          const around: Shape[] = [{ id: "area", kind: kind ?? "site", name: "", ring: (getFieldValue("area") as Spot[]) ?? [] }];
          return (
            <>
              {kind !== "site" && kind !== "black_spot" && (
                <div className="waste-pair">
                  <Form.Item name="capacity_m3" label="总容量（立方米，选填）"><InputNumber min={1} precision={0} style={{ width: "100%" }} /></Form.Item>
                  <Form.Item name="daily_m3" label="日处理（立方米，选填）"><InputNumber min={1} precision={0} style={{ width: "100%" }} /></Form.Item>
                  {kind === "recycling" && <Form.Item name="reuse_percent" label="综合利用率（%，选填）"><InputNumber min={0} max={100} precision={0} style={{ width: "100%" }} /></Form.Item>}
                </div>
              )}
              {kind !== "black_spot" && (
                <Form.List name="gates">
                  {(fields, { add, remove }) => (
                    <fieldset style={{ border: 0, padding: 0, margin: "0 0 12px" }}>
                      <legend>出入口</legend>
                      {fields.map((field) => (
                        <div key={field.key} className="panel" style={{ padding: 12, marginBottom: 10 }}>
                          <div className="waste-bar">
                            <Form.Item name={[field.name, "name"]} noStyle rules={[{ required: true, message: "请填写出入口名称" }]}><Input aria-label={`出入口 ${field.name + 1} 名称`} placeholder="名称，如东门" maxLength={40} style={{ width: 160 }} /></Form.Item>
                            <Form.Item name={[field.name, "hardened"]} noStyle valuePropName="checked"><Checkbox>出口已硬化</Checkbox></Form.Item>
                            <Form.Item name={[field.name, "wash_bay"]} noStyle valuePropName="checked"><Checkbox>有洗车台</Checkbox></Form.Item>
                            <Button size="small" onClick={() => remove(field.name)}>移除</Button>
                          </div>
                          <Form.Item name={[field.name, "at"]} noStyle><Sketch of="point" around={around} label={`出入口 ${field.name + 1} 的位置`} /></Form.Item>
                        </div>
                      ))}
                      <Button onClick={() => add({ name: "", hardened: true, wash_bay: true })}>添加出入口</Button>
                    </fieldset>
                  )}
                </Form.List>
              )}
            </>
          );
        }}
      </Form.Item>
      <Form.Item name="note" label="备注（选填）"><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
      {of && <Form.Item name="closed" valuePropName="checked"><Checkbox>停用</Checkbox></Form.Item>}
    </FormDialog>
  );
}
