/** One finding: what decided, the picture of track and places, the points, and the verdict. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Input, Select, Table } from "antd";
import { useState } from "react";
import { dismissFinding, pictureOf, readFinding, replayDay, upholdFinding, type FindingWithTrack } from "../../api/findings";
import { asProblem } from "../../api/problem";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { useClassOptions } from "../catalogue/classes";
import { mayAny, useSession } from "../session/session";
import { Failure, Loading, Page } from "../shell/Page";
import "./findings.css";

export function FindingPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const session = useSession();
  const query = useQuery({ queryKey: ["finding", id], queryFn: ({ signal }) => readFinding(id, signal), refetchInterval: 15_000 });
  const of = query.data;
  if (query.error && !of) return <Page title="车辆违规"><Failure error={query.error} retry={() => void query.refetch()} /></Page>;
  if (!of) return <Page title="车辆违规"><Loading rows={10} /></Page>;
  return (
    <Page
      title={`${of.plate || "未报车牌"} · ${of.rule_label}`} wide
      intro={<>{of.state_label}{of.open && " · 持续中"} · {dateTime(of.began_at)} 至 {dateTime(of.ended_at)} {of.simulated && <SimulatedTag />}</>}
      extra={<><Button onClick={() => print()}>打印</Button> <Link to="/findings">返回列表</Link></>}
    >
      {of.provisional && <Alert type="warning" showIcon title="厢盖、举升或重量按待核对的厂家对照表读出，核对厂家文件之前不能据以认定。" />}
      {of.visitor && <Alert type="warning" showIcon title="终端未登记（来访终端），车牌为终端自报。" />}
      {of.outdated && <Alert type="warning" showIcon title="核实之后又收到补报的轨迹，与当时的判定不同；这里保留的是核实时的证据。" />}
      <div className="finding">
        <section aria-labelledby="evidence">
          <h2 id="evidence">判定依据</h2>
          <p>{of.words}</p>
          <dl className="facts">
            {of.numbers.map((it) => <div key={it.measure} className="finding-number"><dt>{it.label}</dt><dd>{it.value} {it.unit}</dd></div>)}
            <div className="finding-number"><dt>规则</dt><dd>第 {of.rules_version} 版</dd></div>
            <div className="finding-number"><dt>登记</dt><dd>{of.terrain_version}</dd></div>
            <div className="finding-number"><dt>地点</dt><dd>{of.jurisdiction_name ?? of.jurisdiction} <span className="mono quiet">{of.lon.toFixed(6)}, {of.lat.toFixed(6)}</span></dd></div>
            {of.places.map((it, index) => <div key={index} className="finding-number"><dt>{it.kind_label}</dt><dd>{it.name}{it.half_width_m !== undefined && `（两侧各 ${it.half_width_m} 米）`}</dd></div>)}
          </dl>
          {mayAny(session, ["finding.rules"]) && <Replay of={of} />}
        </section>
        <figure className="finding-picture">
          <img src={`${pictureOf(of.id)}?v=${of.version}-${of.ended_at}`} alt={`${of.plate}${of.rule_label}的轨迹示意图，红色为判定的一段；${of.words}`} width={800} height={632} />
        </figure>
      </div>
      <VerdictBox key={`${of.id}-${of.state}`} of={of} may={mayAny(session, ["finding.judge"])} />
      <section aria-labelledby="track">
        <h2 id="track">前后轨迹</h2>
        <Table
          size="small" rowKey={(it) => it.at + it.lon} dataSource={of.track} scroll={{ x: 640 }} pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          rowClassName={(it) => (it.at >= of.began_at && it.at <= of.ended_at ? "finding-row" : "")}
          columns={[
            { title: "时间", render: (_, it) => dateTime(it.at) },
            { title: "经度", render: (_, it) => it.lon.toFixed(6) },
            { title: "纬度", render: (_, it) => it.lat.toFixed(6) },
            { title: "车速 km/h", render: (_, it) => it.speed },
            { title: "载货", render: (_, it) => it.load ?? "—" },
            { title: "厢盖", render: (_, it) => it.lid ?? "—" },
            { title: "重量 kg", render: (_, it) => it.load_kg ?? "—" },
          ]}
        />
      </section>
    </Page>
  );
}

function VerdictBox({ of, may }: { of: FindingWithTrack; may: boolean }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const draft = `finding-reason-${of.id}`;
  const [reason, setReason] = useState(() => sessionStorage.getItem(draft) ?? "");
  const [busy, setBusy] = useState("");
  const classes = useClassOptions();
  const [classCode, setClassCode] = useState(of.class_code);
  if (of.verdict_at) {
    return (
      <section className="finding-verdict" aria-labelledby="verdict">
        <h2 id="verdict">核实结论</h2>
        <p>{of.state_label} · {of.verdict_by ?? "—"} · {dateTime(of.verdict_at)}</p>
        <p>{of.reason}</p>
        {of.lead_id ? <p>线索 <Link to="/leads/$id" params={{ id: of.lead_id }}>{of.lead_number}</Link></p> : of.state === "upheld" && <p className="quiet">正在转为线索，几秒后可见编号。</p>}
      </section>
    );
  }
  if (of.state !== "waiting") return <Alert type="info" showIcon title="补报的轨迹说明这条发现不成立，已自动撤回，不用核实。" />;
  const judge = async (how: "uphold" | "dismiss") => {
    setBusy(how);
    try {
      const told = how === "uphold" ? await upholdFinding(of, { reason, ...(classCode ? { class_code: classCode } : {}) }) : await dismissFinding(of, { reason });
      sessionStorage.removeItem(draft);
      void message.success(told.lead_number ? `已转线索 ${told.lead_number}` : `已核实：${told.state_label}`);
    } catch (error) {
      void message.error(asProblem(error).message, 8);
    } finally {
      setBusy("");
      for (const queryKey of [["finding", of.id], ["findings"], ["finding-rules"]]) void client.invalidateQueries({ queryKey });
    }
  };
  const blocked = !may ? "您没有核实车辆违规发现的权限" : !reason.trim() ? "请先写明核实意见" : "";
  return (
    <section className="finding-verdict" aria-labelledby="verdict">
      <h2 id="verdict">核实</h2>
      <label htmlFor="finding-reason">核实意见</label>
      <Input.TextArea id="finding-reason" rows={2} maxLength={500} value={reason} placeholder="看了什么、为什么成立或不成立" onChange={(event) => { setReason(event.target.value); sessionStorage.setItem(draft, event.target.value); }} />
      <label htmlFor="finding-class">线索类别</label>
      <Select id="finding-class" className="finding-class" showSearch={{ optionFilterProp: "label" }} options={classes} value={classCode || null} placeholder="标准中没有这种情形的类别，成立时请选择" onChange={(value: string | null) => setClassCode(value ?? "")} />
      <div className="finding-buttons">
        <Button type="primary" disabled={blocked !== "" || !classCode} loading={busy === "uphold"} onClick={() => void judge("uphold")}>成立，转线索</Button>
        <Button disabled={blocked !== ""} loading={busy === "dismiss"} onClick={() => void judge("dismiss")}>不成立</Button>
        {blocked ? <span className="quiet">{blocked}</span> : !classCode && <span className="quiet">成立的请先选择线索类别</span>}
      </div>
    </section>
  );
}

function Replay({ of }: { of: FindingWithTrack }) {
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    try {
      const told = await replayDay(of.vehicle, of.day);
      const wrong = told.changed + told.new.length + told.gone.length;
      setSaid(wrong === 0 ? `重放 ${told.points} 个轨迹点，${told.same} 条发现全部一致。` : `一致 ${told.same} 条，数值有变 ${told.changed} 条，新出现 ${told.new.length} 条，不再成立 ${told.gone.length} 条。`);
    } catch (error) {
      setSaid(asProblem(error).message);
    } finally {
      setBusy(false);
    }
  };
  return <p><Button size="small" loading={busy} onClick={() => void ask()}>重放这一天</Button> <span role="status">{said}</span></p>;
}
