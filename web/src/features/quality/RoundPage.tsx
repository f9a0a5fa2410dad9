/** A round: draw by a published seed, replay, progress, files, figures with their denominators, closing. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, Drawer, Form, Input, Progress, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { ReviewRound, RoundFigure, RoundFile } from "../../api/quality-contract";
import { appointReviewer, closeRound, drawRound, listReviewPeople, readRound, replayRound } from "../../api/quality";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import { correctedRate, failedRate, points, resultWords, reviewRate, suitRate, trackWords } from "./words";
import "../matters/matters.css";
import "./quality.css";

export function RoundPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<"draw" | "close" | "replay" | null>(null);
  const [empty, setEmpty] = useState<RoundFile | null>(null);
  const query = useQuery({ queryKey: ["review-round", id], queryFn: ({ signal }) => readRound(id, signal), refetchInterval: 60_000 });
  const of = query.data;
  if (query.error && !of) return <div className="page"><Failure error={query.error} retry={() => void query.refetch()} /></div>;
  if (!of) return <Loading rows={10} />;
  const manages = mayAny(session, ["quality.manage"]);
  const done = async (words: string) => { setDialog(null); setEmpty(null); await client.invalidateQueries({ queryKey: ["review-round"] }); void client.invalidateQueries({ queryKey: ["review-rounds"] }); void message.success(words); };
  const scored = of.files.filter((it) => it.state === "scored").length;
  return (
    <Page
      title={of.name} wide intro={<><span className="state-tag">{of.state_label}</span> {of.kind_label}，{of.plan.from} 至 {of.plan.to} 办结的案件 {of.simulated && <SimulatedTag />}</>}
      extra={<div className="law-acts quality-noprint">
        <Button onClick={() => setDialog("replay")}>{of.seed ? "复核抽取" : "候选清单"}</Button>
        {manages && of.state === "gathered" && <><Button onClick={() => setDialog("close")}>取消批次</Button><Button type="primary" onClick={() => setDialog("draw")}>设定种子并抽取</Button></>}
        {manages && of.state === "drawn" && <Button type="primary" onClick={() => setDialog("close")}>办结</Button>}
        <Button onClick={() => print()}>打印</Button>
      </div>}
    >
      <dl className="quality-facts">
        <dt>标准</dt><dd>{of.sheet_title}</dd>
        <dt>范围</dt><dd>{of.plan.tracks?.length ? of.plan.tracks.map((it) => trackWords[it] ?? it).join("、") : "全部程序"}；{of.plan.results?.length ? of.plan.results.map((it) => resultWords[it] ?? it).join("、") : "全部结果"}{of.unit_name && `；${of.unit_name}`}</dd>
        <dt>抽取</dt><dd>候选 {of.candidates} 件，抽 {of.size} 件{of.plan.by_unit && "，按单位分层"}；{of.plan.double ? `双人评分，相差超过 ${of.plan.gap} 分由第三人裁定` : "单人评分"}；答复 {of.plan.answer_days} 个工作日</dd>
        <dt>清单校验值</dt><dd className="mono">{of.candidates_hash}</dd>
        {of.seed_source && <><dt>抽取约定</dt><dd>{of.draw_on} 起抽取，种子取自“{of.seed_source}”（{dateTime(of.created_at)} 随清单公布{!of.announced && "，当日抽取，没有提前公布"}）</dd></>}
        <dt>种子</dt><dd>{of.seed ? <><b>{of.seed}</b>（{of.algorithm}，{dateTime(of.drawn_at)} 抽取，评查人员 {of.reviewers} 名）</> : "尚未设定"}</dd>
        {of.close_note && <><dt>{of.state === "cancelled" ? "取消" : "办结"}</dt><dd>{dateTime(of.closed_at)}，{of.close_note}</dd></>}
      </dl>
      {of.state === "gathered" && <Alert type="info" showIcon style={{ marginBottom: 12 }} title="候选清单已经固定" description="清单和校验值先于种子固定。到约定的日期，用约定来源的内容作种子抽取；任何人可以对照来源复核。" />}
      {of.files.length > 0 && <Progress percent={Math.floor((scored / of.files.length) * 100)} format={() => `${scored}/${of.files.length} 件已评定`} aria-label="评定进度" />}
      {of.state !== "gathered" && of.state !== "cancelled" && <Files of={of} manages={manages} appoint={setEmpty} />}
      {of.files.length > 0 && <Figures of={of} />}
      {dialog === "draw" && <DrawDialog of={of} close={() => setDialog(null)} done={() => done("已抽取并随机分派")} />}
      {dialog === "close" && <CloseDialog of={of} close={() => setDialog(null)} done={() => done(of.state === "gathered" ? "已取消" : "已办结，数据已留存")} />}
      {dialog === "replay" && <Replay id={of.id} close={() => setDialog(null)} />}
      {empty && <Appoint file={empty} region={of.region} close={() => setEmpty(null)} done={() => done("已指定")} />}
    </Page>
  );
}

function Files({ of, manages, appoint }: { of: ReviewRound; manages: boolean; appoint: (file: RoundFile) => void }) {
  return (
    <section className="panel" aria-labelledby="round-files">
      <h2 id="round-files">抽中的案卷</h2>
      <Table<RoundFile>
        rowKey="id" size="small" dataSource={of.files} pagination={false} scroll={{ x: 820 }}
        columns={[
          { title: "序", width: 50, dataIndex: "rank" },
          { title: "案件", render: (_, it) => <><Link to="/quality/files/$id" params={{ id: it.id }}>{it.number}</Link><br /><span className="quiet">{it.title}</span></> },
          { title: "单位和承办人", width: 170, render: (_, it) => <>{it.unit_name || "—"}<br /><span className="quiet">{it.officer}</span></> },
          { title: "评分", width: 150, render: (_, it) => <>{it.state_label} {it.seats_done}/{it.seats}{it.empty_seat && (manages && of.state === "drawn" ? <><br /><Button size="small" onClick={() => appoint(it)}>指定评查人</Button></> : <><br /><span className="tag law-doubt">无人可派</span></>)}</> },
          { title: "得分", width: 130, align: "right", render: (_, it) => <>{points(it.tenths)}{it.failed && <span className="tag law-doubt">{it.vetoed ? "一票否决" : "不合格"}</span>}</> },
        ]}
      />
    </section>
  );
}

function Figures({ of }: { of: ReviewRound }) {
  const columns: TableColumnsType<RoundFigure> = [
    { title: "对象", render: (_, it) => (it.id && of.officers.some((person) => person.id === it.id) ? <Link to="/quality/rounds/$id/officers/$person" params={{ id: of.id, person: it.id }}>{it.name}</Link> : it.name) },
    { title: "案卷", width: 80, align: "right", render: (_, it) => `${it.scored}/${it.files}` },
    { title: "平均分", width: 80, align: "right", render: (_, it) => it.average ?? "—" },
    { title: "不合格率", width: 130, align: "right", render: (_, it) => failedRate(it) },
    { title: "整改率", width: 130, align: "right", render: (_, it) => correctedRate(it) },
    { title: "未办结问题", width: 100, align: "right", dataIndex: "open" },
    { title: "复议纠错率", width: 130, align: "right", render: (_, it) => reviewRate(it) },
    { title: "诉讼败诉率", width: 130, align: "right", render: (_, it) => suitRate(it) },
  ];
  const table = (name: string, rows: RoundFigure[]) => <Table<RoundFigure> key={name} title={() => name} rowKey={(it) => it.id ?? "all"} size="small" dataSource={[of.total, ...rows]} pagination={false} scroll={{ x: 860 }} columns={columns} locale={{ emptyText: <Empty title="没有数据" /> }} />;
  return (
    <section className="panel" aria-labelledby="round-figures">
      <h2 id="round-figures">评查数据</h2>
      <p className="quiet">{of.state === "closed" ? "以办结时为准，不再变化。" : "随办理变化，办结时留存。"}复议、诉讼按评查时段内审结的计；分母为零的不计率；异议成立的问题不计入整改率。</p>
      {table("与单位比较", of.units)}
      {table("与承办人比较", of.officers)}
    </section>
  );
}

function DrawDialog({ of, close, done }: { of: ReviewRound; close: () => void; done: () => Promise<void> }) {
  const people = useQuery({ queryKey: ["review-people", of.region], queryFn: ({ signal }) => listReviewPeople(of.region, signal) });
  return (
    <FormDialog<{ seed: string; reviewers: string[] }>
      open title="设定种子并抽取" okText="抽取" initial={{ seed: "", reviewers: [] }} close={close}
      save={async ({ seed, reviewers }) => { await drawRound(of, seed, reviewers); await done(); }}
    >
      <Form.Item name="seed" label="随机种子" extra={`取自“${of.seed_source ?? "事先约定的内容"}”；抽取后不能更改，和清单一起公开。`} rules={[{ required: true, whitespace: true, message: "请填写种子" }]}><Input maxLength={100} autoFocus placeholder="例如：体彩排列五第 26300 期 12345" /></Form.Item>
      <Form.Item name="reviewers" label="评查人员" extra="随机分派；办理、审核、审批过某案的人不会分到该案。" rules={[{ required: true, message: "请选择评查人员" }]}><Select mode="multiple" showSearch={{ optionFilterProp: "label" }} loading={people.isPending} options={(people.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))} /></Form.Item>
    </FormDialog>
  );
}

function CloseDialog({ of, close, done }: { of: ReviewRound; close: () => void; done: () => Promise<void> }) {
  const cancelling = of.state === "gathered";
  return (
    <FormDialog<{ note: string; with_open?: boolean }>
      open title={cancelling ? "取消批次" : "办结评查"} okText={cancelling ? "取消批次" : "办结"} initial={{ note: "" }} close={close}
      save={async ({ note, with_open }) => { await closeRound(of, note, !!with_open); await done(); }}
    >
      <Form.Item name="note" label={cancelling ? "取消的理由" : "办结说明"} rules={[{ required: true, whitespace: true, message: "请填写" }]}><Input.TextArea rows={3} maxLength={1000} autoFocus /></Form.Item>
      {!cancelling && of.total.open > 0 && <Form.Item name="with_open" valuePropName="checked"><Checkbox>还有 {of.total.open} 条问题未办结，带问题办结</Checkbox></Form.Item>}
    </FormDialog>
  );
}

function Appoint({ file, region, close, done }: { file: RoundFile; region: string; close: () => void; done: () => Promise<void> }) {
  const people = useQuery({ queryKey: ["review-people", region], queryFn: ({ signal }) => listReviewPeople(region, signal) });
  return (
    <FormDialog<{ seat: number; person: string }> open title={`指定评查人 · ${file.number}`} okText="指定" initial={{ seat: file.state === "arbitration" ? 3 : file.seats }} close={close} save={async ({ seat, person }) => { await appointReviewer(file.id, seat, person); await done(); }}>
      <Form.Item name="seat" label="席位"><Select options={Array.from({ length: file.seats }, (_, at) => ({ value: at + 1, label: at === 2 ? "裁定" : `评分 ${at + 1}` }))} /></Form.Item>
      <Form.Item name="person" label="评查人" rules={[{ required: true, message: "请选择评查人" }]}><Select showSearch={{ optionFilterProp: "label" }} options={(people.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))} /></Form.Item>
    </FormDialog>
  );
}

function Replay({ id, close }: { id: string; close: () => void }) {
  const query = useQuery({ queryKey: ["review-replay", id], queryFn: ({ signal }) => replayRound(id, signal) });
  const of = query.data;
  return (
    <Drawer open onClose={close} size={680} title={of?.seed ? "复核抽取" : "候选清单"}>
      {query.error ? <Failure error={query.error} /> : !of ? <Loading rows={6} /> : (
        <>
          <Alert type={of.list_same && of.draw_same !== false ? "success" : "error"} showIcon style={{ marginBottom: 12 }} title={`${of.list_same ? "清单与事先公布的校验值一致" : "清单与事先公布的校验值不一致"}${of.draw_same == null ? "；尚未抽取" : of.draw_same ? "；按种子重新抽取，结果相同" : "；按种子重新抽取，结果不同"}`} />
          <p className="quiet">校验值：清单每行一个案件编号加换行，取 SHA-256。排序号：“种子:案件编号”取 SHA-256，小的在前；按单位分层的，每个单位按份额取。任何程序都能重算。</p>
          <Table rowKey="number" size="small" pagination={{ pageSize: 50, hideOnSinglePage: true }} scroll={{ x: 560 }} dataSource={[...of.candidates].sort((a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9))} columns={[
            { title: "抽中", width: 60, render: (_, it) => it.rank ?? "" }, { title: "案件编号", width: 190, dataIndex: "number" }, { title: "排序号", render: (_, it) => <span className="mono">{it.ticket ? `${it.ticket.slice(0, 20)}…` : "—"}</span> },
          ]} />
        </>
      )}
    </Drawer>
  );
}
