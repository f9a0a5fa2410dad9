/** One request (权利请求详情): what it is about, its history, and the decision. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Input, Select } from "antd";
import { useState } from "react";
import type { PrivacyDecision, WholePrivacyRequest } from "../../api/contract";
import { decidePrivacyRequest, handOutCopy, readPrivacyRequest } from "../../api/privacy";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Failure, Loading } from "../shell/Page";

export function RequestDrawer({ id, close }: { id: string; close: () => void }) {
  const query = useQuery({ queryKey: ["privacy-request", id], queryFn: ({ signal }) => readPrivacyRequest(id, signal) });
  const of = query.data;
  return (
    <Drawer open title={of ? `${of.kind_label} ${of.number}` : "权利请求"} onClose={close} size={Math.min(560, innerWidth)}>
      {query.isPending ? <Loading /> : query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Whole of={query.data} />}
    </Drawer>
  );
}

function Whole({ of }: { of: WholePrivacyRequest }) {
  return (
    <>
      <dl className="privacy-facts">
        <dt>状态</dt><dd>{of.state_label}{of.overdue && <span className="privacy-late">（已超期）</span>}</dd>
        <dt>来自</dt><dd>{of.channel_label}</dd>
        <dt>身份核验</dt><dd>{of.identified}</dd>
        <dt>答复期限</dt><dd>{dateTime(of.due_at)}</dd>
        {of.note && <><dt>说明</dt><dd>{of.note}</dd></>}
        {of.wanted_name && <><dt>更正为</dt><dd>{of.wanted_name}</dd></>}
        {of.wanted_telephone && <><dt>更正为</dt><dd>{of.wanted_telephone}</dd></>}
        <dt>涉及上报</dt><dd>{of.about.map((it) => <div key={it.id}><a className="number" style={{ textDecoration: "underline" }} href={`/desk/leads/${it.id}`}>{it.number}</a> {it.state_label}</div>)}</dd>
        {of.ground_label && <><dt>拒绝依据</dt><dd>{of.ground_label}</dd></>}
        {of.reason && <><dt>理由</dt><dd>{of.reason}</dd></>}
      </dl>
      <h3>经过</h3>
      <ol className="privacy-steps">{of.steps.map((it, index) => <li key={index}>{dateTime(it.at)} {it.label}（{it.actor?.name ?? "本人"}）{it.note && `：${it.note}`}</li>)}</ol>
      <Decide key={of.version} of={of} />
    </>
  );
}

function Decide({ of }: { of: WholePrivacyRequest }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const handles = mayAny(useSession(), ["privacy.handle"]);
  const [ground, setGround] = useState<PrivacyDecision["ground"] | null>(null);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const again = () => { for (const queryKey of [["privacy-requests"], ["privacy-request", of.id], ["lead"]]) void client.invalidateQueries({ queryKey }); };
  async function run(work: () => Promise<unknown>, done: string) {
    setBusy(true);
    setWrong("");
    try {
      await work();
      void message.success(done);
      again();
    } catch (error) {
      const problem = asProblem(error);
      setWrong(problem.message);
      if (problem.stale || problem.status === 409) again();
    } finally {
      setBusy(false);
    }
  }
  if (!handles) return <p className="quiet">办理需要“办理个人信息权利请求”权限。</p>;
  if (of.state === "granted" && of.kind === "copy") {
    return <>{wrong && <Alert role="alert" type="error" showIcon title={wrong} style={{ marginBottom: 12 }} />}<Button type="primary" loading={busy} onClick={() => void run(() => handOutCopy(of.id), "副本已下载，请交给本人；这次提供已记入台账")}>下载副本，交给本人</Button></>;
  }
  if (of.state !== "open") return null;
  return (
    <>
      <h3>办理</h3>
      {wrong && <Alert role="alert" type="error" showIcon title={wrong} style={{ marginBottom: 12 }} />}
      <Input.TextArea aria-label="理由" placeholder="理由，本人凭查询码提出、被拒绝时会看到；拒绝时必须填写" rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      <div className="privacy-bar" style={{ marginTop: 12 }}>
        <Button type="primary" loading={busy} onClick={() => void run(() => decidePrivacyRequest(of, { granted: true, reason }), "已同意并执行")}>同意并执行</Button>
        <Select aria-label="拒绝依据" placeholder="拒绝依据" value={ground ?? null} style={{ minWidth: 200, maxWidth: "100%" }} popupMatchSelectWidth={false} options={of.grounds.map((it) => ({ value: it.code, label: it.label }))} onChange={(it: string | null) => setGround(it as PrivacyDecision["ground"])} />
        <Button danger loading={busy} disabled={!ground || !reason.trim()} title={ground && reason.trim() ? undefined : "拒绝必须选择依据并写明理由（个人信息保护法第五十条）"} onClick={() => void run(() => decidePrivacyRequest(of, { granted: false, reason, ...(ground ? { ground } : {}) }), "已拒绝")}>拒绝</Button>
      </div>
    </>
  );
}
