/** Applies for a permit, for a change of one, or completes an application that was given back. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input, InputNumber, Select } from "antd";
import { useMemo, useState } from "react";
import { asProblem, type Problem } from "../../api/problem";
import { actOnPermit, all, applyForPermit, listPlaces, listVehicles, readPermit, type Spot, type WastePermitContent, type WholeWastePermit } from "../../api/waste";
import { fieldErrors, Failure, Loading, Page } from "../shell/Page";
import { Sketch } from "./GroundMap";
import { useCarriers } from "./Vehicles";
import { choices, materials, shapesOf, spots } from "./words";
import "./waste.css";

interface Search { permit?: string; verb?: "change" | "resubmit" }
interface Typed extends Omit<WastePermitContent, "corridor"> { site: string; corridor: Spot[] }

export function ApplyPage() {
  const { permit, verb } = useSearch({ strict: false }) as Search;
  const query = useQuery({ queryKey: ["waste", "permit", permit], queryFn: ({ signal }) => readPermit(permit ?? "", signal), enabled: Boolean(permit) });
  if (permit && !query.data) return query.error ? <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div> : <Loading rows={8} />;
  return <ApplyForm whole={query.data ?? null} verb={verb === "change" ? "change" : "resubmit"} />;
}

function ApplyForm({ whole, verb }: { whole: WholeWastePermit | null; verb: "change" | "resubmit" }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const carriers = useCarriers();
  const carrier = Form.useWatch("carrier", form);
  const site = Form.useWatch("site", form);
  const disposals = Form.useWatch("disposals", form);
  const places = useQuery({ queryKey: ["waste", "all-places"], queryFn: ({ signal }) => all((cursor) => listPlaces({ cursor }, signal)), staleTime: 60_000 });
  const vehicles = useQuery({ queryKey: ["waste", "all-vehicles", carrier], queryFn: ({ signal }) => all((cursor) => listVehicles({ carrier, cursor }, signal)), enabled: Boolean(carrier) });
  const known = whole?.versions.find((it) => it.ordinal === (whole.pending ?? whole.current));
  const around = useMemo(() => (places.data ?? []).filter((it) => it.id === site || disposals?.includes(it.id)).flatMap(shapesOf), [places.data, site, disposals]);
  const options = (kinds: string[]) => (places.data ?? []).filter((it) => kinds.includes(it.kind)).map((it) => ({ value: it.id, label: it.kind === "site" ? it.name : `${it.name}（${it.kind_label}）` }));
  const initial: Partial<Typed> = whole && known
    ? { site: whole.site.id, carrier: known.carrier, disposals: known.disposals.map((it) => it.id), vehicles: known.vehicles.filter((it) => !it.closed).map((it) => it.id), material: known.material, corridor: spots(known.corridor), half_width_m: known.half_width_m, hours: known.hours, volume_m3: known.volume_m3, valid_from: known.valid_from, valid_until: known.valid_until, note: known.note ?? null }
    : { material: "soil", half_width_m: 50, hours: [{ from: "19:00", until: "05:00" }], corridor: [], disposals: [], vehicles: [] };
  async function submit({ site: from, ...content }: Typed) {
    setBusy(true);
    setProblem(null);
    try {
      const of = { ...content, note: content.note || null };
      const done = whole ? await actOnPermit(whole.permit.id, verb, whole.permit.version, { content: of }) : await applyForPermit({ site: from, content: of });
      client.setQueryData(["waste", "permit", done.permit.id], done);
      void client.invalidateQueries({ queryKey: ["waste", "permits"] });
      void message.success("已提交");
      void navigate({ to: "/waste/permits/$id", params: { id: done.permit.id } });
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed) as never);
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  }
  const title = whole ? (verb === "change" ? `变更 ${whole.permit.number ?? ""}` : `补正 ${whole.permit.application}`) : "申请处置核准";
  return (
    <Page title={title} intro="从工地到消纳场：谁运、哪些车、走哪条路、什么时段、多少量。提交以后一人审查，另一名负责人在二十个工作日内决定。">
      <Form<Typed> form={form} layout="vertical" requiredMark={false} className="panel" initialValues={initial} onFinish={(it) => void submit(it)} scrollToFirstError>
        <div className="waste-pair">
          <Form.Item name="site" label="工地" rules={[{ required: true, message: "请选择工地" }]}><Select disabled={whole !== null} showSearch={{ optionFilterProp: "label" }} loading={places.isPending} options={options(["site"])} /></Form.Item>
          <Form.Item name="disposals" label="处置去向" rules={[{ required: true, type: "array", min: 1, message: "请选择消纳场" }]}><Select mode="multiple" showSearch={{ optionFilterProp: "label" }} loading={places.isPending} options={options(["disposal", "recycling", "transfer"])} /></Form.Item>
          <Form.Item name="carrier" label="运输企业" rules={[{ required: true, message: "请选择运输企业" }]}><Select showSearch={{ optionFilterProp: "label" }} loading={carriers.isPending} options={(carriers.data ?? []).map((it) => ({ value: it.id, label: it.name }))} onChange={() => form.setFieldValue("vehicles", [])} /></Form.Item>
          <Form.Item name="vehicles" label="车辆" rules={[{ required: true, type: "array", min: 1, message: "请选择车辆" }]}><Select mode="multiple" showSearch={{ optionFilterProp: "label" }} disabled={!carrier} loading={Boolean(carrier) && vehicles.isPending} options={(vehicles.data ?? []).map((it) => ({ value: it.id, label: it.plate }))} /></Form.Item>
          <Form.Item name="material" label="种类"><Select options={choices(materials)} /></Form.Item>
          <Form.Item name="volume_m3" label="申请量（立方米）" rules={[{ required: true, message: "请填写" }]}><InputNumber min={1} max={100000000} precision={0} style={{ width: "100%" }} /></Form.Item>
          <Form.Item name="valid_from" label="有效期起" rules={[{ required: true, message: "请填写" }]}><Input type="date" /></Form.Item>
          <Form.Item name="valid_until" label="有效期止" rules={[{ required: true, message: "请填写" }]}><Input type="date" /></Form.Item>
          <Form.Item name="half_width_m" label="路线两侧允许偏离（米）" rules={[{ required: true, message: "请填写" }]}><InputNumber min={10} max={1000} precision={0} style={{ width: "100%" }} /></Form.Item>
        </div>
        <Form.Item label="运输时段" extra="过半夜的时段写起止时间即可，如 19:00 至 05:00，算在开始的那一天。">
          <Form.List name="hours">
            {(fields, { add, remove }) => (
              <>
                {fields.map((field) => (
                  <div key={field.key} className="waste-hours">
                    <Form.Item name={[field.name, "from"]} noStyle rules={[{ required: true, pattern: /^\d\d:\d\d$/, message: "起时" }]}><Input aria-label={`时段 ${field.name + 1} 起`} style={{ width: 90 }} maxLength={5} /></Form.Item>
                    至
                    <Form.Item name={[field.name, "until"]} noStyle rules={[{ required: true, pattern: /^\d\d:\d\d$/, message: "止时" }]}><Input aria-label={`时段 ${field.name + 1} 止`} style={{ width: 90 }} maxLength={5} /></Form.Item>
                    {fields.length > 1 && <Button size="small" onClick={() => remove(field.name)}>移除</Button>}
                  </div>
                ))}
                {fields.length < 6 && <Button size="small" onClick={() => add({ from: "", until: "" })}>添加时段</Button>}
              </>
            )}
          </Form.List>
        </Form.Item>
        <Form.Item name="corridor" label="运输路线" rules={[{ validator: (_, it: Spot[]) => (it?.length >= 2 ? Promise.resolve() : Promise.reject(new Error("请在地图上画出路线，至少两个点"))) }]}><Sketch of="line" around={around} label="画路线的地图" /></Form.Item>
        <Form.Item name="note" label="申请说明（选填）"><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 12 }} />}
        <Button type="primary" htmlType="submit" loading={busy}>提交申请</Button>
      </Form>
    </Page>
  );
}
