/** A step's form, drawn from what its row looks at and nothing else tells. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { App, Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from "antd";
import type { Dayjs } from "dayjs";
import { actOnCase, caseOfficers } from "../../api/cases";
import type { CaseFile, CaseOffer } from "../../api/contract";
import { FormDialog } from "../shell/FormDialog";
import { daysNeeded, fieldsOf, findingWords, meansWords, modeWords, type Field } from "./cases";
import { LawFields } from "./LawFields";
import { PlanFields } from "./PlanFields";

interface Fields { plan?: { kinds?: string[]; fine_fen?: number | null; confiscated_fen?: number | null; surcharge?: boolean; reasons?: string; mitigation?: string }; hearing_at?: Dayjs | null; announced?: Dayjs | null; served_on?: Dayjs | null; ended_on?: Dayjs | null; [key: string]: unknown }

const words = (of: Record<string, string>) => Object.entries(of).map(([value, label]) => ({ value, label }));
const yesNo = (yes: string, no: string) => [{ value: true, label: yes }, { value: false, label: no }];

export function StepDialog({ of: newest, offer, close }: { of: CaseFile; offer: CaseOffer; close: () => void }) {
  // The case as it was when the form was opened: what happens to it meanwhile is refused by its version, not overwritten.
  const [of] = useState(newest);
  const client = useQueryClient();
  const { message } = App.useApp();
  const fields = fieldsOf(offer, of);
  const has = (field: Field) => fields.includes(field);
  const people = useQuery({ queryKey: ["case-officers"], queryFn: ({ signal }) => caseOfficers(signal), staleTime: 60_000, enabled: has("officers") || has("checked_by") || has("approved_by") || has("measure") });
  const officers = (people.data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name} · ${it.valid ? it.certificate ?? "" : "证件无效"}` }));
  const heads = (people.data?.heads ?? []).map((it) => ({ value: it.id, label: it.name }));
  const choosesLaw = of.basis?.law?.needed === true && ["approve-notice", "decide", "decide-on-spot"].includes(offer.action);
  const crew = of.officers.filter((it) => !it.recused).map((it) => it.id);
  const initial: Fields = {
    ...(choosesLaw ? { law_choice: { version: of.basis?.law?.chosen ?? null, reason: of.basis?.law?.chosen ? of.basis.law.why : "" } } : {}),
    officers: crew, reached: of.parties.map((it) => it.ordinal), mode: "direct",
    ...(of.plan ? { plan: { ...of.plan, fine_fen: of.plan.fine_fen ? of.plan.fine_fen / 100 : null, confiscated_fen: of.plan.confiscated_fen ? of.plan.confiscated_fen / 100 : null } as NonNullable<Fields["plan"]> } : { plan: { kinds: ["fine"] } }),
  };
  const optionalPlan = offer.action === "end";
  return (
    <FormDialog<Fields>
      open title={`${offer.label} · ${of.number}`} okText={offer.label} width={620} initial={initial} close={close}
      save={async (given) => {
        const content = { ...contentOf(given, fields, optionalPlan), ...(choosesLaw ? { law_choice: given.law_choice } : {}) };
        const done = await actOnCase(of, offer.action, content);
        client.setQueryData(["case", of.id], done);
        void client.invalidateQueries({ queryKey: ["cases"] });
        void message.success(`已办理：${offer.label}`);
        close();
      }}
    >
      <p className="quiet">依据：{offer.article}。由{offer.actor_label}办理{offer.documents.length > 0 && `，文书 ${offer.documents.join("、")}`}。</p>
      {has("officers") && <Form.Item name="officers" label="参与的执法人员" extra="两名以上持有效执法证件，含您本人。"><Select mode="multiple" loading={people.isLoading} options={officers} optionFilterProp="label" /></Form.Item>}
      {has("approved_by") && <Form.Item name="approved_by" label="事先批准的机关负责人"><Select allowClear loading={people.isLoading} options={heads} placeholder="未批准" /></Form.Item>}
      {has("related") && <Form.Item name="related" label="主持人与本案" rules={[{ required: true, message: "请选择" }]}><Radio.Group options={yesNo("有直接利害关系", "没有直接利害关系")} /></Form.Item>}
      {has("finding") && <Form.Item name="finding" label="调查结论" rules={[{ required: true, message: "请选择调查结论" }]}><Radio.Group options={words(findingWords)} className="stacked" /></Form.Item>}
      {has("evidence") && <Form.Item name="evidence" label="证明事实的证据"><Input.TextArea rows={2} maxLength={2000} placeholder="询问笔录、现场照片、检查记录……" /></Form.Item>}
      {has("weighty") && (
        <>
          <Form.Item name="complex" valuePropName="checked" noStyle><Checkbox>情节复杂或者重大（须集体讨论）</Checkbox></Form.Item>
          <Form.Item name="review_due" valuePropName="checked"><Checkbox>应当法制审核（第五十八条第一款第一、三、四项）</Checkbox></Form.Item>
        </>
      )}
      {has("plan") && <PlanFields of={of} optional={optionalPlan} />}
      {choosesLaw && of.basis?.law && <LawFields of={of.basis.law} />}
      {has("service") && <ServiceFields />}
      {has("reached") && <Form.Item name="reached" label="已送达、告知的当事人"><Checkbox.Group options={of.parties.map((it) => ({ value: it.ordinal, label: it.name || `当事人 ${it.ordinal}` }))} /></Form.Item>}
      {has("tells_hearing") && <Form.Item name="tells_hearing" valuePropName="checked"><Checkbox>告知书写明了要求听证的权利和五个工作日的期限</Checkbox></Form.Item>}
      {has("hearing_at") && <Form.Item name="hearing_at" label="听证时间" extra="通知送达与听证之间应有七个工作日。" rules={[{ required: true, message: "请选择听证时间" }]}><DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" /></Form.Item>}
      {has("agreed") && <Form.Item name="agreed" label="当事人书面意见" rules={[{ required: true, message: "请选择" }]}><Radio.Group options={yesNo("同意、申请", "不同意、未申请")} /></Form.Item>}
      {has("heeded") && <Form.Item name="heeded" label="复查结果" rules={[{ required: true, message: "请选择" }]}><Radio.Group options={yesNo("已改正", "未改正")} /></Form.Item>}
      {has("measure") && <Form.Item name="measure" label="批准情况" rules={[{ required: true, message: "请选择" }]}><Radio.Group options={[{ value: "before", label: "事先批准" }, { value: "urgent", label: "情况紧急，先行实施" }]} /></Form.Item>}
      {has("means") && <Form.Item name="means" label="强制执行的内容" rules={[{ required: true, message: "请选择" }]}><Select options={words(meansWords)} /></Form.Item>}
      {has("announced") && <Form.Item name="announced" label="公告限期自行拆除的截止日（拆除时）"><DatePicker /></Form.Item>}
      {offer.action === "changed" && <p className="quiet">填写变更以后的全部处罚内容。变更不得重于原决定；第三人提出相反请求的除外，在“法律、法规依据或者法定情形”里写明。办理以后缴款数额随之变更，多缴的列入待查款，由两人退还。</p>}
      {offer.action === "found-unlawful" && <p className="quiet">决定没有被撤销，仍然有效：不退款，已经公开的三个工作日内撤回。</p>}
      {has("ended_on") && <Form.Item name="ended_on" label={offer.action === "review-lapses" ? "复议期限届满的日期" : "当事人收到不予受理、驳回申请决定的日期"} extra={offer.action === "review-lapses" ? "自受理之日起六十日（简易程序三十日），经批准延长的至多再加三十日。当事人自届满之日起十五日内可以起诉。" : "当场处罚的，当事人自收到之日起十五日内可以起诉；其他的起诉期限仍按决定送达之日计算。"} rules={[{ required: true, message: "请选择日期" }]}><DatePicker disabledDate={(of) => of.isAfter(Date.now())} /></Form.Item>}
      {has("recused") && <Form.Item name="recused" label="应当回避的人员（选填）"><Select mode="multiple" options={of.officers.map((it) => ({ value: it.id, label: it.name }))} /></Form.Item>}
      {has("checked_by") && <Form.Item name="checked_by" label="脱敏核对人" extra="由您以外的一人核对：没有个人信息、商业秘密和第三人姓名。"><Select allowClear loading={people.isLoading} options={officers} optionFilterProp="label" /></Form.Item>}
      {texts.filter(([field]) => has(field)).map(([field, label]) => <Form.Item key={field} name={field} label={label}><Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={2000} /></Form.Item>)}
      {has("days") && <Form.Item name="days" label={daysNeeded.includes(offer.action) ? "期限（日）" : "陈述申辩期限（工作日，选填）"} rules={daysNeeded.includes(offer.action) ? [{ required: true, message: "请填写天数" }] : []}><InputNumber min={1} max={3650} precision={0} /></Form.Item>}
      <Form.Item name="note" label="情况和理由（选填）" extra="不要写当事人的姓名、证件号和电话。"><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
    </FormDialog>
  );
}

const texts: [Field, string][] = [
  ["basis", "法律、法规依据或者法定情形"], ["new_facts", "新的事实"], ["lenient", "从轻或者减轻的情况"], ["education", "教育情况"], ["on_record", "听证笔录的采纳情况"], ["slight", "危害后果轻微的情况"], ["receipt", "专用票据号"], ["urgent", "紧急情形（选填）"],
];

/** What proves each mode (民事诉讼法第八十七条至第九十五条), and which day counts. */
const proofWords = { direct: "送达回证（编号或者证据编号）", left: "见证人签名的送达回证或者录像（证据编号）", post: "邮件号码", entrusted: "受托机关和委托函号", public: "公告（编号或者证据编号）" };
const dayWords = { direct: "送达回证上签收的日期", left: "把文书留下的日期", post: "回执上注明的收件日期", entrusted: "受托机关送达回证上的日期", public: "发出公告的日期" };

