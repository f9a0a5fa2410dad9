/** What can be done with an answer that is not given yet: write down that a person gave it, or send it again. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { giveAnswer, retryAnswer } from "../../api/answers";
import type { Answer } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { useSources } from "../sources/sources";
import { isOpenAnswer, maySendAgain } from "./answers";

export function AnswerActions({ of }: { of: Answer }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const allowed = mayAny(useSession(), ["lead.triage"]);
  const sources = useSources();
  const [giving, setGiving] = useState(false);
  const [busy, setBusy] = useState(false);
  const refresh = () => {
    for (const queryKey of [["answers"], ["history", of.lead_id], ["lead", of.lead_id]]) void client.invalidateQueries({ queryKey });
  };
  async function retry() {
    setBusy(true);
    try {
      await retryAnswer(of.id);
      void message.success("已排队，几秒内重新回传");
    } catch (error) {
      void message.error(asProblem(error).message);
    } finally {
      setBusy(false);
    }
    refresh();
  }
  if (!allowed || !isOpenAnswer(of)) return null;
  const hasAddress = sources.data?.items.some((it) => it.code === of.source && it.reply_url) ?? false;
  return (
    <div className="answer-actions">
      <Button size="small" onClick={() => setGiving(true)}>登记答复</Button>
      {maySendAgain(of, hasAddress) && <Button size="small" loading={busy} onClick={() => void retry()}>重新回传</Button>}
      <FormDialog<{ how: string }>
        open={giving} title="登记答复" okText="登记" initial={{ how: "" }} close={() => setGiving(false)}
        save={async ({ how }) => {
          await giveAnswer(of.id, how);
          setGiving(false);
          void message.success("已登记，并记入这件线索的账页");
          refresh();
        }}
      >
        <p className="answer-about"><b>{of.source_name}</b> <span className="mono">{of.source_key}</span><br />{of.words}</p>
        <Form.Item name="how" label="怎么答复的" extra="写明方式、时间和凭据，例如文号、对方系统里的办理记录；不要写姓名电话。登记后不能修改。" rules={[{ required: true, whitespace: true, message: "请写明怎么答复的" }]}>
          <Input.TextArea rows={4} maxLength={2000} placeholder="例如：11 月 22 日在对方平台回复办结，回执编号 …" />
        </Form.Item>
      </FormDialog>
    </div>
  );
}
