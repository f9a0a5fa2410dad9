/** Papers (证照) of a place, carrier or vehicle, with what is over in front. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Popconfirm, Select } from "antd";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import { address } from "../../api/client";
import { addPaper, removePaper, type NewWastePaper, type WastePaper } from "../../api/waste";
import { Light } from "../../components/Light";
import { PhotoField } from "../property/PhotoField";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { choices, paperKinds } from "./words";

interface Typed { kind: NewWastePaper["kind"]; number?: string; valid_until?: string; photos?: string[] }

export function Papers({ papers, owner, kind }: { papers: WastePaper[]; owner: string; kind: NewWastePaper["owner_kind"] }) {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [adding, setAdding] = useState(false);
  const may = mayAny(session, ["waste.keep"]);
  const again = () => void client.invalidateQueries({ queryKey: ["waste"] });
  return (
    <section className="panel" aria-labelledby="papers"><h2 id="papers">证照</h2>
      {papers.length === 0 ? <p className="quiet">还没有登记证照。过期的证照会挡住核准。</p> : (
        <ul className="waste-history">
          {papers.map((it) => (
            <li key={it.id}>
              <b>{it.kind_label}</b> <span className="mono">{it.number}</span> {it.valid_until ? `有效至 ${it.valid_until}` : "长期有效"} {it.expired && <Light light="red" words="已经过期" />}{it.soon && <Light light="yellow" words="三十天内到期" />}
              {it.file && <> <a href={address(`/files/${it.file}`)} target="_blank" rel="noreferrer">照片</a></>}
              {may && <Popconfirm title="移除这份证照？" okText="移除" cancelText="取消" onConfirm={() => void removePaper(it.id).then(again, (error: unknown) => message.error(asProblem(error).message))}><Button type="link" size="small" aria-label={`移除${it.kind_label}`}>移除</Button></Popconfirm>}
            </li>
          ))}
        </ul>
      )}
      {may && <Button className="no-print" size="small" onClick={() => setAdding(true)} style={{ marginTop: 10 }}>登记证照</Button>}
      {adding && (
        <FormDialog<Typed>
          open title="登记证照" initial={{ kind: kind === "vehicle" ? "vehicle_licence" : kind === "carrier" ? "transport_licence" : "other" }} close={() => setAdding(false)}
          save={async (typed) => {
            await addPaper({ owner_kind: kind, owner, kind: typed.kind, number: typed.number || null, valid_until: typed.valid_until || null, file: typed.photos?.[0] ?? null });
            again();
            setAdding(false);
          }}
        >
          <Form.Item name="kind" label="证照"><Select options={choices(paperKinds)} /></Form.Item>
          <div className="waste-pair">
            <Form.Item name="number" label="证号（选填）"><Input maxLength={60} /></Form.Item>
            <Form.Item name="valid_until" label="有效期至（选填）"><Input type="date" /></Form.Item>
          </div>
          <Form.Item name="photos" label="照片（选填）"><PhotoField label="添加照片" most={1} /></Form.Item>
        </FormDialog>
      )}
    </section>
  );
}
