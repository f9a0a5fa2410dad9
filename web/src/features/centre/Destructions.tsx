/** Lists of what is destroyed (档案销毁): proposed, agreed to by another, carried out by two. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Select } from "antd";
import { useState } from "react";
import { listDestructions, stepDestruction } from "../../api/centre";
import { asProblem } from "../../api/problem";
import { listPeople } from "../../api/property";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";

export function Destructions() {
  const client = useQueryClient();
  const session = useSession();
  const { message } = App.useApp();
  const [carrying, setCarrying] = useState<string | null>(null);
  const list = useQuery({ queryKey: ["centre", "destructions"], queryFn: ({ signal }) => listDestructions(signal) });
  const people = useQuery({ queryKey: ["property-people"], enabled: carrying !== null, queryFn: ({ signal }) => listPeople(signal) });
  if (!list.data || list.data.items.length === 0) return null;
  const again = () => void client.invalidateQueries({ queryKey: ["centre"] });
  const press = (id: string, step: string, of: { note?: string } = {}) => stepDestruction(id, step, of).then(again, (error: unknown) => void message.error(asProblem(error).message));
  return (
    <section aria-labelledby="destructions"><h2 id="destructions">销毁清单</h2><ul className="centre-list">
      {list.data.items.map((it) => (
        <li key={it.id}>
          <div><b>{it.count} 份</b><span className="state-tag">{it.state_label}</span><span>{it.proposed_by.name} 于 {dateTime(it.proposed_at)} 提出</span>{it.decided_by && <span className="quiet">{it.decided_by.name} 审批</span>}{it.done_at && <span className="quiet">{it.done_by?.name}、{it.watched_by?.name} 于 {dateTime(it.done_at)} 销毁</span>}</div>
          <span>{it.reason}</span>
          <div className="no-print">
            {it.state === "proposed" && mayAny(session, ["centre.decide"]) && <><Button size="small" onClick={() => void press(it.id, "agree")}>同意</Button><Button size="small" onClick={() => void press(it.id, "refuse", { note: "不同意销毁" })}>不同意</Button></>}
            {it.state === "agreed" && mayAny(session, ["centre.keep"]) && <Button size="small" onClick={() => setCarrying(it.id)}>登记销毁</Button>}
          </div>
        </li>
      ))}
    </ul>
      {carrying && (
        <FormDialog<{ watched_by: string }> open title="登记销毁" okText="登记" initial={{}} close={() => setCarrying(null)} save={async (of) => { await stepDestruction(carrying, "carry-out", of); again(); setCarrying(null); }}>
          <Form.Item name="watched_by" label="另一名监销人" rules={[{ required: true, message: "请选择监销人" }]}><Select showSearch={{ optionFilterProp: "label" }} options={(people.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))} /></Form.Item>
        </FormDialog>
      )}
    </section>
  );
}
