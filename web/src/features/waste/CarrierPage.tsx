/** One carrier (一企一档): papers, drivers, permits; its vehicles are the list of vehicles. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { addDriver, changeDriver, listReveals, readCarrier, revealDriver, type WasteDriver } from "../../api/waste";
import { Light } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading, Page } from "../shell/Page";
import { CarrierDialog } from "./Carriers";
import { Papers } from "./Papers";
import { PermitTable } from "./Permits";
import "../search/search.css";
import "../notices/notices.css";
import "./waste.css";

interface Typed { name?: string; telephone?: string; id_number?: string; licence_class: string; licence_until: string; qualified_until?: string; closed?: boolean }

/** Who looked at a driver's data before. */
function Looks({ driver }: { driver: string }) {
  const query = useQuery({ queryKey: ["waste", "reveals", driver], queryFn: ({ signal }) => listReveals(driver, signal) });
  if (!query.data) return null;
  if (query.data.items.length === 0) return <p className="quiet">还没有人查看过。</p>;
  return <ul className="waste-history" aria-label="查看记录">{query.data.items.map((it) => <li key={`${it.at}${it.person.id}`}>{it.person.name} {dateTime(it.at)} 查看：{it.reason}</li>)}</ul>;
}

export function CarrierPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<"change" | "driver" | WasteDriver | null>(null);
  const [revealing, setRevealing] = useState<WasteDriver | null>(null);
  const query = useQuery({ queryKey: ["waste", "carrier", id], queryFn: ({ signal }) => readCarrier(id, signal) });
  const whole = query.data;
  if (!whole) return query.error ? <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div> : <Loading rows={8} />;
  const of = whole.carrier;
  const keeps = mayAny(session, ["waste.keep"]);
  const again = () => { void client.invalidateQueries({ queryKey: ["waste"] }); setAsking(null); };
  const driver = typeof asking === "object" ? asking : null;
  return (
    <Page title={of.name} wide intro={<><span className="mono">{of.credit_code}</span>{of.closed && "，已停用"} {of.simulated && <SimulatedTag />}</>} extra={<>{keeps && <Button onClick={() => setAsking("change")}>修改</Button>} <Link to="/waste" search={{ tab: "vehicles", carrier: of.id } as never}>车辆 {of.vehicles}</Link></>}>
      {(of.address || of.note) && <section className="panel"><p style={{ margin: 0 }}>{[of.address, of.note].filter(Boolean).join("；")}</p></section>}
      <Papers papers={whole.papers} owner={of.id} kind="carrier" />
      <section className="panel" aria-labelledby="drivers"><h2 id="drivers">驾驶员</h2>
        <p className="quiet">姓名、电话、证件号码加密保存，查看要写理由并留记录。</p>
        {whole.drivers.length === 0 ? <p className="quiet">还没有登记驾驶员。</p> : (
          <ul className="waste-history">
            {whole.drivers.map((it) => (
              <li key={it.id}>
                <b>{it.name}</b>{it.closed && "（已停用）"} {it.licence_class}，驾驶证至 {it.licence_until}{it.qualified_until && `，从业资格证至 ${it.qualified_until}`} {!it.closed && it.expired && <Light light="red" words="已经过期" />}{!it.closed && it.soon && <Light light="yellow" words="三十天内到期" />}
                {mayAny(session, ["waste.reveal"]) && <Button type="link" size="small" onClick={() => setRevealing(it)}>查看</Button>}
                {keeps && <Button type="link" size="small" onClick={() => setAsking(it)}>修改</Button>}
              </li>
            ))}
          </ul>
        )}
        {keeps && <Button className="no-print" size="small" style={{ marginTop: 10 }} onClick={() => setAsking("driver")}>登记驾驶员</Button>}
      </section>
      <section className="panel" aria-labelledby="permits"><h2 id="permits">处置核准</h2><PermitTable rows={whole.permits} nothing={<p className="quiet">还没有处置核准。</p>} /></section>
      {asking === "change" && <CarrierDialog of={of} close={() => setAsking(null)} />}
      {(asking === "driver" || driver) && (
        <FormDialog<Typed>
          open title={driver ? `修改${driver.name}` : "登记驾驶员"} close={() => setAsking(null)} initial={driver ? { licence_class: driver.licence_class, licence_until: driver.licence_until, qualified_until: driver.qualified_until ?? "", closed: driver.closed } : { licence_class: "A2" }}
          save={async (typed) => {
            const facts = { carrier: of.id, licence_class: typed.licence_class, licence_until: typed.licence_until, qualified_until: typed.qualified_until || null, closed: Boolean(typed.closed) };
            const person = { name: typed.name || null, telephone: typed.telephone || null, id_number: typed.id_number || null };
            if (driver) await changeDriver(driver.id, { version: driver.version, facts, person });
            else await addDriver({ name: typed.name ?? "", telephone: typed.telephone || null, id_number: typed.id_number || null, facts });
            again();
          }}
        >
          {driver && <p className="quiet">登记错了的才填，不填的不变。</p>}
          <Form.Item name="name" label={driver ? "更正姓名（选填）" : "姓名"} rules={driver ? [] : [{ required: true, whitespace: true, message: "请填写姓名" }]}><Input maxLength={50} autoComplete="off" /></Form.Item>
          <div className="waste-pair">
            <Form.Item name="telephone" label={driver ? "更正电话（选填）" : "电话（选填）"}><Input maxLength={30} inputMode="tel" autoComplete="off" /></Form.Item>
            <Form.Item name="id_number" label={driver ? "更正证件号码（选填）" : "证件号码（选填）"}><Input maxLength={30} autoComplete="off" /></Form.Item>
          </div>
          <div className="waste-pair">
            <Form.Item name="licence_class" label="准驾车型" rules={[{ required: true, message: "请填写" }]}><Input maxLength={10} /></Form.Item>
            <Form.Item name="licence_until" label="驾驶证有效期至" rules={[{ required: true, message: "请填写" }]}><Input type="date" /></Form.Item>
            <Form.Item name="qualified_until" label="从业资格证有效期至（选填）"><Input type="date" /></Form.Item>
          </div>
          {driver && <Form.Item name="closed" valuePropName="checked"><Checkbox>停用：不再为这家企业驾驶</Checkbox></Form.Item>}
        </FormDialog>
      )}
      {revealing && (
        <FormDialog<{ reason: string }> open title={`查看${revealing.name}`} okText="查看" initial={{ reason: "" }} close={() => setRevealing(null)} save={async ({ reason }) => {
          const it = await revealDriver(revealing.id, reason);
          void message.info([it.name ?? "已删除", it.telephone, it.id_number].filter(Boolean).join(" "), 12);
          setRevealing(null);
        }}>
          <Looks driver={revealing.id} />
          <Form.Item name="reason" label="查看理由" rules={[{ required: true, whitespace: true, message: "请填写理由" }]}><Input maxLength={200} /></Form.Item>
        </FormDialog>
      )}
    </Page>
  );
}
