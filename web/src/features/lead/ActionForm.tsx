/** The form of each action (动作) on a lead: what it asks, what it proposes. */
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Radio, Select, TreeSelect, type FormInstance } from "antd";
import { useEffect, useMemo } from "react";
import { isLive } from "./joint";
import { listLeads } from "../../api/leads";
import type { ActionBodies, CatalogueClass, Lead, Suggestion, Verb } from "../../api/contract";
import { limitWord, stateWords } from "../../format/words";
import { limitsOf, shortestFirst, standardOf, useClasses, useClassOptions } from "../catalogue/classes";
import { unitsBelow, usePeopleOfRole, useUnitTree } from "../organisation/units";
import { NeighbourField } from "../neighbours/NeighbourField";
import { pastWords } from "../precedents/precedents";
import "../precedents/precedents.css";
import { JointAsk, JointLive, JointUnit, JointUnits } from "./JointFields";
import { PhotoInput } from "./PhotoInput";

export type Values = Record<string, unknown>;

/** Reasons that operators give most often; a number key picks one. */
export const quickReasons: Partial<Record<Verb, string[]>> = {
  reject: ["不属于城市管理职责范围", "地址不清，无法联系报料人", "现场未发现所述问题", "内容不完整，无法核实", "属于其他部门职责，已告知报料人", "重复反映，已在办理"],
  "send-back": ["不属于本单位职责", "不在本单位管辖范围", "需多部门联合处置", "现场已无此问题"],
  "request-extension": ["需调配专业设备", "天气原因无法施工", "需走采购或审批程序", "当事人整改需要时间"],
  "refuse-extension": ["理由不充分，请按期处置", "已临近最终期限"],
  suspend: ["需列入年度改造计划", "待其他部门前置办理", "等待法律程序"],
  rework: ["问题未消除", "处置不彻底", "照片不能证明处置结果", "处置位置不符"],
  "joint-return": ["不属于本单位职责", "不在本单位管辖范围", "现场无需本单位协办"],
  "joint-withdraw": ["现场已无需协办", "改由主办单位处置", "不属于该单位职责"],
  refer: ["不在本市境内", "在邻市管辖路段", "属邻市在建工地"],
  "take-back": ["邻市没有接收", "邻市长期没有办理", "核实后属本市管辖"],
  charge: ["群众反复投诉", "长期未结", "权属有争议", "处置反复超期"],
  "end-charge": ["责任单位已明确并在办理", "问题已解决，待结案"],
  raise: ["超出本单位职责权限", "需要上级协调多部门", "需要专业设备或资金", "跨镇街问题"],
  "return-raised": ["属下级职责，请继续办理", "材料不全，请补充后办理", "下级有能力自行解决"],
  void: ["测试数据", "录入错误", "报料人撤回"],
  reveal: ["需联系报料人核实地点", "需向报料人反馈结果"],
  merge: ["同一地点同一问题"],
};

export const needsForm = (verb: Verb): boolean => !["resume"].includes(verb);

export function useDefaults(verb: Verb, lead: Lead, suggestion: Suggestion | null | undefined): Values {
  const classes = useClasses();
  return useMemo(() => {
    const code = lead.class?.code ?? suggestion?.classes[0]?.code;
    const limits = limitsOf(classes.data?.items, code);
    const fit = limits.length > 0 ? limits : shortestFirst(suggestion?.limits ?? []);
    const first = fit[0];
    switch (verb) {
      case "accept": return { class_code: code, standard: first ? standardOf(first) : "符合该类立案标准" };
      case "file": return { standard: lead.standard ?? (first ? standardOf(first) : "符合该类立案标准"), limit_id: first?.id };
      case "dispatch": return { unit: suggestion?.units[0]?.id };
      case "merge": return { into: suggestion?.duplicates[0]?.id, reason: "同一地点同一问题" };
      case "close": return { standard: "问题已消除，现场恢复" };
      case "check": return { passed: true, photos: [] };
      case "verify": return { genuine: true, photos: [] };
      case "fix": return { before_photos: [], after_photos: [] };
      case "joint-done": return { after_photos: [] };
      case "call-joint": { const asked = lead.joint_tasks.filter((it) => it.state === "asked"); return { units: asked.map((it) => it.unit.id), ask: asked[0]?.ask }; }
      case "joint-withdraw": return { unit: lead.joint_tasks.find((it) => isLive(it))?.unit.id };
      case "instruct": return { hours: 8 };
      case "answer-instruction": case "withdraw-instruction": return { instruction: lead.charge?.instructions.find((it) => !it.answered_at)?.round };
      case "grant-extension": return { hours: lead.extension?.hours ?? 8 };
      case "request-extension": return { hours: 8 };
      case "correct": return { class_code: lead.class?.code, address: lead.place.address ?? undefined };
      default: return {};
    }
  }, [verb, lead, suggestion, classes.data]);
}

