/** Open a case (登记案件): the matter, the act, the parties, the officers; out of a lead where the address names one. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, DatePicker, Form, Input, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { caseOfficers, openCase } from "../../api/cases";
import { readLead } from "../../api/leads";
import type { NewCase } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { now } from "../../format/clock";
import { useSession } from "../session/session";
import { fieldErrors, Page } from "../shell/Page";
import { wholePlace, type Partly } from "../machines/PlaceInput";
import { trackWords } from "./cases";
import { ActPlace, MatterFields } from "./MatterFields";
import "../machines/machines.css";
import "./cases.css";

type Fields = Omit<NewCase, "acted_on" | "found_on" | "parties" | "lead" | "referral" | "position"> & { from: "library" | "typed"; position?: Partly | null; acted_on: Dayjs; party: NewCase["parties"][number]; more?: NewCase["parties"] };

const kinds = [{ value: "individual", label: "个人" }, { value: "household", label: "个体工商户" }, { value: "unit", label: "单位" }];
const ages = [{ value: "grown", label: "成年" }, { value: "youth", label: "已满十四周岁不满十八周岁" }, { value: "excused", label: "不满十四周岁或者不能辨认、控制自己行为" }];
const need = (message: string) => [{ required: true, message }];

export function NewCasePage() {
  const search = useSearch({ strict: false }) as { lead?: string; referral?: string; number?: string };
  const session = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const people = useQuery({ queryKey: ["case-officers"], queryFn: ({ signal }) => caseOfficers(signal), staleTime: 60_000 });
  const lead = useQuery({ queryKey: ["lead", search.lead], enabled: search.lead !== undefined, queryFn: ({ signal }) => readLead(search.lead ?? "", signal) });
  const officers = (people.data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name} · ${it.organisation} · ${it.valid ? it.certificate ?? "" : "证件无效"}` }));

  async function save({ from, party, more, acted_on, matter, matter_code, typed_reason, computed_range, position, ...rest }: Fields) {
    setBusy(true);
    setProblem(null);
    const fen = (amount: number | null | undefined) => (amount == null ? null : Math.round(amount * 100));
    const tidy = (it: NewCase["parties"][number]) => ({ ...it, id_number: it.id_number?.trim() || null, telephone: it.telephone?.trim() || null });
    try {
      const made = await openCase({
        ...rest, acted_on: acted_on.format("YYYY-MM-DD"), parties: [party, ...(more ?? [])].map(tidy),
        ...(from === "typed" && matter
          ? { typed_reason: typed_reason ?? "", matter: { ...matter, ours: matter.ours ?? false, fine_min_fen: fen(matter.fine_min_fen), fine_max_fen: fen(matter.fine_max_fen) } }
          : { matter_code: matter_code ?? "", ...(computed_range?.max_fen != null ? { computed_range: { min_fen: fen(computed_range.min_fen) ?? 0, max_fen: fen(computed_range.max_fen) ?? 0, reason: computed_range.reason ?? "" } } : {}) }),
        ...(wholePlace(position) ? { position: wholePlace(position) } : {}), ...(search.lead ? { lead: search.lead } : {}), ...(search.referral ? { referral: search.referral } : {}),
      });
      void client.invalidateQueries({ queryKey: ["cases"] });
      if (search.referral) void client.invalidateQueries({ queryKey: ["referrals"] });
      void message.success(`已登记案件 ${made.number}`);
      void navigate({ to: "/cases/$id", params: { id: made.id }, replace: true });
    } catch (error) {
      const failed = asProblem(error);
      form.setFields(fieldErrors(failed).map((it) => (it.name[0] === "parties" ? { ...it, name: ["party", ...it.name.slice(1)] } : it)) as never);
      setProblem(failed);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Page title="登记案件" intro={search.referral ? `来自移交 ${search.number ?? ""}：地点归属、照片和材料随移交带入，材料收入本案证据。` : search.lead ? `来自线索 ${search.number ?? ""}：地点归属、照片随线索带入，线索上会显示本案。` : "本机关自行发现的违法行为。登记后由机关负责人审批立案。"}>
      <Form<Fields>
        form={form} layout="vertical" requiredMark={false} className="panel case-form" onFinish={(fields) => void save(fields)}
        initialValues={{ from: "library", track: "ordinary", acted_on: dayjs(now()), officers: [session.person.id], party: { kind: "individual", age: "grown" }, matter: { ours: true } } as never}
      >
        <Form.Item name="track" label="程序"><Radio.Group options={Object.entries(trackWords).map(([value, label]) => ({ value, label }))} /></Form.Item>
        <MatterFields lead={lead.data} />
        <fieldset>
          <legend>违法行为</legend>
          <div className="row">
            <Form.Item name="acted_on" label="发生（终了）之日" rules={need("请选择日期")}><DatePicker style={{ width: "100%" }} /></Form.Item>
            <Form.Item name="place" label="发生地" rules={need("请填写发生地")}><Input maxLength={200} /></Form.Item>
          </div>
          <ActPlace lead={search.lead !== undefined || search.referral !== undefined} />
          <Form.Item name="summary" label="案情摘要" extra="不要写当事人的姓名、证件号和电话。" rules={need("请填写案情摘要")}><Input.TextArea rows={3} maxLength={2000} showCount /></Form.Item>
          <Form.Item name="correction_first" valuePropName="checked" noStyle><Checkbox>以逾期不改正为处罚要件（先责令限期改正）</Checkbox></Form.Item>
          <Form.Item name="five_years" valuePropName="checked"><Checkbox>涉及公民生命健康安全、金融安全且有危害后果（追责时效五年）</Checkbox></Form.Item>
        </fieldset>
        <fieldset>
          <legend>当事人</legend>
          <PartyFields name={["party"]} />
          <Form.List name="more">
            {(fields, { add, remove }) => (
              <>
                {fields.map((it) => <div key={it.key}><PartyFields name={[it.name]} /><Button size="small" onClick={() => remove(it.name)} style={{ marginBottom: 12 }}>移除这个当事人</Button></div>)}
                <Button size="small" onClick={() => add({ kind: "individual", age: "grown" })} style={{ marginBottom: 14 }}>添加当事人</Button>
              </>
            )}
          </Form.List>
        </fieldset>
        <Form.Item name="officers" label="承办的执法人员" extra="包括您本人，不少于两人，持有效执法证件。"><Select mode="multiple" loading={people.isLoading} options={officers} optionFilterProp="label" /></Form.Item>
        {problem && <Alert role="alert" type="error" showIcon title={problem.message} style={{ marginBottom: 16 }} {...(problem.citation ? { description: `依据：${problem.citation}` } : {})} />}
        <Button type="primary" htmlType="submit" loading={busy}>登记案件</Button>
      </Form>
    </Page>
  );
}

function PartyFields({ name }: { name: (string | number)[] }) {
  return (
    <div className="row">
      <Form.Item name={[...name, "kind"]} label="类型"><Select options={kinds} /></Form.Item>
      <Form.Item name={[...name, "age"]} label="年龄和责任能力"><Select options={ages} /></Form.Item>
      <Form.Item name={[...name, "name"]} label="姓名或者名称" rules={need("请填写姓名或者名称")}><Input maxLength={100} autoComplete="off" /></Form.Item>
      <Form.Item name={[...name, "id_number"]} label="证件号码（选填）"><Input maxLength={30} autoComplete="off" /></Form.Item>
      <Form.Item name={[...name, "telephone"]} label="电话（选填）"><Input maxLength={20} autoComplete="off" /></Form.Item>
    </div>
  );
}
