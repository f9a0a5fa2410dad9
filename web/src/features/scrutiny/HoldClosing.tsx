/** Whether strong suspicions hold closing back (存疑暂缓结案): seen by all who see suspicions, set by who may. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Switch } from "antd";
import { asProblem } from "../../api/problem";
import { readScrutinySettings, saveScrutinySettings } from "../../api/scrutiny";
import { mayAny, useSession } from "../session/session";

export function HoldClosing() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const may = mayAny(useSession(), ["scrutiny.configure"]);
  const query = useQuery({ queryKey: ["scrutiny-settings"], queryFn: ({ signal }) => readScrutinySettings(signal) });
  const save = useMutation({
    mutationFn: (hold: boolean) => saveScrutinySettings(hold, query.data?.version ?? 0),
    onSuccess: (settings) => { client.setQueryData(["scrutiny-settings"], settings); void message.success(settings.hold_closing ? "已开启：有强疑点未判定的线索不能结案" : "已关闭：疑点不影响结案"); },
    onError: (error) => { void message.error(asProblem(error).message); void client.invalidateQueries({ queryKey: ["scrutiny-settings"] }); },
  });
  if (!query.data) return null;
  return (
    <label className="hold-closing" title="有强疑点未判定的线索，本轮处置不能结案">
      <span>存疑暂缓结案</span>
      {may ? <Switch size="small" aria-label="存疑暂缓结案" checked={query.data.hold_closing} loading={save.isPending} onChange={(hold) => save.mutate(hold)} /> : <b>{query.data.hold_closing ? "已开启" : "未开启"}</b>}
    </label>
  );
}
