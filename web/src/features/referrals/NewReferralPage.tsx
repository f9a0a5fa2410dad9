/** Put something before the case management centre (提出移交): a bureau's own finding, or a lead of the house. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useEffect, useState } from "react";
import { listMatters, suggestMatters } from "../../api/law";
import { readLead } from "../../api/leads";
import { openReferral, type SentFile } from "../../api/referrals";
import type { NewCaseReferral } from "../../api/referral-types";
import { asProblem, type Problem } from "../../api/problem";
import { now } from "../../format/clock";
import { PlaceInput, wholePlace, type Partly } from "../machines/PlaceInput";
import { fieldErrors, Page } from "../shell/Page";
import { FilesField } from "./FilesField";
import { lacksName, type TypedSuspect } from "./referrals";
import "../machines/machines.css";
import "../cases/cases.css";
import "./referrals.css";

interface Fields { facts: string; place: string; matter_code?: string; position?: Partly | null; acted_on?: Dayjs | null; wished_on?: Dayjs | null; files?: SentFile[]; suspect?: { kind?: "individual" | "household" | "unit"; name?: string; id_number?: string; telephone?: string } }

const kinds = [{ value: "individual", label: "个人" }, { value: "household", label: "个体工商户" }, { value: "unit", label: "单位" }];
const need = (message: string) => [{ required: true, whitespace: true, message }];

export function NewReferralPage() {
  const search = useSearch({ strict: false }) as { lead?: string; number?: string };
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [travelling, setTravelling] = useState(false);
  const lead = useQuery({ queryKey: ["lead", search.lead], enabled: search.lead !== undefined, queryFn: ({ signal }) => readLead(search.lead ?? "", signal) });
  useEffect(() => {
    if (!lead.data) return;
    if (!form.getFieldValue("facts")) form.setFieldValue("facts", lead.data.description);
    if (!form.getFieldValue("place")) form.setFieldValue("place", [lead.data.place.township_name, lead.data.place.address].filter(Boolean).join(" "));
  }, [lead.data, form]);

  async function save({ acted_on, wished_on, position, suspect, files, matter_code, ...rest }: Fields) {
    setBusy(true);
    setProblem(null);
    const place = wholePlace(position);
    const named = suspect?.name?.trim();
    const body: NewCaseReferral = {
      ...rest, files: files ?? [],
      ...(matter_code ? { matter_code } : {}), ...(acted_on ? { acted_on: acted_on.format("YYYY-MM-DD") } : {}), ...(wished_on ? { wished_on: wished_on.format("YYYY-MM-DD") } : {}),
      ...(place ? { position: place } : {}), ...(search.lead ? { lead: search.lead } : {}),
      ...(named ? { suspect: { kind: suspect?.kind ?? "individual", name: named, id_number: suspect?.id_number?.trim() || null, telephone: suspect?.telephone?.trim() || null } } : {}),
    };
    try {
      const made = await openReferral(body);
      void client.invalidateQueries({ queryKey: ["referrals"] });
      void message.success(`已提出移交 ${made.number}`);
      void navigate({ to: "/referrals/$id", params: { id: made.id }, replace: true });
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed) as never);
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Page title="提出移交" intro={search.lead ? `线索 ${search.number ?? ""} 的照片和位置随移交带入，线索页会显示办到哪一步。` : "把检查中发现的涉嫌违法线索交案件管理中心；受理、分流、办案和结果都在同一页上看。"}>
      <Form<Fields> form={form} layout="vertical" requiredMark={false} className="panel case-form" onFinish={(fields) => void save(fields)} initialValues={{ suspect: { kind: "individual" } }}>
        <MatterField />
        <fieldset>
          <legend>事实</legend>
          <Form.Item name="facts" label="发现了什么" extra="不要写嫌疑人的姓名、证件号和电话，下面另填。" rules={need("请写明事实")}><Input.TextArea rows={4} maxLength={4000} showCount /></Form.Item>
          <Form.Item name="place" label="地点" rules={need("请填写地点")}><Input maxLength={200} /></Form.Item>
          <Form.Item name="position" label="地图位置" extra={search.lead ? "不标注的，按线索的位置。" : "标注以后，去向由事项和位置推定。"}><PlaceInput label="点击地图标注违法行为发生地" /></Form.Item>
          <div className="row">
            <Form.Item name="acted_on" label="发生（终了）之日（选填）"><DatePicker style={{ width: "100%" }} disabledDate={(it) => it.isAfter(dayjs(now()), "day")} /></Form.Item>
            <Form.Item name="wished_on" label="希望在哪一天以前答复（选填）"><DatePicker style={{ width: "100%" }} disabledDate={(it) => it.isBefore(dayjs(now()), "day")} /></Form.Item>
          </div>
        </fieldset>
        <fieldset>
          <legend>嫌疑人（选填）</legend>
          <div className="row">
            <Form.Item name={["suspect", "kind"]} label="类型"><Select options={kinds} /></Form.Item>
            <Form.Item name={["suspect", "name"]} label="姓名或者名称" dependencies={[["suspect", "id_number"], ["suspect", "telephone"]]} rules={[({ getFieldValue }) => ({ validator: () => (lacksName(getFieldValue("suspect") as TypedSuspect | undefined) ? Promise.reject(new Error("填了证件号码或者电话的，请填写姓名或者名称")) : Promise.resolve()) })]}><Input maxLength={100} autoComplete="off" /></Form.Item>
            <Form.Item name={["suspect", "id_number"]} label="证件号码"><Input maxLength={30} autoComplete="off" /></Form.Item>
            <Form.Item name={["suspect", "telephone"]} label="电话"><Input maxLength={20} autoComplete="off" /></Form.Item>
          </div>
          <p className="quiet">加密保存，页上遮盖；查看要写理由并记入台账。</p>
        </fieldset>
        <Form.Item name="files" label="材料（选填）" extra="检查记录、照片、录像、检测报告；立案后收入案件证据。最多 20 个，每个 512 MB。"><FilesField busy={setTravelling} /></Form.Item>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} {...(problem.citation ? { description: `依据：${problem.citation}` } : {})} />}
        <Button type="primary" htmlType="submit" loading={busy} disabled={travelling}>{travelling ? "文件还在上传…" : "提出移交"}</Button>
      </Form>
    </Page>
  );
}

/** The matter, found by words, or by what the facts say. */
function MatterField() {
  const [words, setWords] = useState("");
  const q = words.trim();
  const facts = (Form.useWatch("facts") as string | undefined)?.trim() ?? "";
  const [settled, setSettled] = useState("");
  useEffect(() => { const later = setTimeout(() => setSettled(facts), 600); return () => clearTimeout(later); }, [facts]);
  const found = useQuery({ queryKey: ["matters", { q }], enabled: q.length > 0, staleTime: 60_000, queryFn: ({ signal }) => listMatters({ q }, signal) });
  const likely = useQuery({ queryKey: ["likely-matters", settled], enabled: settled.length >= 4, retry: false, staleTime: 10 * 60_000, queryFn: ({ signal }) => suggestMatters({ text: settled }, signal) });
  const suggested = (likely.data?.items ?? []).map((it) => ({ value: it.code, label: `${it.code} ${it.name}（《${it.law}》${it.penalty_article}）` }));
  const listed = (found.data?.items ?? []).filter((it) => it.in_force).map((it) => ({ value: it.code, label: `${it.code} ${it.facts.name}（《${it.facts.law}》${it.facts.penalty_article}）` }));
  return (
    <Form.Item name="matter_code" label="执法事项（选填）" extra={suggested.length > 0 && q === "" ? "列出的是按事实用词推荐的事项，也可以输入违法行为、法规或者编号查找。" : "输入违法行为、法规、条款或者编号查找；写了事实以后会按事实推荐。"}>
      <Select
        allowClear showSearch={{ filterOption: false, onSearch: setWords }} loading={found.isFetching} options={q === "" ? suggested : listed} placeholder="查找执法事项"
        notFoundContent={q === "" ? "写下事实，或者输入两个字以上查找" : found.isFetching ? "正在查找…" : "没有找到今日可以引用的事项"}
      />
    </Form.Item>
  );
}
