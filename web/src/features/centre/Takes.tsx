/** Stock-takes of the archive and of equipment (盘点). */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { App, Button } from "antd";
import { listTakes, startTake } from "../../api/centre";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";

export function Takes() {
  const navigate = useNavigate();
  const session = useSession();
  const { message } = App.useApp();
  const list = useQuery({ queryKey: ["centre", "takes"], queryFn: ({ signal }) => listTakes(signal), refetchInterval: 30_000 });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const start = async (subject: "volumes" | "devices") => {
    try {
      const { id } = await startTake(subject);
      void navigate({ to: "/centre/stocktakes/$id", params: { id } });
    } catch (error) {
      void message.error(asProblem(error).message);
    }
  };
  return (
    <>
      {mayAny(session, ["centre.keep"]) && <div className="centre-bar"><Button type="primary" onClick={() => void start("volumes")}>盘点档案</Button><Button onClick={() => void start("devices")}>盘点装备</Button></div>}
      {list.data.items.length === 0 ? <Empty title="还没有盘点">点“盘点档案”或者“盘点装备”，用扫码枪或者摄像头逐件扫；差异由另一人处理。</Empty> : (
        <ul className="centre-list">{list.data.items.map((it) => <li key={it.id}><div><Link to="/centre/stocktakes/$id" params={{ id: it.id }}>{it.subject_label}盘点</Link><span className="state-tag">{it.state_label}</span><span>应有 {it.expected}，相符 {it.found}{it.state !== "open" && `，缺失 ${it.missing}`}，登记外 {it.unexpected}</span><span className="quiet">{it.started_by.name}，{dateTime(it.started_at)}</span></div></li>)}</ul>
      )}
    </>
  );
}