function ServiceFields() {
  const mode = Form.useWatch("mode") as keyof typeof modeWords | undefined;
  return (
    <>
      <Form.Item name="mode" label="送达方式" rules={[{ required: true, message: "请选择送达方式" }]}><Radio.Group options={words(modeWords)} /></Form.Item>
      {mode === "left" && (
        <>
          <Form.Item name="witnessed" valuePropName="checked" noStyle><Checkbox>有见证人签名</Checkbox></Form.Item>
          <Form.Item name="recorded" valuePropName="checked"><Checkbox>拍照、录像记录了送达过程</Checkbox></Form.Item>
        </>
      )}
      {mode === "electronic" && <p className="quiet">文书先在“当事人页面”里送达到当事人的页面；到达的日期就是送达日期，不用填写。</p>}
      {mode === "public" && <Form.Item name="tried" label="已试过的其他送达方式和经过" rules={[{ required: true, message: "请写明原因和经过" }]}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>}
      {mode === "public" && <Form.Item name="medium" label="公告的媒体、网站或者张贴地点" rules={[{ required: true, message: "请填写" }]}><Input maxLength={200} /></Form.Item>}
      {(mode === "post" || mode === "entrusted") && <Form.Item name="tried" label="直接送达的经过（催告书必填）"><Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={2000} /></Form.Item>}
      {mode && mode !== "electronic" && <Form.Item name="proof" label={proofWords[mode]} extra="送达回证、回执扫描件可以先提交到证据里，这里填证据编号。" rules={mode === "post" || mode === "entrusted" ? [{ required: true, message: "请填写" }] : []}><Input maxLength={200} /></Form.Item>}
      {mode && mode !== "electronic" && <Form.Item name="served_on" label={dayWords[mode]} extra={mode === "public" ? "公告满三十日视为送达。" : "期限从这一天起算；不填就是今天。"} rules={mode === "post" || mode === "entrusted" ? [{ required: true, message: "请选择日期" }] : []}><DatePicker disabledDate={(of) => of.isAfter(Date.now())} /></Form.Item>}
    </>
  );
}

