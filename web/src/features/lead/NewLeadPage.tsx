/** The operator's own entry (坐席录入): what a caller says, typed while they speak. Kept in the browser until it is sent. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input, Radio, Select } from "antd";
import { useEffect, useMemo, useState } from "react";
import { get } from "../../api/client";
import { createLead } from "../../api/leads";
import type { LonLat, Place } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { CityMap } from "../../map/CityMap";
import { useClassOptions } from "../catalogue/classes";
import { fieldErrors, Page } from "../shell/Page";
import { PhotoInput } from "./PhotoInput";
import "./lead.css";

interface Fields { source?: "operator" | "petition"; description: string; address?: string; class_code?: string; name?: string; telephone?: string; photos?: string[] }
const draftKey = "bihuan.desk.new-lead";

interface Draft { fields: Partial<Fields>; position: LonLat | null; key: string }
function readDraft(): Draft {
  try {
    const found = JSON.parse(sessionStorage.getItem(draftKey) ?? "null") as Draft | null;
    if (found?.key) return found;
  } catch { /* a broken draft is no draft */ }
  return { fields: {}, position: null, key: crypto.randomUUID() };
}

export function NewLeadPage() {
  const [form] = Form.useForm<Fields>();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [draft] = useState(readDraft);
  const [position, setPosition] = useState<LonLat | null>(draft.position);
  const [key, setKey] = useState(draft.key);
  const options = useClassOptions();
  const place = useQuery({ queryKey: ["place", position?.lon, position?.lat], enabled: position !== null, staleTime: Infinity, queryFn: ({ signal }) => get<Place>("/places", { x: position?.lon, y: position?.lat, system: "wgs84" }, signal) });
  const keep = () => sessionStorage.setItem(draftKey, JSON.stringify({ fields: form.getFieldsValue(), position, key } satisfies Draft));
  // The marker alone is worth keeping too.
  useEffect(keep);

  const send = useMutation({
    mutationFn: (fields: Fields) => createLead({
      source: fields.source ?? "operator", description: fields.description, photos: fields.photos ?? [], client_key: key,
      ...(position ? { position: { x: position.lon, y: position.lat, system: "wgs84" as const } } : {}),
      ...(fields.address ? { address: fields.address } : {}), ...(fields.class_code ? { class_code: fields.class_code } : {}),
      ...(fields.name || fields.telephone ? { reporter: { ...(fields.name ? { name: fields.name } : {}), ...(fields.telephone ? { telephone: fields.telephone } : {}) } } : {}),
    }),
    onSuccess: (lead) => {
      sessionStorage.removeItem(draftKey);
      setKey(crypto.randomUUID());
      form.resetFields();
      setPosition(null);
      void message.success(<span>已登记 {lead.number} <Button type="link" size="small" onClick={() => void navigate({ to: "/leads/$id", params: { id: lead.id } })}>打开</Button></span>, 6);
      form.getFieldInstance("description")?.focus?.();
    },
    onError: (error) => form.setFields(fieldErrors(asProblem(error)) as never),
  });
  const noPoints = useMemo(() => [], []);

  return (
    <Page title="坐席录入" intro="接听时录入，提交后进入待受理队列。刷新页面不会丢失已填内容。" wide>
      <div className="lead-grid" style={{ padding: 0 }}>
        <section className="panel">
          <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={draft.fields} onValuesChange={keep} onFinish={(fields) => send.mutate(fields)}>
            <Form.Item name="source" label="来源" initialValue="operator"><Radio.Group options={[{ value: "operator", label: "来电、坐席录入" }, { value: "petition", label: "来访（信访接访）" }]} /></Form.Item>
            <Form.Item name="description" label="反映内容" rules={[{ required: true, whitespace: true, message: "请写明问题" }]}><Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={4000} autoFocus showCount /></Form.Item>
            <Form.Item name="address" label="地址" extra={position ? place.data ? `已定位：${[place.data.township?.name, place.data.community?.name, place.data.grid?.name].filter(Boolean).join(" / ") || "不在辖区内"}` : "正在定位…" : "可在右侧地图上点击标注。"}><Input maxLength={200} /></Form.Item>
            <Form.Item name="class_code" label="类别（选填，系统会给出建议）"><Select allowClear showSearch={{ optionFilterProp: "label" }} options={options} placeholder="输入名称或代码" /></Form.Item>
            <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr", gap: 16 }}>
              <Form.Item name="name" label="报料人姓名（选填）"><Input maxLength={40} autoComplete="off" /></Form.Item>
              <Form.Item name="telephone" label="电话（选填）" rules={[{ pattern: /^[0-9+\- ]{5,20}$/, message: "电话号码不正确" }]}><Input maxLength={20} inputMode="tel" autoComplete="off" /></Form.Item>
            </div>
            <Form.Item name="photos" label="照片（选填）"><PhotoInput label="照片" /></Form.Item>
            {send.error && <Alert role="alert" type="error" showIcon title={asProblem(send.error).message} style={{ marginBottom: 16 }} />}
            <Button type="primary" htmlType="submit" loading={send.isPending}>登记</Button>
          </Form>
        </section>
        <section className="panel" style={{ padding: 0, overflow: "hidden", minHeight: 420 }} aria-label="标注位置">
          <CityMap label="点击地图标注问题位置" points={noPoints} picked={position} onPick={setPosition} grids />
        </section>
      </div>
    </Page>
  );
}
