/** Doing something with a referral, and seeing who is suspected. */
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { actOnReferral, revealSuspect, type SentFile } from "../../api/referrals";
import type { CaseReferral, CaseReferralPower, CaseReferralSuspect } from "../../api/referral-types";
import { FormDialog } from "../shell/FormDialog";
import { FilesField } from "./FilesField";
import { asked, type Asked } from "./referrals";

type Offer = CaseReferral["offers"][number];

/** Whom an action may name. */
function choices(of: CaseReferral, ask: Asked) {
  if (!ask.unit) return [];
  if (ask.unit !== "ask") return of.targets.filter((it) => it.way === ask.unit).map((it) => ({ value: it.id, label: it.name }));
  const own = of.own ? [] : [{ value: of.asker.id, label: `${of.asker.name}（提出移交的部门）` }];
  return [...own, ...of.targets.filter((it) => it.way === "bureau" && it.id !== of.asker.id).map((it) => ({ value: it.id, label: it.name }))];
}

export function ActDialog({ of, offer, close }: { of: CaseReferral; offer: Offer; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const [travelling, setTravelling] = useState(false);
  const ask = asked[offer.verb];
  if (!ask) return null;
  const options = choices(of, ask);
  const power = of.power as CaseReferralPower | null | undefined;
  const proposed = power?.way === ask.unit && options.some((it) => it.value === power?.unit) ? power?.unit : undefined;
  const waiting = of.asks.filter((it) => it.mine);
  return (
    <FormDialog<{ text: string; unit?: string; days?: number; ask?: number; files?: SentFile[] }>
      open title={`${offer.label} · ${of.number}`} okText={offer.label} width={600} close={close}
      initial={{ text: proposed && power ? power.why : "", ...(proposed ? { unit: proposed } : ask.unit === "ask" && options[0] ? { unit: options[0].value } : {}), ...(waiting[0] ? { ask: waiting[0].ordinal } : {}) }}
      save={async ({ text, unit, days, ask: which, files }) => {
        if (travelling) { void message.warning("文件还在上传，请稍候"); return; }
        await actOnReferral(of, offer.verb, {
          ...(text?.trim() ? { text: text.trim() } : {}), ...(unit ? { unit } : {}), ...(days ? { days } : {}), ...(offer.verb === "answer-ask" && which ? { ask: which } : {}), ...(files?.length ? { files } : {}),
        });
        void client.invalidateQueries({ queryKey: ["referrals"] });
        void message.success(`已${offer.label}`);
        close();
      }}
    >
      {ask.unit && <Form.Item name="unit" label={ask.unit === "ask" ? "请求哪个部门" : "接办单位"} rules={[{ required: true, message: "请选择单位" }]}><Select showSearch={{ optionFilterProp: "label" }} options={options} placeholder="选择单位" notFoundContent={ask.unit === "bureau" || ask.unit === "ask" ? "没有设联络员账号的部门；由系统管理员建立" : "没有可以选择的单位"} /></Form.Item>}
      {offer.verb === "answer-ask" && waiting.length > 1 && <Form.Item name="ask" label="答复哪一件"><Select options={waiting.map((it) => ({ value: it.ordinal, label: it.text }))} /></Form.Item>}
      {offer.verb === "answer-ask" && waiting.length === 1 && <p className="extension-note">{waiting[0]?.text}</p>}
      {ask.days && <Form.Item name="days" label={ask.days} extra="不填的，按移交时限设置。"><InputNumber min={1} max={60} precision={0} style={{ width: 140 }} /></Form.Item>}
      <Form.Item name="text" label={ask.label} extra={ask.extra} rules={ask.required ? [{ required: true, whitespace: true, message: `请填写${ask.label}` }] : []}><Input.TextArea rows={4} maxLength={4000} showCount autoFocus /></Form.Item>
      {ask.files && <Form.Item name="files" label="文件（选填）"><FilesField busy={setTravelling} /></Form.Item>}
    </FormDialog>
  );
}

/** Who is suspected, masked; in full with a reason, which the ledger keeps. */
export function Suspect({ of }: { of: CaseReferral }) {
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<CaseReferralSuspect | null>(null);
  if (!of.suspect) return null;
  return (
    <>
      {of.suspect.kind_label} {shown ? [shown.name, shown.id_number, shown.telephone].filter(Boolean).join("，") : of.suspect.name}
      {of.may_reveal && !shown && <Button type="link" size="small" onClick={() => setAsking(true)}>查看</Button>}
      {asking && (
        <FormDialog<{ reason: string }> open title="查看嫌疑人信息" okText="查看" initial={{ reason: "" }} close={() => setAsking(false)} save={async ({ reason }) => { setShown(await revealSuspect(of.id, reason)); setAsking(false); }}>
          <Form.Item name="reason" label="查看理由" extra="记入台账。" rules={[{ required: true, whitespace: true, message: "请填写查看理由" }]}><Input maxLength={500} autoFocus /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}