const filled = (value: unknown) => value !== undefined && value !== null && value !== "" && !(typeof value === "string" && value.trim() === "");

/** What the server is given: only what the form asked for, money in fen. */
function contentOf(given: Fields, fields: readonly Field[], optionalPlan: boolean): object {
  const { plan, hearing_at, announced, served_on, ended_on, ...rest } = given;
  const wanted: Record<string, unknown> = Object.fromEntries(Object.entries(rest).filter(([, value]) => filled(value)));
  delete wanted["law_choice"];
  if (!fields.includes("officers")) delete wanted["officers"];
  if (!fields.includes("reached")) delete wanted["reached"];
  if (!fields.includes("service")) delete wanted["mode"];
  if (hearing_at) wanted["hearing_at"] = hearing_at.toISOString();
  if (served_on && fields.includes("service") && given["mode"] !== "electronic") wanted["served_on"] = served_on.format("YYYY-MM-DD");
  if (ended_on && fields.includes("ended_on")) wanted["ended_on"] = ended_on.format("YYYY-MM-DD");
  if (announced) wanted["announced"] = announced.format("YYYY-MM-DD");
  const planned = plan && (!optionalPlan || filled(plan.reasons) || filled(plan.fine_fen));
  if (fields.includes("plan") && planned) {
    const fen = (amount: number | null | undefined) => Math.round((amount ?? 0) * 100);
    wanted["plan"] = {
      kinds: plan.kinds ?? [], fine_fen: fen(plan.fine_fen), confiscated_fen: fen(plan.confiscated_fen), surcharge: plan.surcharge ?? false, reasons: plan.reasons ?? "",
      ...(filled(plan.mitigation) ? { mitigation: plan.mitigation } : {}),
    };
  }
  return wanted;
}
