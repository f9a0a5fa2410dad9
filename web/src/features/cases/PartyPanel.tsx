/** The party's page beside the case (当事人页面): codes, consents, electronic service with its receipt, and what parties submitted. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Select, Tag } from "antd";
import { useState } from "react";
import type { CaseFile, MySubmission } from "../../api/contract";
import { deliverToParty, issuePartyCode, judgeSubmission, partyFileAddress, readPartyDesk, revokePartyCode } from "../../api/parties";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading } from "../shell/Page";
import { CodeSlip } from "./CodeSlip";

export function PartyPanel({ of }: { of: CaseFile }) {
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const serves = mayAny(session, ["party.serve"]) && of.officers.some((it) => it.id === session.person.id && !it.recused);
  const [slip, setSlip] = useState<{ party: number; code: string; page: string } | null>(null);
  const [judging, setJudging] = useState<{ of: MySubmission; take: boolean } | null>(null);
  const [paper, setPaper] = useState<string>();
  const query = useQuery({ queryKey: ["party-desk", of.id], queryFn: ({ signal }) => readPartyDesk(of.id, signal), refetchInterval: 60_000 });
  const again = () => { void client.invalidateQueries({ queryKey: ["party-desk", of.id] }); void client.invalidateQueries({ queryKey: ["case", of.id] }); };
  const failed = (error: unknown) => void message.error(asProblem(error).message);
  const issue = useMutation({ mutationFn: (party: number) => issuePartyCode(of.id, party).then((it) => ({ party, ...it })), onSuccess: (it) => { setSlip(it); again(); }, onError: failed });
  const revoke = useMutation({ mutationFn: (party: number) => revokePartyCode(of.id, party), onSuccess: () => { void message.success("查询码已收回"); again(); }, onError: failed });
  const deliver = useMutation({ mutationFn: (party: number) => deliverToParty(of.id, paper ?? "", party), onSuccess: (it) => { void message.success(`已到达当事人页面：${dateTime(it.arrived_at)}`); setPaper(undefined); again(); }, onError: failed });
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const desk = query.data;
  const nameOf = (party: number) => of.parties.find((it) => it.ordinal === party)?.name || `当事人 ${party}`;
  return (
    <>
      <ul className="case-people">
        {of.parties.map((it) => {
          const code = desk.codes.find((one) => one.party === it.ordinal);
          const agreed = desk.agreements.find((one) => one.party === it.ordinal && !one.withdrawn_at);
          return (
            <li key={it.ordinal}>
              <b>{it.name || `当事人 ${it.ordinal}`}</b>
              <span className="quiet">{code ? `查询码 ${dateTime(code.issued_at)} 发放${code.last_entry ? `，最近进入 ${dateTime(code.last_entry)}` : "，还没有进入过"}` : "没有查询码"}</span>
              <Tag color={agreed ? "blue" : "default"}>{agreed ? "已同意电子送达" : "未同意电子送达"}</Tag>
              {agreed && <a className="quiet" href={partyFileAddress(of.id, agreed.signature)} target="_blank" rel="noreferrer">{dateTime(agreed.agreed_at)} 签名</a>}
              {serves && of.open && <Button size="small" loading={issue.isPending} onClick={() => issue.mutate(it.ordinal)}>{code ? "重新发放" : "发放查询码"}</Button>}
              {serves && code && <Button size="small" type="text" loading={revoke.isPending} onClick={() => revoke.mutate(it.ordinal)}>收回</Button>}
              {serves && agreed && paper && <Button size="small" type="primary" loading={deliver.isPending} onClick={() => deliver.mutate(it.ordinal)}>送达到页面</Button>}
            </li>
          );
        })}
      </ul>
      {serves && desk.papers.length > 0 && (
        <div style={{ display: "flex", gap: 8, flexWrap: "wrap", alignItems: "center" }}>
          <Select aria-label="要电子送达的文书" placeholder="选择已签发的文书，电子送达" style={{ minWidth: 260 }} allowClear value={paper ?? null} onChange={(value: string | null) => setPaper(value ?? undefined)} options={desk.papers.map((it) => ({ value: it.id, label: it.title }))} />
          <span className="quiet">到达当事人页面的日期就是送达日期。</span>
        </div>
      )}
      {desk.deliveries.length > 0 && <h3>电子送达</h3>}
      <ul className="case-people">
        {desk.deliveries.map((it) => <li key={it.document + it.party}><b>{it.title}</b><span className="quiet">{nameOf(it.party)}，{dateTime(it.arrived_at)} 到达，{it.opened_at ? `${dateTime(it.opened_at)} 打开` : "还没有打开"}</span></li>)}
      </ul>
      <h3>当事人提交的材料</h3>
      {desk.submissions.length === 0 && <p className="quiet">当事人用查询码进入页面提交的陈述申辩、申请和证据，会列在这里。</p>}
      <ol className="case-steps">
        {desk.submissions.map((it) => (
          <li key={it.id}>
            <b>{it.kind_label}</b><small>{nameOf(it.party)}，{dateTime(it.at)}，回执 {it.number}，{it.standing_label}</small>
            {it.text && <p style={{ whiteSpace: "pre-wrap" }}>{it.text}</p>}
            {it.files.length > 0 && <p>{it.files.map((file, index) => <a key={file} href={partyFileAddress(of.id, file)} target="_blank" rel="noreferrer" style={{ marginRight: 10 }}>文件 {index + 1}</a>)}</p>}
            {it.taken !== undefined && <p className="quiet">{it.taken ? (it.evidence.length > 0 ? `已收入证据第 ${it.evidence.join("、")} 号` : "已处理") : `不予采用：${it.reason ?? ""}`}</p>}
            {serves && it.standing === "inbox" && it.taken === undefined && (
              <p><Button size="small" onClick={() => setJudging({ of: it, take: true })}>{it.kind === "evidence" ? "收入证据" : "已处理"}</Button> <Button size="small" type="text" onClick={() => setJudging({ of: it, take: false })}>不予采用</Button></p>
            )}
          </li>
        ))}
      </ol>
      {slip && <CodeSlip number={of.number} name={nameOf(slip.party)} code={slip.code} page={slip.page} close={() => setSlip(null)} />}
      {judging && (
        <FormDialog<{ reason?: string }>
          open title={judging.take ? `收下：${judging.of.kind_label}` : `不予采用：${judging.of.kind_label}`} okText={judging.take ? "收下" : "不予采用"} initial={{}} close={() => setJudging(null)}
          save={async ({ reason }) => {
            await judgeSubmission(of.id, judging.of.id, { take: judging.take, ...(reason?.trim() ? { reason: reason.trim() } : {}) });
            void client.invalidateQueries({ queryKey: ["evidence", of.id] });
            again();
            setJudging(null);
          }}
        >
          <Form.Item name="reason" label={judging.take ? "给当事人的说明（选填）" : "理由"} extra="当事人在他的页面上看得到。" rules={judging.take ? [] : [{ required: true, whitespace: true, message: "请填写理由" }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}
