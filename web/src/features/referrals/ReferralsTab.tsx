/** How long each step of a referral may take (移交时限). */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, InputNumber } from "antd";
import { useState } from "react";
import { readReferralSettings, saveReferralSettings } from "../../api/referrals";
import type { CaseReferralSettings } from "../../api/referral-types";
import { asProblem, type Problem } from "../../api/problem";
import { fieldErrors, Failure, Loading } from "../shell/Page";

const numbers: [name: keyof CaseReferralSettings, label: string][] = [
  ["receipt", "案件管理中心受理"], ["split", "受理后分流"], ["register", "办案单位登记案件"], ["answer", "其他部门办理回复"], ["feedback", "监管部门反馈结果"], ["assist", "协助请求答复"],
];

export function ReferralsTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const query = useQuery({ queryKey: ["referral-settings"], queryFn: ({ signal }) => readReferralSettings(signal), refetchOnWindowFocus: false });
  const [form] = Form.useForm<CaseReferralSettings>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const { settings, version } = query.data;
  async function save(wanted: CaseReferralSettings) {
    setBusy(true);
    setProblem(null);
    try {
      client.setQueryData(["referral-settings"], await saveReferralSettings(wanted, version));
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
      <div className="settings-bar"><p className="quiet">各环节最多几个工作日。{version === 0 && "现在是随程序提供的暂定值，没有法规依据，请按本地规定确认。"}改动只影响之后开始计的时限；分流给其他部门和请求协助时可以另定。</p></div>
      <section className="panel">
        <Form<CaseReferralSettings> key={version} form={form} layout="vertical" requiredMark={false} initialValues={settings} onFinish={(it) => void save(it)} style={{ maxWidth: 420 }}>
          {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} {...(problem.stale ? { action: <Button size="small" onClick={() => { setProblem(null); void query.refetch(); }}>载入最新</Button> } : {})} />}
          {numbers.map(([name, label]) => <Form.Item key={name} name={name} label={`${label}（工作日）`} rules={[{ required: true, type: "number", min: 1, max: 60, message: "请填写 1 至 60" }]}><InputNumber min={1} max={60} precision={0} style={{ width: 140 }} /></Form.Item>)}
          <Button type="primary" htmlType="submit" loading={busy}>保存</Button>
        </Form>
      </section>
    </>
  );
}
