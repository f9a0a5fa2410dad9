/** One place (一场一档). */
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { readPlace } from "../../api/waste";
import { SimulatedTag } from "../../components/StateTag";
import { mayAny, useSession } from "../session/session";
import { Failure, Loading, Page } from "../shell/Page";
import { GroundMap } from "./GroundMap";
import { Papers } from "./Papers";
import { PermitTable } from "./Permits";
import { PlaceDialog } from "./PlaceDialog";
import { cubic, shapesOf } from "./words";
import "../search/search.css";
import "../notices/notices.css";
import "./waste.css";

export function PlacePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const session = useSession();
  const [changing, setChanging] = useState(false);
  const query = useQuery({ queryKey: ["waste", "place", id], queryFn: ({ signal }) => readPlace(id, signal) });
  const shapes = useMemo(() => (query.data ? shapesOf(query.data.place) : []), [query.data]);
  const whole = query.data;
  if (!whole) return query.error ? <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div> : <Loading rows={8} />;
  const of = whole.place;
  return (
    <Page title={of.name} wide intro={<>{of.kind_label}{of.closed && "，已停用"} {of.simulated && <SimulatedTag />}</>} extra={<>{mayAny(session, ["waste.keep"]) && <Button onClick={() => setChanging(true)}>修改</Button>} <Link to="/waste" search={{ tab: "places" } as never}>全部场所</Link></>}>
      <section className="panel" aria-labelledby="facts"><h2 id="facts">基本情况</h2>
        <dl className="waste-facts">
          <div><dt>地址</dt><dd>{of.address ?? "—"}</dd></div><div><dt>建设单位</dt><dd>{of.builder ?? "—"}</dd></div><div><dt>施工或者运营单位</dt><dd>{of.contractor ?? "—"}</dd></div>
          <div><dt>有效期</dt><dd>{of.valid_from} 起{of.valid_until ? `至 ${of.valid_until}` : ""}</dd></div>
          {of.capacity_m3 && <div><dt>总容量</dt><dd>{cubic(of.capacity_m3)}</dd></div>}{of.daily_m3 && <div><dt>日处理</dt><dd>{cubic(of.daily_m3)}</dd></div>}{of.reuse_percent != null && <div><dt>综合利用率</dt><dd>{of.reuse_percent}%</dd></div>}
          {of.kind !== "black_spot" && <div><dt>有效核准的量</dt><dd>{cubic(whole.permitted_m3)}</dd></div>}
        </dl>
        {of.gates.length > 0 && <ul className="waste-chips" aria-label="出入口">{of.gates.map((gate) => <li key={gate.name}>{gate.name}：{gate.hardened ? "出口已硬化" : "出口没有硬化"}，{gate.wash_bay ? "有洗车台" : "没有洗车台"}</li>)}</ul>}
        {of.note && <p>{of.note}</p>}
      </section>
      <GroundMap label={`${of.name}的范围`} shapes={shapes} />
      {of.kind !== "black_spot" && <Papers papers={whole.papers} owner={of.id} kind="place" />}
      {of.kind !== "black_spot" && <section className="panel" aria-labelledby="permits"><h2 id="permits">处置核准</h2><PermitTable rows={whole.permits} nothing={<p className="quiet">还没有处置核准。</p>} /></section>}
      {changing && <PlaceDialog of={of} close={() => setChanging(false)} />}
    </Page>
  );
}
