/** One session (场次): who comes is registered, rights are told, it runs and rests and ends, and its recording is played at a mark. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { linkRecording, readSession, revealVisitor, stepSession, type CentreSession, type CentreSessionChange, type WholeCentreSession } from "../../api/centre";
import { contentAddress, readEvidence } from "../../api/evidence";
import { asProblem } from "../../api/problem";
import { Light } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading, Page } from "../shell/Page";
import { hours, useCentreEvents } from "./Board";
import { Player } from "./Player";
import "../property/property.css";
import "./centre.css";

type Step = CentreSession["steps"][number]["step"];
interface Visitor { name: string; telephone?: string; id_number?: string; minor?: boolean; guardian_name?: string; guardian?: string }

export function SessionPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  useCentreEvents();
  const client = useQueryClient();
  const session = useSession();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<Step | "reveal" | "link" | null>(null);
  const [seen, setSeen] = useState<Record<string, string | null | undefined> | null>(null);
  const query = useQuery({ queryKey: ["centre", "session", id], queryFn: ({ signal }) => readSession(id, signal), refetchInterval: 60_000 });
  const whole = query.data;
  if (!whole) return query.error ? <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div> : <Loading rows={8} />;
  const of = whole.session;
  const done = (next: WholeCentreSession) => {
    client.setQueryData(["centre", "session", id], next);
    for (const key of ["board", "sessions", "recordings"]) void client.invalidateQueries({ queryKey: ["centre", key] });
    setAsking(null);
  };
  const step = async (it: Step, change: Omit<CentreSessionChange, "seen">) => done(await stepSession(id, it, { seen: of.version, ...change }));
  const press = (it: Step) => {
    if (["resume", "end"].includes(it)) void step(it, {}).catch((error: unknown) => message.error(asProblem(error).message));
    else setAsking(it);
  };
  return (
    <Page title={`${of.room_name} ${of.purpose_label}`} wide intro={<>{dateTime(of.starts_at).slice(0, 10)} {hours(of)}，<Link to="/cases/$id" params={{ id: of.case_id }}>案件 {of.case_number}</Link>，办理人 {of.officers.map((it) => it.name).join("、")}</>} extra={<Link to="/centre" search={{ tab: "calendar", day: dateTime(of.starts_at).slice(0, 10) } as never}>日程</Link>}>
      <section className="panel centre-session" aria-labelledby="how">
        <h2 id="how">{of.state_label} {of.simulated && <SimulatedTag />}{of.overrun && <Light light="red" words="超过预约时间" />}{of.gap && <Light light={of.gap as never} words={of.unrecorded ? "没有录音录像，已说明" : "缺录音录像（行政处罚法第四十七条）"} />}</h2>
        {mayAny(session, ["centre.hold"]) && (
          <div className="centre-steps" role="group" aria-label="可办理">
            {of.steps.map((it, index) => <Button key={it.step} type={index === 0 && !it.refusal ? "primary" : "default"} disabled={Boolean(it.refusal)} title={it.refusal ?? ""} onClick={() => press(it.step)}>{it.label}</Button>)}
            {of.started_at && <Button onClick={() => setAsking("link")}>编入录音录像</Button>}
          </div>
        )}
        {of.steps.filter((it) => it.refusal).map((it) => <p key={it.step} className="quiet">{it.label}：{it.refusal}。</p>)}
        <dl className="stocktake-counts">
          <div><dt>到场人员</dt><dd style={{ fontSize: 16 }}>{of.role_label}{of.party ? `（第 ${of.party} 当事人）` : ""}{of.minor && "，未成年人"}{of.guardian && `，${of.guardian}在场`}</dd></div>
          <div><dt>到场</dt><dd style={{ fontSize: 16 }}>{dateTime(of.arrived_at)}</dd></div><div><dt>告知权利、开始</dt><dd style={{ fontSize: 16 }}>{dateTime(of.started_at)}</dd></div><div><dt>结束</dt><dd style={{ fontSize: 16 }}>{dateTime(of.ended_at)}</dd></div>
        </dl>
        {whole.rests.map((it) => <p key={it.from} className="quiet">休息 {dateTime(it.from)} 至 {it.until ? dateTime(it.until) : "现在"}{it.note && `：${it.note}`}</p>)}
        {of.note && <p>{of.note}</p>}
        {of.over_reason && <p>{of.state_label}：{of.over_reason}</p>}
        {of.unrecorded && <p>没有录音录像的原因：{of.unrecorded}</p>}
        {of.arrived_at && mayAny(session, ["centre.reveal"]) && (seen
          ? <p>到场人员：{seen["name"] ?? "已删除"} {seen["telephone"]} {seen["id_number"]} {seen["guardian"] && `监护人 ${seen["guardian"]}`}</p>
          : <Button className="no-print" size="small" onClick={() => setAsking("reveal")}>查看到场人员（须写理由）</Button>)}
      </section>
      <section className="panel centre-session" aria-labelledby="recordings"><h2 id="recordings">录音录像</h2>
        {whole.recordings.length === 0 ? <p className="quiet">{of.records ? "这个房间有同步录音录像：结束后把文件提交为本案证据，再点“编入录音录像”。" : "还没有编入录音录像。"}</p> : whole.recordings.map((it) => <Player key={it.id} of={it} />)}
      </section>
      {asking === "arrive" && (
        <FormDialog<Visitor> open title="登记到场" okText="登记" initial={{ name: "" }} close={() => setAsking(null)} save={async (it) => step("arrive", { visitor: Object.fromEntries(Object.entries(it).filter(([, value]) => value !== "" && value !== undefined)) as never })}>
          <p className="quiet">姓名、电话、证件号码加密保存，页面上不显示；查看要写理由并留记录。</p>
          <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true, message: "请填写姓名" }]}><Input maxLength={60} autoComplete="off" /></Form.Item>
          <Form.Item name="telephone" label="电话（选填）"><Input maxLength={30} autoComplete="off" inputMode="tel" /></Form.Item>
          <Form.Item name="id_number" label="证件号码（选填）"><Input maxLength={40} autoComplete="off" /></Form.Item>
          <Form.Item name="minor" valuePropName="checked" extra="未成年人应当有监护人在场。"><Checkbox>不满十八周岁</Checkbox></Form.Item>
          <Form.Item noStyle shouldUpdate={(before: Visitor, after: Visitor) => before.minor !== after.minor}>
            {({ getFieldValue }) => (getFieldValue("minor") === true ? <div className="centre-pair"><Form.Item name="guardian_name" label="在场监护人姓名"><Input maxLength={60} autoComplete="off" /></Form.Item><Form.Item name="guardian" label="与未成年人的关系"><Input maxLength={40} placeholder="父亲、母亲、其他监护人" /></Form.Item></div> : null)}
          </Form.Item>
        </FormDialog>
      )}
      {asking === "start" && (
        <FormDialog<{ told: boolean }> open title="告知权利并开始" okText="开始" initial={{ told: false }} close={() => setAsking(null)} save={async ({ told }) => step("start", { rights_told: told })}>
          <p>两名执法人员出示执法证件；告知当事人有权要求回避、陈述和申辩，应当如实回答询问（行政处罚法第四十三条、第四十五条、第五十五条）。</p>
          <Form.Item name="told" valuePropName="checked" rules={[{ validator: (_, it) => (it ? Promise.resolve() : Promise.reject(new Error("先出示证件、告知权利，再开始"))) }]}><Checkbox>已经出示执法证件，告知权利义务</Checkbox></Form.Item>
        </FormDialog>
      )}
      {(asking === "rest" || asking === "no-show" || asking === "cancel" || asking === "unrecorded") && (
        <FormDialog<{ note?: string }> open title={of.steps.find((it) => it.step === asking)?.label ?? ""} okText="确定" initial={{}} close={() => setAsking(null)} save={async ({ note }) => step(asking, note?.trim() ? { note } : {})}>
          <Form.Item name="note" label={{ rest: "说明（选填）", "no-show": "怎样通知的、怎样处理", cancel: "取消理由（会通知其他办理人）", unrecorded: "没有录音录像的原因" }[asking]} rules={asking === "rest" ? [] : [{ required: true, whitespace: true, message: "请填写" }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
        </FormDialog>
      )}
      {asking === "reveal" && (
        <FormDialog<{ reason: string }> open title="查看到场人员" okText="查看" initial={{ reason: "" }} close={() => setAsking(null)} save={async ({ reason }) => { setSeen({ ...(await revealVisitor(id, reason)) }); setAsking(null); }}>
          <Form.Item name="reason" label="查看理由" extra="记入案件台账。" rules={[{ required: true, whitespace: true, message: "请填写理由" }]}><Input maxLength={200} /></Form.Item>
        </FormDialog>
      )}
      {asking === "link" && <LinkDialog of={of} done={done} close={() => setAsking(null)} />}
    </Page>
  );
}

function LinkDialog({ of, done, close }: { of: CentreSession; done: (next: WholeCentreSession) => void; close: () => void }) {
  const evidence = useQuery({ queryKey: ["evidence", of.case_id], queryFn: ({ signal }) => readEvidence(of.case_id, signal) });
  const items = (evidence.data?.items ?? []).filter((it) => !it.excluded && /^(audio|video)\//.test(it.media_type));
  return (
    <FormDialog<{ item: string }> open title="编入录音录像" okText="编入" initial={{}} close={close} save={async ({ item }) => done(await linkRecording(of.id, item))}>
      {items.length === 0 && !evidence.isPending && <p className="quiet">本案证据里还没有录音录像：先在案件页“证据”里提交文件（可以断点续传），再来编入。</p>}
      <Form.Item name="item" label="本案证据里的录音录像" rules={[{ required: true, message: "请选择录音录像" }]}><Select loading={evidence.isPending} options={items.map((it) => ({ value: it.id, label: `${it.ordinal}. ${it.title}` }))} /></Form.Item>
      {items[0] && <p className="quiet"><a href={contentAddress(items[0].id)} target="_blank" rel="noreferrer">打开第一份核对</a></p>}
    </FormDialog>
  );
}
