/** The register of impact assessments (影响评估登记). */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Collapse, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import type { NewImpactAssessment } from "../../api/contract";
import { enterImpactAssessment, listImpactAssessments } from "../../api/privacy";
import { asProblem, type Problem } from "../../api/problem";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, fieldErrors, Loading } from "../shell/Page";

const occasions: Record<NewImpactAssessment["occasion"], string> = {
  sensitive: "处理敏感个人信息", automated: "利用个人信息进行自动化决策", shared: "委托处理、对外提供或者公开个人信息", abroad: "向境外提供个人信息", other: "其他对个人权益有重大影响的处理活动",
};
/** What art. 56 wants assessed. */
const outline = "一、处理目的、处理方式是否合法、正当、必要：\n二、对个人权益的影响及安全风险：\n三、保护措施是否合法、有效并与风险程度相适应：";

export function ImpactTab() {
  const may = mayAny(useSession(), ["privacy.configure"]);
  const [entering, setEntering] = useState(false);
  const query = useQuery({ queryKey: ["impact-assessments"], queryFn: ({ signal }) => listImpactAssessments(signal) });
  return (
    <>
      <div className="privacy-bar">
        <p className="quiet">事前评估并记录，至少保存三年（个人信息保护法第五十五条、第五十六条）。登记后不能修改，有变化另行登记。</p>
        <Button type="primary" disabled={!may} title={may ? undefined : "登记需要“发布告知书、登记影响评估”权限"} onClick={() => setEntering(true)}>登记</Button>
      </div>
      {query.isPending ? <Loading /> : query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : query.data.items.length === 0 ? <Empty title="还没有登记">处理敏感个人信息、自动化决策、对外提供或者公开之前，先评估并在这里登记。</Empty> : (
        <Collapse items={query.data.items.map((it) => ({ key: it.id, label: `${it.assessed_on} · ${it.title}`, children: <><p className="quiet">{it.occasion_label} · 审核：{it.reviewer}</p><p className="privacy-text">{it.text}</p></> }))} />
      )}
      {entering && <Enter close={() => setEntering(false)} />}
    </>
  );
}

function Enter({ close }: { close: () => void }) {
  const client = useQueryClient();
  const [form] = Form.useForm<NewImpactAssessment>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  async function enter(entry: NewImpactAssessment) {
    setBusy(true);
    setProblem(null);
    try {
      await enterImpactAssessment(entry);
      void client.invalidateQueries({ queryKey: ["impact-assessments"] });
      close();
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed) as never);
      setProblem(failed);
      setBusy(false);
    }
  }
  const filled = (message: string) => [{ required: true, message }];
  return (
    <Modal open title="登记影响评估" okText="登记" cancelText="取消" width={640} confirmLoading={busy} onOk={() => form.submit()} onCancel={close}>
      <Form<NewImpactAssessment> form={form} layout="vertical" requiredMark={false} initialValues={{ text: outline }} onFinish={(it) => void enter(it)}>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} />}
        <Form.Item name="title" label="处理活动" rules={filled("请填写处理活动")}><Input maxLength={100} /></Form.Item>
        <Form.Item name="occasion" label="评估情形" rules={filled("请选择评估情形")}><Select options={Object.entries(occasions).map(([value, label]) => ({ value, label }))} /></Form.Item>
        <Form.Item name="text" label="评估内容" rules={filled("请填写评估内容")}><Input.TextArea autoSize={{ minRows: 6, maxRows: 16 }} maxLength={20000} /></Form.Item>
        <Form.Item name="reviewer" label="审核岗位" rules={filled("请填写审核岗位")}><Input maxLength={60} placeholder="例如：个人信息保护负责人" /></Form.Item>
        <Form.Item name="assessed_on" label="评估日期" rules={filled("请选择评估日期")}><Input type="date" style={{ width: 180 }} /></Form.Item>
      </Form>
    </Modal>
  );
}
