/** One permit (处置核准): what was applied for, who reviewed and decided, what can be done now and why not. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { App, Button, Form, Input } from "antd";
import { useMemo, useState } from "react";
import { actOnPermit, permitSheet, readPermit, type WastePermitVerb, type WastePermitVersion, type WholeWastePermit } from "../../api/waste";
import { Countdown } from "../../components/Countdown";
import { Light } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading, Page } from "../shell/Page";
import { GroundMap } from "./GroundMap";
import { StateOf } from "./Permits";
import { cubic, period, shapesOf, spots, type Shape } from "./words";
import "../search/search.css";
import "../notices/notices.css";
import "./waste.css";

const asked: Record<WastePermitVerb, { label: string; required: boolean }> = {
  review: { label: "审查意见", required: true }, return: { label: "需要补正的内容（一次告知）", required: true }, resubmit: { label: "", required: false }, withdraw: { label: "理由", required: true },
  grant: { label: "说明（选填）", required: false }, refuse: { label: "不予核准的理由（告知申请人）", required: true }, change: { label: "", required: false }, revoke: { label: "撤销的理由", required: true }, cancel: { label: "注销的理由", required: true },
};

function Version({ of, shapes }: { of: WastePermitVersion; shapes: Shape[] }) {
  return (
    <>
      <dl className="waste-facts">
        <div><dt>种类和量</dt><dd>{of.material_label}，{cubic(of.volume_m3)}</dd></div><div><dt>有效期</dt><dd>{period(of)}{of.extended_until && `；届满前没有决定，视为准予延续至 ${of.extended_until}`}</dd></div>
        <div><dt>运输时段</dt><dd>{of.hours.map((it) => `${it.from}–${it.until}`).join("，")}</dd></div>
        <div><dt>路线</dt><dd>{(of.length_m / 1000).toFixed(1)} 公里，两侧各 {of.half_width_m} 米以内</dd></div>
        <div><dt>去向</dt><dd>{of.disposals.map((it) => <Link key={it.id} to="/waste/places/$id" params={{ id: it.id }} style={{ marginRight: 10 }}>{it.name}</Link>)}</dd></div>
      </dl>
      <ul className="waste-chips" aria-label="车辆">{of.vehicles.map((it) => <li key={it.id}><Link to="/waste/vehicles/$id" params={{ id: it.id }}>{it.plate}</Link>{it.closed && "（停用）"}</li>)}</ul>
      {of.note && <p>{of.note}</p>}
      <div style={{ marginTop: 12 }}><GroundMap label="核准路线" shapes={shapes} /></div>
    </>
  );
}

function History({ whole }: { whole: WholeWastePermit }) {
  return (
    <section className="panel" aria-labelledby="history"><h2 id="history">办理经过</h2>
      <ul className="waste-history">
        {whole.versions.map((it) => (
          <li key={it.ordinal} data-current={it.ordinal === whole.current}>
            <b>第 {it.ordinal} 次申请</b>{it.ordinal === whole.current && !whole.ended_at && "（现在有效）"}：{it.asked_by.name} {dateTime(it.asked_at)} 提出
            {it.reviewed_by && <div>{it.reviewed_by.name} {dateTime(it.reviewed_at)} 审查：{it.review}</div>}
            {it.decided_by && <div>{it.decided_by.name} {dateTime(it.decided_at)} {it.granted ? "予以核准" : "不予核准"}{it.decision && `：${it.decision}`}</div>}
            {it.from_at && <div className="quiet">{dateTime(it.from_at)} 起有效{it.until_at && `，至 ${dateTime(it.until_at)}`}</div>}
          </li>
        ))}
      </ul>
      {whole.ended_for && <p>{whole.permit.state_label}：{whole.ended_for}（{dateTime(whole.ended_at)}）</p>}
    </section>
  );
}

export function PermitPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [verb, setVerb] = useState<WastePermitVerb | null>(null);
  const query = useQuery({ queryKey: ["waste", "permit", id], queryFn: ({ signal }) => readPermit(id, signal) });
  const whole = query.data;
  // What is applied for is looked at first while somebody must decide on it.
  const shown = whole?.versions.find((it) => it.ordinal === (whole.pending ?? whole.current));
  const shapes = useMemo(() => (whole && shown ? [...shapesOf(whole.site), ...shown.disposals.flatMap(shapesOf), { id: "route", kind: "route" as const, name: "", line: spots(shown.corridor) }] : []), [whole, shown]);
  if (!whole) return query.error ? <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div> : <Loading rows={8} />;
  const of = whole.permit;
  const press = (it: WastePermitVerb) => (it === "change" || it === "resubmit" ? void navigate({ to: "/waste/apply", search: { permit: id, verb: it } as never }) : setVerb(it));
  const label = (it: WastePermitVerb) => whole.offers.find((offer) => offer.verb === it)?.label ?? "";
  return (
    <Page
      title={of.number ?? `申请 ${of.application}`} wide intro={<><Link to="/waste/places/$id" params={{ id: of.site }}>{of.site_name}</Link>，<Link to="/waste/carriers/$id" params={{ id: of.carrier }}>{of.carrier_name}</Link>承运 {of.simulated && <SimulatedTag />}</>}
      extra={<>{of.number && <Button href={permitSheet(id)} target="_blank">打印核准证</Button>} <Link to="/waste">全部核准</Link></>}
    >
      <section className="panel" aria-labelledby="stand"><h2 id="stand"><StateOf of={of} /> {of.due_at && <Countdown dueAt={of.due_at} light={of.light as never} />}</h2>
        <p className="quiet">申请号 {of.application}，{whole.applicant ? `${whole.applicant}网上申请` : "窗口录入"}{whole.organ_name && `；${whole.organ_name} ${dateTime(whole.granted_at)} 核准`}</p>
        {whole.against.length > 0 && <ul aria-label="核准前要解决">{whole.against.map((it) => <li key={it}><Light light="red" words={it} /></li>)}</ul>}
        {whole.offers.length > 0 && <div className="waste-steps" role="group" aria-label="可办理">{whole.offers.map((it, index) => <Button key={it.verb} type={index === 0 && !it.refusal && it.verb !== "revoke" && it.verb !== "cancel" ? "primary" : "default"} danger={it.verb === "revoke" && !it.refusal} disabled={Boolean(it.refusal)} onClick={() => press(it.verb)}>{it.label}</Button>)}</div>}
        {whole.offers.filter((it) => it.refusal).map((it) => <p key={it.verb} className="quiet">{it.label}：{it.refusal}{it.citation && `（${it.citation}）`}。</p>)}
      </section>
      {shown && <section className="panel" aria-labelledby="content"><h2 id="content">{shown.ordinal === whole.current ? "核准内容" : whole.current ? "申请变更的内容" : "申请内容"}</h2><Version of={shown} shapes={shapes} /></section>}
      <History whole={whole} />
      {verb && (
        <FormDialog<{ text?: string }>
          open title={label(verb)} okText="确定" initial={{}} close={() => setVerb(null)}
          save={async ({ text }) => {
            client.setQueryData(["waste", "permit", id], await actOnPermit(id, verb, of.version, { text: text || undefined }));
            void client.invalidateQueries({ queryKey: ["waste", "permits"] });
            void message.success("已办理");
            setVerb(null);
          }}
        >
          <Form.Item name="text" label={asked[verb].label} rules={asked[verb].required ? [{ required: true, whitespace: true, message: "请填写" }] : []}><Input.TextArea rows={4} maxLength={1000} /></Form.Item>
        </FormDialog>
      )}
    </Page>
  );
}