/** The body as the contract wants it: empty fields left out. */
export function toBody<V extends Verb>(values: Values): ActionBodies[V] {
  const body: Values = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === null || value === "") continue;
    body[key] = value;
  }
  return body as ActionBodies[V];
}

export function ActionForm({ verb, lead, suggestion, form, onSubmit, compact }: {
  verb: Verb; lead: Lead; suggestion?: Suggestion | null | undefined; form: FormInstance; onSubmit: (values: Values) => void; compact?: boolean;
}) {
  const defaults = useDefaults(verb, lead, suggestion);
  const key = `${lead.id}/${verb}`;
  useEffect(() => {
    // What the person already changed stays when suggestions arrive late.
    for (const [name, value] of Object.entries(defaults)) if (!form.isFieldTouched(name)) form.setFields([{ name, value, touched: false }]);
  }, [defaults, form, key]);
  return (
    <Form key={key} name={key} form={form} layout="vertical" requiredMark={false} onFinish={onSubmit} initialValues={defaults} size={compact ? "middle" : "large"} className="action-form">
      <Fields verb={verb} lead={lead} suggestion={suggestion} />
    </Form>
  );
}

function Fields({ verb, lead, suggestion }: { verb: Verb; lead: Lead; suggestion?: Suggestion | null | undefined }) {
  switch (verb) {
    case "accept": return <><ClassField suggestion={suggestion} /><StandardField lead={lead} suggestion={suggestion} /><Note /></>;
    case "file": return <><StandardField lead={lead} suggestion={suggestion} /><LimitField lead={lead} suggestion={suggestion} /><Note /></>;
    case "dispatch": return <><UnitField suggestion={suggestion} /><Note label="派遣要求（选填）" /><JointUnits name="assisting" lead={lead} /><JointAsk /></>;
    case "merge": return <><MergeField lead={lead} suggestion={suggestion} /><Reason verb={verb} optional /></>;
    case "request-verify": return <><CollectorField label="由谁核实" /><Note label="需要核实什么（选填）" /></>;
    case "request-check": return <CollectorField label="由谁核查" />;
    case "verify": return (
      <>
        <Form.Item name="genuine" label="核实结果" rules={[{ required: true }]}><Radio.Group options={[{ value: true, label: "情况属实" }, { value: false, label: "情况不属实" }]} /></Form.Item>
        <Form.Item name="photos" label="核实照片"><PhotoInput label="照片" /></Form.Item><Note />
      </>
    );
    case "check": return (
      <>
        <Form.Item name="passed" label="核查结果" rules={[{ required: true }]}><Radio.Group options={[{ value: true, label: "通过，问题已消除" }, { value: false, label: "不通过" }]} /></Form.Item>
        <Form.Item name="photos" label="核查照片"><PhotoInput label="照片" /></Form.Item><Note />
      </>
    );
    case "fix": return (
      <>
        <Form.Item name="note" label="处置情况" rules={[{ required: true, message: "请写明怎样处置" }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
        <Form.Item name="before_photos" label="处置前照片"><PhotoInput label="处置前" /></Form.Item>
        <Form.Item name="after_photos" label="处置后照片" rules={[{ type: "array", min: 1, required: true, message: "请上传处置后照片" }]}><PhotoInput label="处置后" /></Form.Item>
      </>
    );
    case "request-extension": return <><Hours label="申请延长（工作时）" /><Reason verb={verb} /></>;
    case "grant-extension": return <>{lead.extension && <p>申请延长 {lead.extension.hours} 小时：{lead.extension.reason}</p>}<Hours label="同意延长（工作时）" /></>;
    case "suspend": return <><Reason verb={verb} /></>;
    case "close": return (
      <>
        <Form.Item name="standard" label="结案标准" rules={[{ required: true, message: "请选择结案标准" }]}>
          <Select options={["问题已消除，现场恢复", "已采取临时措施，隐患解除", "已移交并由接收单位确认", "经核查情况不属实"].map((value) => ({ value, label: value }))} />
        </Form.Item><Note />
      </>
    );
    case "take": return <PersonField />;
    case "appoint": return <><FollowerField /><Note /></>;
    case "correct": return <><ClassField suggestion={suggestion} optional /><Form.Item name="address" label="地址"><Input maxLength={200} /></Form.Item><Reason verb={verb} optional /></>;
    case "comment": return <Form.Item name="text" label="批注" rules={[{ required: true, whitespace: true, message: "请输入批注" }]}><Input.TextArea rows={3} maxLength={1000} autoFocus /></Form.Item>;
    case "remind": return <Note label="催办要求（选填）" />;
    case "call-joint": return <><JointUnits name="units" lead={lead} required /><JointAsk required /></>;
    case "ask-joint": return <><p className="quiet">请其他单位到场协办：由派遣员决定；约定可以直呼的单位立即收到任务。</p><JointUnit lead={lead} /><JointAsk required /></>;
    case "joint-take": return <p>接受后请在协办时限内办完并反馈。</p>;
    case "joint-done": return <><Form.Item name="note" label="协办情况" rules={[{ required: true, whitespace: true, message: "请写明协办情况" }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item><Form.Item name="after_photos" label="处置后照片（选填）"><PhotoInput label="处置后" /></Form.Item></>;
    case "joint-withdraw": return <><JointLive lead={lead} /><Reason verb={verb} /></>;
    case "refer": return <><NeighbourField /><Reason verb={verb} /></>;
    case "take-back": return <>{lead.referral?.remote_id && <p className="quiet">对方编号 {lead.referral.remote_id} 不会自动撤销，请另行告知邻市。</p>}<Reason verb={verb} /></>;
    case "charge": return <><LeaderField /><p className="quiet">承办单位和时限不变；领导过问、批示，批示须答复后才能结案。</p><Reason verb={verb} /></>;
    case "instruct": return <><Form.Item name="text" label="批示内容" rules={[{ required: true, whitespace: true, message: "请写批示内容" }]}><Input.TextArea rows={3} maxLength={1000} autoFocus /></Form.Item><Hours label="多少工作时内答复" /></>;
    case "withdraw-instruction": return <><InstructionField lead={lead} label="撤回哪条批示" /><Reason verb={verb} /></>;
    case "answer-instruction": return <><InstructionField lead={lead} label="答复哪条批示" /><Form.Item name="text" label="答复" rules={[{ required: true, whitespace: true, message: "请写明办理情况" }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item></>;
    case "raise": return <><p className="quiet">交给上级单位办理；上级接单、退回或下派。一个单位只能上提一次。</p><Reason verb={verb} /></>;
    case "send-down": return <><DownField lead={lead} /><Note label="办理要求（选填）" /></>;
    case "unassign": return <Note label="说明（选填）" />;
    case "resume": return <p>恢复后处置时限继续计时。</p>;
    default: return <Reason verb={verb} />;
  }
}

const Note = ({ label = "备注（选填）" }: { label?: string }) => <Form.Item name="note" label={label}><Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={1000} /></Form.Item>;
const Hours = ({ label }: { label: string }) => <Form.Item name="hours" label={label} rules={[{ required: true, message: "请填写小时数" }]}><InputNumber min={1} max={240} precision={0} style={{ width: "100%" }} /></Form.Item>;

function Reason({ verb, optional }: { verb: Verb; optional?: boolean }) {
  const form = Form.useFormInstance();
  const quick = quickReasons[verb] ?? [];
  return (
    <>
      <Form.Item name="reason" label={optional ? "理由（选填）" : "理由"} rules={optional ? [] : [{ required: true, whitespace: true, message: "请写明理由" }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} autoFocus={quick.length === 0 && !optional} />
      </Form.Item>
      {quick.length > 0 && (
        <div className="quick-reasons" role="group" aria-label="常用理由">
          {quick.map((it, index) => (
            <button
              key={it} type="button" autoFocus={index === 0 && !optional}
              onClick={() => { form.setFieldValue("reason", it); void form.validateFields(["reason"]); }}
              onKeyDown={(event) => {
                const picked = quick[Number(event.key) - 1];
                if (picked && !event.ctrlKey && !event.metaKey) { event.preventDefault(); form.setFieldValue("reason", picked); form.submit(); }
              }}
            >
              <kbd aria-hidden="true">{index + 1}</kbd>{it}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function ClassField({ suggestion, optional }: { suggestion?: Suggestion | null | undefined; optional?: boolean }) {
  const options = useClassOptions();
  const form = Form.useFormInstance();
  const classes = useClasses();
  return (
    <Form.Item name="class_code" label="类别" rules={optional ? [] : [{ required: true, message: "请选择类别" }]}>
      <Select
        showSearch={{ optionFilterProp: "label" }} virtual placeholder="输入名称或代码" notFoundContent="没有这个类别"
        options={suggestion && suggestion.classes.length > 0 ? [{ label: "建议", options: suggestion.classes.map((it) => ({ value: it.code, label: `${it.name} ${it.code}` })) }, ...withoutSuggested(options, suggestion)] : options}
        onChange={(code: string) => { if (!optional) chooseClass(form, classes.data?.items, code); }}
      />
    </Form.Item>
  );
}

/** Fills in a class; another class has other standards, and the shorter limit is proposed. */
export function chooseClass(form: FormInstance, classes: readonly CatalogueClass[] | undefined, code: string): void {
  const first = limitsOf(classes, code)[0];
  // Marked as touched: proposals that arrive late must not undo what a person picked.
  form.setFields([{ name: "class_code", value: code, touched: true }, { name: "standard", value: first ? standardOf(first) : "符合该类立案标准", touched: true }]);
}

const withoutSuggested = (options: { label: string; options: { value: string; label: string }[] }[], suggestion: Suggestion) => {
  const shown = new Set(suggestion.classes.map((it) => it.code));
  return options.map((group) => ({ ...group, options: group.options.filter((it) => !shown.has(it.value)) }));
};

function useFit(lead: Lead, suggestion?: Suggestion | null) {
  const classes = useClasses();
  const form = Form.useFormInstance();
  const code = (Form.useWatch("class_code", form) as string | undefined) ?? lead.class?.code;
  const own = limitsOf(classes.data?.items, code);
  if (own.length > 0) return own;
  return shortestFirst(suggestion?.limits ?? []);
}

function StandardField({ lead, suggestion }: { lead: Lead; suggestion?: Suggestion | null | undefined }) {
  const fit = useFit(lead, suggestion);
  const values = [...new Set([...fit.map(standardOf), ...(fit.length === 0 ? ["符合该类立案标准"] : [])])];
  return (
    <Form.Item name="standard" label="立案标准" rules={[{ required: true, message: "请选择立案标准" }]}>
      <Select
        popupMatchSelectWidth={false}
        options={values.map((value) => {
          const limit = fit.find((it) => standardOf(it) === value);
          return { value, label: limit ? `${value}（${limitWord(limit)}${limit.provisional ? "，暂定" : ""}）` : `${value}（默认时限）` };
        })}
      />
    </Form.Item>
  );
}

function LimitField({ lead, suggestion }: { lead: Lead; suggestion?: Suggestion | null | undefined }) {
  const fit = useFit(lead, suggestion);
  return (
    <Form.Item name="limit_id" label="处置时限" extra={fit.length > 1 ? "有多个时限适用，已选较短的；请按现场情况确认。" : undefined}>
      <Select allowClear placeholder="该类默认时限" options={fit.map((it) => ({ value: it.id, label: `${limitWord(it)} · ${standardOf(it)}` }))} />
    </Form.Item>
  );
}

function UnitField({ suggestion }: { suggestion?: Suggestion | null | undefined }) {
  const tree = useUnitTree();
  const form = Form.useFormInstance();
  const chosen = Form.useWatch("unit", form) as string | undefined;
  const units = suggestion?.units ?? [];
  const past = pastWords(units, chosen);
  return (
    <Form.Item label="处置单位" required>
      <Form.Item name="unit" noStyle rules={[{ required: true, message: "请选择处置单位" }]}>
        <TreeSelect treeData={tree} showSearch={{ treeNodeFilterProp: "title" }} treeDefaultExpandAll placeholder="选择单位" style={{ width: "100%" }} aria-label="处置单位" />
      </Form.Item>
      {units.length > 0 && (
        <div className="proposals">
          {units.map((it) => (
            <Button key={it.id} size="small" type={chosen === it.id ? "primary" : "default"} ghost={chosen === it.id} title={it.reason} onClick={() => form.setFieldValue("unit", it.id)}>{it.name}</Button>
          ))}
        </div>
      )}
      {units.find((it) => it.id === chosen) && <p className="quiet">{units.find((it) => it.id === chosen)?.reason}</p>}
      {past && <p className={`unit-past${past.warn ? " unit-past-warn" : ""}`} role={past.warn ? "alert" : undefined}>{past.words}</p>}
    </Form.Item>
  );
}

function CollectorField({ label }: { label: string }) {
  const people = usePeopleOfRole("collector");
  return (
    <Form.Item name="collector" label={label}>
      <Select allowClear showSearch={{ optionFilterProp: "label" }} placeholder="由责任网格的采集员（默认）" loading={people.isLoading} options={(people.data?.items ?? []).filter((it) => it.active).map((it) => ({ value: it.id, label: `${it.name} · ${it.organisation.name}` }))} />
    </Form.Item>
  );
}

/** Who follows a lead up: the centre's own people and its leaders. */
function FollowerField() {
  const lists = [usePeopleOfRole("shift_leader"), usePeopleOfRole("leader"), usePeopleOfRole("operator")];
  const people = new Map(lists.flatMap((list) => list.data?.items ?? []).filter((it) => it.active).map((it) => [it.id, `${it.name} · ${it.organisation.name}`]));
  return (
    <Form.Item name="person" label="由谁跟办" rules={[{ required: true, message: "请选择跟办人" }]}>
      <Select showSearch={{ optionFilterProp: "label" }} placeholder="跟到答复来源为止" loading={lists.some((list) => list.isLoading)} options={[...people].map(([value, label]) => ({ value, label }))} />
    </Form.Item>
  );
}

function LeaderField() {
  const people = usePeopleOfRole("leader");
  return (
    <Form.Item name="leader" label="包案领导" rules={[{ required: true, message: "请选择包案领导" }]}>
      <Select showSearch={{ optionFilterProp: "label" }} loading={people.isLoading} options={(people.data?.items ?? []).filter((it) => it.active).map((it) => ({ value: it.id, label: `${it.name} · ${it.organisation.name}` }))} />
    </Form.Item>
  );
}

function InstructionField({ lead, label }: { lead: Lead; label: string }) {
  const open = (lead.charge?.instructions ?? []).filter((it) => !it.answered_at);
  return (
    <Form.Item name="instruction" label={label} rules={[{ required: true, message: "请选择批示" }]}>
      <Radio.Group className="merge-choices" options={open.map((it) => ({ value: it.round, label: it.words }))} />
    </Form.Item>
  );
}

/** The units below the one that has the lead. */
function DownField({ lead }: { lead: Lead }) {
  const below = unitsBelow(useUnitTree(), lead.unit?.id);
  return (
    <Form.Item name="unit" label="下派到" rules={[{ required: true, message: "请选择下级单位" }]}>
      <TreeSelect treeData={below} showSearch={{ treeNodeFilterProp: "title" }} treeDefaultExpandAll placeholder="选择下级单位" />
    </Form.Item>
  );
}

function PersonField() {
  const people = usePeopleOfRole("unit_handler");
  return (
    <Form.Item name="person" label="由谁处置">
      <Select allowClear showSearch={{ optionFilterProp: "label" }} placeholder="由我处置" options={(people.data?.items ?? []).filter((it) => it.active).map((it) => ({ value: it.id, label: `${it.name} · ${it.organisation.name}` }))} />
    </Form.Item>
  );
}

function MergeField({ lead, suggestion }: { lead: Lead; suggestion?: Suggestion | null | undefined }) {
  const form = Form.useFormInstance();
  const asked = Form.useWatch("search", form) as string | undefined;
  const found = useQuery({ queryKey: ["leads", "merge", asked], enabled: (asked ?? "").trim().length >= 2, queryFn: ({ signal }) => listLeads({ q: asked?.trim() ?? "", limit: 10 }, signal) });
  const near = suggestion?.duplicates ?? [];
  const options = [
    ...near.map((it) => ({ value: it.id, label: <span><b>{it.title}</b><br /><small>{it.number} · {it.reason}</small></span> })),
    ...(found.data?.items ?? []).filter((it) => it.id !== lead.id && !near.some((one) => one.id === it.id))
      .map((it) => ({ value: it.id, label: <span><b>{it.title}</b><br /><small>{it.number} · {stateWords[it.state]}</small></span> })),
  ];
  return (
    <>
      <Form.Item name="search" label="查找主件"><Input allowClear placeholder="编号、地址或内容" /></Form.Item>
      <Form.Item name="into" label="并入" rules={[{ required: true, message: "请选择要并入的线索" }]}>
        {options.length > 0 ? <Radio.Group className="merge-choices" options={options} /> : <p className="quiet">附近没有相似线索，可在上面查找。</p>}
      </Form.Item>
    </>
  );
}
