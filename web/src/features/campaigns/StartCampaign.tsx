/** Begins a campaign (发起全域整治), from nothing or from the lead whose exposure it follows. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Alert, App, Button, DatePicker, Drawer, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { startCampaign } from "../../api/campaigns";
import { get } from "../../api/client";
import type { Items, Lead, Region } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { now } from "../../format/clock";
import { useClassOptions } from "../catalogue/classes";
import { cityDay } from "../indicators/periods";

interface Fields { name: string; class_code: string; look_for: string; area: string; due_on: Dayjs }

export function StartCampaign({ lead, close }: { lead?: Lead; close: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const classes = useClassOptions();
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 10 * 60_000 });
  const today = dayjs(cityDay(now()));
  const areas = (regions.data?.items ?? []).filter((it) => it.level !== "grid").map((it) => ({ value: it.code, label: it.name }));
  const submit = async (typed: Fields) => {
    setBusy(true);
    setFailure(null);
    try {
      const begun = await startCampaign({ ...typed, due_on: typed.due_on.format("YYYY-MM-DD"), ...(lead ? { lead: lead.id } : {}) });
      void client.invalidateQueries({ queryKey: ["campaigns"] });
      void message.success(`已发起，${begun.grids} 个网格已派到采集员手机`);
      close();
      void navigate({ to: "/campaigns/$id", params: { id: begun.id } });
    } catch (error) {
      setFailure(asProblem(error).message);
    } finally {
      setBusy(false);
    }
  };
  const required = (words: string) => [{ required: true, message: words }];
  return (
    <Drawer open onClose={close} title="发起全域整治" size={520} footer={<Button type="primary" loading={busy} onClick={() => form.submit()}>发起并派到每个网格</Button>}>
      {lead && <p>由 <span className="mono">{lead.number}</span> 的曝光发起：{lead.title}</p>}
      {failure && <Alert role="alert" type="error" showIcon title={failure} style={{ marginBottom: 16 }} />}
      <Form<Fields>
        form={form} layout="vertical" requiredMark={false} onFinish={(typed) => void submit(typed)}
        initialValues={{ due_on: today.add(7, "day"), ...(lead?.class ? { class_code: lead.class.code, name: `${lead.class.name}全域整治` } : {}) }}
      >
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, max: 60, message: "1 至 60 字" }]}><Input maxLength={60} /></Form.Item>
        <Form.Item name="class_code" label="类别（发现的问题按此成为线索）" rules={required("请选择类别")}><Select showSearch={{ optionFilterProp: "label" }} options={classes} /></Form.Item>
        <Form.Item name="look_for" label="排查什么" extra="采集员在手机上看到的就是这句话。" rules={[{ required: true, whitespace: true, max: 500, message: "1 至 500 字" }]}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} /></Form.Item>
        <Form.Item name="area" label="范围" extra="范围内每个单元网格都要排查一次。" rules={required("请选择范围")}><Select showSearch={{ optionFilterProp: "label" }} options={areas} loading={regions.isPending} /></Form.Item>
        <Form.Item name="due_on" label="完成日期" rules={required("请选择日期")}><DatePicker allowClear={false} minDate={today} maxDate={today.add(365, "day")} style={{ width: "100%" }} /></Form.Item>
      </Form>
    </Drawer>
  );
}
