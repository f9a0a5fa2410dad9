/** When notices are issued by themselves, and how long a unit has to reply (督办设置). */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import { readNoticeSettings, saveNoticeSettings } from "../../api/notices";
import type { NoticeSettings } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { usePeopleOfRole } from "../organisation/units";
import { fieldErrors, Failure, Loading } from "../shell/Page";

const numbers: [name: Exclude<keyof NoticeSettings, "charge_leader">, label: string, least: number][] = [
  ["prompt_after", "处置超期多少工作时后，自动签发提示单", 0],
  ["supervise_after", "提示单到期未回复多少工作时后，自动升级为督办单", 0],
  ["charge_after", "督办单、问责建议单到期多少工作时后，由包案领导包案", 0],
  ["reply_prompt", "提示单的回复期限（工作时）", 1],
  ["reply_supervise", "督办单的回复期限（工作时）", 1],
  ["reply_account", "问责建议单的回复期限（工作时）", 1],
];

export function NoticesTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const query = useQuery({ queryKey: ["notice-settings"], queryFn: ({ signal }) => readNoticeSettings(signal), refetchOnWindowFocus: false });
  const [form] = Form.useForm<NoticeSettings>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const { settings, version } = query.data;
  async function save(wanted: NoticeSettings) {
    setBusy(true);
    setProblem(null);
    try {
      client.setQueryData(["notice-settings"], await saveNoticeSettings(wanted, version));
      void client.invalidateQueries({ queryKey: ["settings-history"] });
      void message.success("已保存");
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed) as never);
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <div className="settings-bar"><p className="quiet">自动签发默认关闭。开启后，处置单位超期的线索按单位合成提示单，逾期不回复的升级为督办单；问责建议单只能由局领导签发。同一件线索的同一轮处置只自动签发一次。改动只影响之后签发的文书。</p></div>
      <section className="panel">
        <Form<NoticeSettings> key={version} form={form} layout="vertical" requiredMark={false} initialValues={settings} onFinish={(it) => void save({ ...it, charge_leader: it.charge_leader ?? null })} style={{ maxWidth: 520 }}>
          {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} {...(problem.stale ? { action: <Button size="small" onClick={() => { setProblem(null); void query.refetch(); }}>载入最新</Button> } : {})} />}
          <Form.Item name="automatic" label="自动签发" valuePropName="checked"><Switch /></Form.Item>
          {numbers.map(([name, label, least]) => <Form.Item key={name} name={name} label={label} rules={[{ required: true, type: "number", min: least, max: 400, message: `请填写 ${least} 至 400` }]}><InputNumber min={least} max={400} precision={0} style={{ width: 140 }} /></Form.Item>)}
          <Form.Item name="charge_leader" label="包案领导（选填）" extra="不选则不自动包案。"><LeaderChoice /></Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>保存</Button>
        </Form>
      </section>
    </>
  );
}

function LeaderChoice({ id, value, onChange }: { id?: string; value?: string | null; onChange?: (value: string | undefined) => void }) {
  const people = usePeopleOfRole("leader");
  return <Select {...(id ? { id } : {})} allowClear showSearch={{ optionFilterProp: "label" }} placeholder="不自动包案" loading={people.isLoading} value={value ?? null} onChange={(it: string | null | undefined) => onChange?.(it ?? undefined)} options={(people.data?.items ?? []).filter((it) => it.active).map((it) => ({ value: it.id, label: `${it.name} · ${it.organisation.name}` }))} />;
}
