/** What is done about replies that do not answer (答复核验设置). */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Radio } from "antd";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import { readReplyCheckSettings, saveReplyCheckSettings } from "../../api/replyChecks";
import type { ReplyCheckSettings } from "../../api/contract";
import { Failure, Loading } from "../shell/Page";
import { findingWords, modeWords } from "./checks";
import "./reply-checks.css";

export function ReplyCheckTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const query = useQuery({ queryKey: ["reply-check-settings"], queryFn: ({ signal }) => readReplyCheckSettings(signal), refetchOnWindowFocus: false });
  const [changed, setChanged] = useState<ReplyCheckSettings | null>(null);
  const save = useMutation({
    mutationFn: saveReplyCheckSettings,
    onSuccess: (saved) => { setChanged(null); client.setQueryData(["reply-check-settings"], saved); void client.invalidateQueries({ queryKey: ["settings-history"] }); void message.success("已保存"); },
    onError: (error) => void message.error(asProblem(error).message),
  });
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const settings = changed ?? query.data;
  const nothing = settings.mode === "hold" && settings.holding.length === 0;
  return (
    <>
      <div className="settings-bar"><p className="quiet">单位反馈和线索办结时，看答复是不是答了所反映的事。暂缓发出的不给来源、不给上报人看，列在“答复 · 答复核验”等人放行或改写；线索的状态、时限和灯不受影响。</p></div>
      <section className="panel reply-settings">
        <h2 id="reply-mode">发现问题时</h2>
        <Radio.Group aria-labelledby="reply-mode" value={settings.mode} onChange={(event) => setChanged({ ...settings, mode: event.target.value as ReplyCheckSettings["mode"] })} options={Object.entries(modeWords).map(([value, label]) => ({ value, label }))} />
        <h2 id="reply-holding">暂缓发出的情形</h2>
        <Checkbox.Group aria-labelledby="reply-holding" className="reply-holding" disabled={settings.mode !== "hold"} value={settings.holding} onChange={(holding) => setChanged({ ...settings, holding: holding as string[] })}>
          {Object.entries(findingWords).map(([code, [label, words]]) => <Checkbox key={code} value={code}><b>{label}</b><span className="quiet">{words}</span></Checkbox>)}
        </Checkbox.Group>
        {nothing && <p role="alert" className="quiet">请至少选一种情形。</p>}
        <div className="reply-save">
          <Button type="primary" disabled={changed === null || nothing} loading={save.isPending} onClick={() => save.mutate(settings)}>保存</Button>
          {changed !== null && <Button onClick={() => setChanged(null)}>放弃修改</Button>}
        </div>
      </section>
    </>
  );
}
