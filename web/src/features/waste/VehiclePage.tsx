/** One vehicle (一车一档): what it may carry, its papers, permits and terminal. */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { readVehicle } from "../../api/waste";
import { SimulatedTag } from "../../components/StateTag";
import { mayAny, useSession } from "../session/session";
import { Failure, Loading, Page } from "../shell/Page";
import { Papers } from "./Papers";
import { PermitTable } from "./Permits";
import { VehicleDialog } from "./Vehicles";
import "../search/search.css";
import "../notices/notices.css";
import "./waste.css";

export function VehiclePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const session = useSession();
  const [changing, setChanging] = useState(false);
  const query = useQuery({ queryKey: ["waste", "vehicle", id], queryFn: ({ signal }) => readVehicle(id, signal) });
  const whole = query.data;
  if (!whole) return query.error ? <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div> : <Loading rows={8} />;
  const of = whole.vehicle;
  return (
    <Page title={of.plate} wide intro={<>{of.colour_label}车牌{of.closed && "，已停用"} {of.simulated && <SimulatedTag />}</>} extra={<>{mayAny(session, ["waste.keep"]) && <Button onClick={() => setChanging(true)}>修改</Button>} <Link to="/waste" search={{ tab: "vehicles" } as never}>全部车辆</Link></>}>
      <section className="panel" aria-labelledby="facts"><h2 id="facts">基本情况</h2>
        <dl className="waste-facts">
          <div><dt>运输企业</dt><dd><Link to="/waste/carriers/$id" params={{ id: of.carrier }}>{of.carrier_name}</Link></dd></div>
          <div><dt>核定载质量</dt><dd>{of.rated_kg.toLocaleString("zh-CN")} kg</dd></div><div><dt>车厢容积</dt><dd>{(of.box_litres / 1000).toLocaleString("zh-CN")} m³</dd></div><div><dt>车型</dt><dd>{of.model ?? "—"}</dd></div>
          <div><dt>车载终端</dt><dd>{of.terminal ? <><span className="mono">{of.terminal.phone}</span>{of.terminal.visitor && "（来访，没有人登记）"}</> : "没有以这个车牌和颜色登记的终端"}</dd></div>
        </dl>
        {of.note && <p>{of.note}</p>}
      </section>
      <Papers papers={whole.papers} owner={of.id} kind="vehicle" />
      <section className="panel" aria-labelledby="permits"><h2 id="permits">处置核准</h2>{whole.permits_in_force === 0 && <p>今天没有有效的核准列有这辆车：它今天运建筑垃圾就是没有核准。</p>}<PermitTable rows={whole.permits} nothing={<p className="quiet">{whole.permits_in_force > 0 ? `今天有 ${whole.permits_in_force} 件有效的核准列有这辆车，不在您的查看范围内。` : "您能看到的核准都没有列过这辆车。"}</p>} /></section>
      {changing && <VehicleDialog of={of} close={() => setChanging(false)} />}
    </Page>
  );
}
