/** What is entered: withholding, taking back, requests for repair, reviews and suits. */
import { useQuery } from "@tanstack/react-query";
import { App, Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { caseOfficers } from "../../api/cases";
import { applyForRepair, changeRemedy, closeRemedy, openRemedy, stepOfPublication, stepOfRepair } from "../../api/publications";
import type { PublicationView, RemedyView, RepairView } from "../../api/contract";
import { FormDialog } from "../shell/FormDialog";
import { choices, kindWords, outcomeWords, withdrawWords, withholdWords } from "./words";

const needed = (what: string) => [{ required: true, whitespace: true, message: `请填写${what}` }];
const chosen = (what: string) => [{ required: true, message: `请选择${what}` }];
const date = (it: Dayjs | null | undefined) => it?.format("YYYY-MM-DD");

interface Of { of: PublicationView; close: () => void; changed: () => void }

/** After what was saved: says so, reads anew, closes. */
function useDone({ close, changed }: { close: () => void; changed: () => void }) {
  const { message } = App.useApp();
  return (words: string) => { void message.success(words); changed(); close(); };
}

export function WithholdDialog(props: Of) {
  const done = useDone(props);
  return (
    <FormDialog<{ ground: string; reason: string }> open title="不予公开" okText="决定不予公开" initial={{}} close={props.close} save={async (it) => { await stepOfPublication(props.of, "withhold", it); done("已记载不予公开"); }}>
      <Form.Item name="ground" label="情形" rules={chosen("情形")}><Select options={choices(withholdWords)} /></Form.Item>
      <Form.Item name="reason" label="理由" rules={needed("理由")}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
    </FormDialog>
  );
}

export function WithdrawDialog(props: Of) {
  const done = useDone(props);
  return (
    <FormDialog<{ ground: string; reason: string }> open title="撤回公开信息" okText="撤回" initial={{ ground: "revoked" }} close={props.close} save={async (it) => { await stepOfPublication(props.of, "withdraw", it); done("已撤回，公示页只显示文号和理由"); }}>
      <p>三个工作日内撤回并公开说明理由（行政处罚法第四十八条第二款）。经复议、诉讼变更、撤销、确认违法的由承办人撤回；本机关自行变更或者撤销的由机关负责人撤回，变更的另起一稿公开。</p>
      <Form.Item name="ground" label="情形" rules={chosen("情形")}><Radio.Group options={choices(withdrawWords)} /></Form.Item>
      <Form.Item name="reason" label="公开的理由" extra="任何人都能看到，不写当事人姓名。" rules={needed("理由")}><Input.TextArea rows={3} maxLength={1000} autoFocus /></Form.Item>
    </FormDialog>
  );
}

export function ApplyDialog(props: Of) {
  const done = useDone(props);
  return (
    <FormDialog<{ promise: string }> open title="登记信用修复申请" okText="登记" initial={{}} close={props.close} save={async ({ promise }) => { await applyForRepair(props.of.id, promise); done("已登记，十个工作日内办结"); }}>
      <p>罚款缴清、义务履行、最短公示期满、没有新的违法，并提交信用承诺书的，可以申请提前结束公示。条件由系统核对，缺什么会说明。</p>
      <Form.Item name="promise" label="信用承诺书" extra="编号或者存放处；不写姓名。" rules={needed("信用承诺书")}><Input maxLength={200} autoFocus /></Form.Item>
    </FormDialog>
  );
}

export function RepairDialog({ of, step, ...rest }: { of: RepairView; step: "check" | "decide"; close: () => void; changed: () => void }) {
  const done = useDone(rest);
  if (step === "check") {
    return (
      <FormDialog<{ found: string; proposed: boolean }> open title="核查信用修复申请" okText="提交核查" initial={{ proposed: true, found: of.found ?? "" }} close={rest.close} save={async (it) => { await stepOfRepair(of, "check", it); done("已核查，由另一名机关负责人决定"); }}>
        <Form.Item name="found" label="核查情况" extra="违法行为是否改正、危害是否消除，怎样核实的。" rules={needed("核查情况")}><Input.TextArea rows={3} maxLength={1000} autoFocus /></Form.Item>
        <Form.Item name="proposed" label="建议"><Radio.Group options={[{ value: true, label: "准予修复" }, { value: false, label: "不予修复" }]} /></Form.Item>
      </FormDialog>
    );
  }
  return (
    <FormDialog<{ grant: boolean; reason?: string }> open title="决定信用修复" okText="决定" initial={{ grant: of.proposed ?? false }} close={rest.close} save={async (it) => { await stepOfRepair(of, "decide", { grant: it.grant, reason: it.reason ?? "" }); done(it.grant ? "已准予修复，公示提前结束" : "已决定不予修复"); }}>
      <p>核查：{of.found}</p>
      <Form.Item name="grant" label="决定"><Radio.Group options={[{ value: true, label: "准予修复" }, { value: false, label: "不予修复" }]} /></Form.Item>
      <Form.Item name="reason" label="理由" extra="不予修复的必须写明，系统附上救济途径。"><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
    </FormDialog>
  );
}

function Answers() {
  const officers = useQuery({ queryKey: ["case-officers"], queryFn: ({ signal }) => caseOfficers(signal) });
  return <Form.Item name="answers" label="承办人（选填）"><Select allowClear showSearch optionFilterProp="label" options={(officers.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))} /></Form.Item>;
}

