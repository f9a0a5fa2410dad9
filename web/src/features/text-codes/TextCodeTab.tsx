/** When a public report needs a code by text message (短信验证设置). */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, InputNumber, Radio, Tag } from "antd";
import { useState } from "react";
import type { TextCodeMode, TextCodeSettings } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { readTextCodeSettings, saveTextCodeSettings } from "../../api/textCodes";
import { Failure, Loading } from "../shell/Page";
import "../reply-checks/reply-checks.css";

const modes: { value: TextCodeMode; label: string }[] = [
  { value: "off", label: "不验证" },
  { value: "with-telephone", label: "上报人留电话时" },
  { value: "odd", label: "留电话时，以及有上报提醒时（照片用过、疑似截屏、短时集中）" },
];

export function TextCodeTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const query = useQuery({ queryKey: ["text-code-settings"], queryFn: ({ signal }) => readTextCodeSettings(signal), refetchOnWindowFocus: false });
  const [changed, setChanged] = useState<TextCodeSettings | null>(null);
  const save = useMutation({
    mutationFn: saveTextCodeSettings,
    onSuccess: (saved) => { setChanged(null); client.setQueryData(["text-code-settings"], saved); void client.invalidateQueries({ queryKey: ["settings-history"] }); void message.success("已保存"); },
    onError: (error) => void message.error(asProblem(error).message),
  });
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const settings = changed ?? query.data;
  const none = !settings.provider;
  return (
    <>
      <div className="settings-bar"><p className="quiet">市民上报时用短信验证码确认电话是本人的。没有验证码的不会被当成假的，只是电话未经确认；数据库中断期间收下的上报不验证。</p></div>
      <section className="panel reply-settings">
        <h2>短信服务商</h2>
        <p>{none ? "还没有接，不能开启。请系统管理员在服务器上设置 BIHUAN_SMS_PROVIDER（见运维手册）。" : <>{settings.provider} {settings.simulated && <Tag color="default">模拟</Tag>}</>}</p>
        <h2 id="text-code-mode">需要验证码</h2>
        <Radio.Group aria-labelledby="text-code-mode" value={settings.mode} onChange={(event) => setChanged({ ...settings, mode: event.target.value as TextCodeMode })} options={modes.map((it) => ({ ...it, disabled: none && it.value !== "off" }))} />
        <h2 id="text-code-most">每天最多发送</h2>
        <InputNumber aria-labelledby="text-code-most" min={1} max={100_000} precision={0} value={settings.daily_most} onChange={(value) => { if (value !== null) setChanged({ ...settings, daily_most: value }); }} /> 条
        <p className="quiet">超过后当天不再发送，上报人可以不留电话匿名上报。同一号码每分钟一条、每小时 5 条、每天 10 条。</p>
        <div className="reply-save">
          <Button type="primary" disabled={changed === null} loading={save.isPending} onClick={() => save.mutate({ mode: settings.mode, daily_most: settings.daily_most })}>保存</Button>
          {changed !== null && <Button onClick={() => setChanged(null)}>放弃修改</Button>}
        </div>
      </section>
    </>
  );
}
