/** Entering a request for somebody at the counter (窗口登记). */
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Form, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { enterPrivacyRequest } from "../../api/privacy";
import type { NewPrivacyRequest } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { fieldErrors } from "../shell/Page";
import { kinds } from "./RequestsTab";

interface Values { kind: NewPrivacyRequest["kind"]; telephone?: string; numbers?: string; identified: string; name?: string; new_telephone?: string; note?: string }

export function EnterRequest({ close }: { close: (id?: string) => void }) {
  const client = useQueryClient();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch("kind", form);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  async function enter({ numbers, ...values }: Values) {
    setBusy(true);
    setProblem(null);
    try {
      const made = await enterPrivacyRequest({ ...values, note: values.note ?? "", numbers: (numbers ?? "").split(/[\s,，、]+/).filter(Boolean) });
      void client.invalidateQueries({ queryKey: ["privacy-requests"] });
      close(made.id);
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed) as never);
      setProblem(failed);
      setBusy(false);
    }
  }
  return (
    <Modal open title="登记权利请求" okText="登记" cancelText="取消" confirmLoading={busy} onOk={() => form.submit()} onCancel={() => close()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={{ kind: "copy" }} onFinish={(it) => void enter(it)}>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} />}
        <Form.Item name="kind" label="请求"><Radio.Group options={Object.entries(kinds).map(([value, label]) => ({ value, label }))} /></Form.Item>
        <Form.Item name="telephone" label="本人上报时留下的电话" extra="留有这个电话的上报全部包括在内；电话只用来查找，不随请求保存。"><Input inputMode="tel" maxLength={30} autoComplete="off" /></Form.Item>
        <Form.Item name="numbers" label="上报编号（没有留电话时）" extra="多个编号用空格分开。"><Input maxLength={2000} autoComplete="off" /></Form.Item>
        <Form.Item name="identified" label="怎样核实是本人" rules={[{ required: true, message: "请写明核验方式" }]} extra="例如：当面核对居民身份证。不要填写证件号码。"><Input maxLength={200} autoComplete="off" /></Form.Item>
        {kind === "correct" && <>
          <Form.Item name="name" label="更正后的姓名"><Input maxLength={40} autoComplete="off" /></Form.Item>
          <Form.Item name="new_telephone" label="更正后的电话"><Input inputMode="tel" maxLength={30} autoComplete="off" /></Form.Item>
        </>}
        <Form.Item name="note" label="说明"><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      </Form>
    </Modal>
  );
}