export function RemedyDialog({ kind, caseId, ...rest }: { kind: "review" | "suit"; caseId: string; close: () => void; changed: () => void }) {
  const done = useDone(rest);
  return (
    <FormDialog<{ body: string; number?: string; received: Dayjs; simple?: boolean; answers?: string }>
      open title={`登记${kindWords[kind]}`} okText="登记" initial={{ received: dayjs() }} close={rest.close}
      save={async ({ received, ...it }) => { await openRemedy(caseId, { kind, body: it.body, number: it.number ?? "", received_on: date(received), simple: it.simple ?? false, ...(it.answers ? { answers: it.answers } : {}) }); done("已登记，案件同时记载"); }}
    >
      <p>{kind === "review" ? "自收到申请书副本之日起十个工作日内答复（简易程序五个工作日），并提交证据（行政复议法第四十八条、第五十四条）。" : "自收到起诉状副本之日起十五日内提交答辩状和证据（行政诉讼法第六十七条）。"}</p>
      <Form.Item name="body" label={kind === "review" ? "复议机关" : "人民法院"} rules={needed("机关")}><Input maxLength={200} autoFocus /></Form.Item>
      <Form.Item name="number" label="案号（选填）"><Input maxLength={100} /></Form.Item>
      <Form.Item name="received" label="收到日期" rules={chosen("收到日期")}><DatePicker maxDate={dayjs()} /></Form.Item>
      {kind === "review" && <Form.Item name="simple" valuePropName="checked"><Checkbox>适用简易程序审理</Checkbox></Form.Item>}
      <Answers />
    </FormDialog>
  );
}

export function RemedyEdit({ of, ...rest }: { of: RemedyView; close: () => void; changed: () => void }) {
  const done = useDone(rest);
  const at = (text?: string | null) => (text ? dayjs(text) : null);
  return (
    <FormDialog<{ body: string; number?: string; answered?: Dayjs | null; hearing?: Dayjs | null; served?: Dayjs | null; answers?: string; followed?: string }>
      open title={`补充${of.kind_label}记录`} initial={{ body: of.body, number: of.number, answered: at(of.answered_on), hearing: at(of.hearing_at), served: at(of.served_on), followed: of.followed, ...(of.answers ? { answers: of.answers } : {}) }} close={rest.close}
      save={async (it) => {
        await changeRemedy(of, { body: it.body, number: it.number ?? "", answered_on: date(it.answered) ?? null, hearing_at: it.hearing?.toISOString() ?? null, served_on: date(it.served) ?? null, answers: it.answers ?? null, followed: it.followed ?? "" });
        done("已保存");
      }}
    >
      <Form.Item name="body" label="机关或者法院" rules={needed("机关")}><Input maxLength={200} /></Form.Item>
      <Form.Item name="number" label="案号"><Input maxLength={100} /></Form.Item>
      <Form.Item name="answered" label="答复、答辩日期"><DatePicker maxDate={dayjs()} /></Form.Item>
      <Answers />
      <Form.Item name="hearing" label="开庭、听证时间"><DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" /></Form.Item>
      <Form.Item name="served" label="结果送达日期"><DatePicker maxDate={dayjs()} /></Form.Item>
      <Form.Item name="followed" label="后续"><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
    </FormDialog>
  );
}

export function RemedyDone({ of, ...rest }: { of: RemedyView; close: () => void; changed: () => void }) {
  const done = useDone(rest);
  const [outcome, setOutcome] = useState<string>();
  const changed = outcome === "changed";
  const words = Object.fromEntries(Object.entries(outcomeWords).filter(([code]) => of.kind === "review" || code !== "lapsed"));
  const dayOf = outcome === "lapsed" ? "复议期限届满的日期" : outcome === "not-accepted" || outcome === "rejected" ? "当事人收到的日期" : "送达日期";
  const fen = (yuan?: number | null) => Math.round((yuan ?? 0) * 100);
  return (
    <FormDialog<{ outcome: string; served: Dayjs; followed?: string; fine?: number; confiscated?: number; opposed?: string }>
      open title={`登记${of.kind_label}结果`} okText="登记结果" initial={{ served: dayjs(), followed: of.followed }} close={rest.close}
      save={async (it) => { await closeRemedy(of, { outcome: it.outcome, served_on: date(it.served), followed: it.followed ?? "", ...(changed ? { fine_fen: fen(it.fine), confiscated_fen: fen(it.confiscated), ...(it.opposed ? { opposed: it.opposed } : {}) } : {}) }); done("已登记，案件同时记载"); }}
    >
      <Form.Item name="outcome" label="结果" extra="撤销、变更、确认违法或者无效的，三个工作日内撤回公开。变更、确认违法的决定没有被撤销；撤回、终止的不是维持：起诉期限仍按决定送达之日计算。" rules={chosen("结果")}><Select options={choices(words)} onChange={setOutcome} /></Form.Item>
      {changed && (
        <>
          <Form.Item name="fine" label="变更后的罚款（元）" extra="不得重于原决定。不再罚款的填 0；变更为其他种类的，在案件页办理“决定被变更”。" rules={chosen("罚款数额")}><InputNumber min={0} precision={2} style={{ width: 200 }} /></Form.Item>
          <Form.Item name="confiscated" label="变更后的没收数额（元，没有的不填）"><InputNumber min={0} precision={2} style={{ width: 200 }} /></Form.Item>
          <Form.Item name="opposed" label="第三人的相反请求（加重时必填）"><Input maxLength={1000} /></Form.Item>
        </>
      )}
      <Form.Item name="served" label={dayOf} rules={chosen(dayOf)}><DatePicker maxDate={dayjs()} /></Form.Item>
      <Form.Item name="followed" label="后续（选填）"><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
    </FormDialog>
  );
}
