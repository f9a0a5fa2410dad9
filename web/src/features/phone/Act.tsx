/** Doing a step with a task: written to the phone first, sent when it can be. */
import { useState, type FormEvent } from "react";
import type { Lead, Verb } from "../../api/contract";
import { now } from "../../format/clock";
import { kept, type PhotoField } from "../../offline/database";
import { newKey } from "../../offline/id";
import { enqueue, QueueFull } from "../../offline/queue";
import { announce, kick } from "../../offline/run";
import { useDraft } from "../../offline/useDraft";
import { Busy, Field, Notice } from "../../street/controls";
import { touched } from "../../street/missing";
import { PhotoPicker, takePhotos, type LocalPhoto } from "../../street/photos";
import { usePerson } from "./device";
import { go } from "./route";
import { useStamp } from "./stamp";
import { standingWords, useStanding } from "./standing";
import { Back, useLead } from "./Task";
import { UnitChoice } from "./UnitChoice";

interface Step {
  title: string;
  button: string;
  choice?: { name: "genuine" | "passed"; yes: string; no: string; ask: string };
  words?: { name: "note" | "reason" | "text" | "ask"; label: string; required: boolean; quick: string[] };
  photos: { field: PhotoField; label: string; required?: string }[];
  hours?: boolean;
  /** Another unit is chosen. */
  unit?: boolean;
}

const steps: Partial<Record<Verb, Step>> = {
  take: { title: "接单", button: "接单，我来办", photos: [] },
  verify: {
    title: "核实反馈", button: "提交核实结果", choice: { name: "genuine", yes: "情况属实", no: "不属实", ask: "现场看到的情况" },
    words: { name: "note", label: "情况说明", required: false, quick: ["与上报一致", "现场未发现问题", "已自行恢复", "位置有偏差"] },
    photos: [{ field: "photos", label: "现场照片" }],
  },
  fix: {
    title: "处置反馈", button: "提交处置结果",
    words: { name: "note", label: "怎么处理的", required: true, quick: ["已清理干净", "已修复", "已更换", "已劝离", "已设警示围挡"] },
    photos: [{ field: "before_photos", label: "处置前照片" }, { field: "after_photos", label: "处置后照片", required: "请至少拍一张处置后的照片，核查和答复都要看它。" }],
  },
  check: {
    title: "核查反馈", button: "提交核查结果", choice: { name: "passed", yes: "已处理好", no: "没处理好", ask: "现场看到的情况" },
    words: { name: "note", label: "核查说明", required: false, quick: ["现场已恢复", "仍有残留", "未处理", "又出现了"] },
    photos: [{ field: "photos", label: "核查照片" }],
  },
  "send-back": {
    title: "回退", button: "提交回退",
    words: { name: "reason", label: "回退理由", required: true, quick: ["不属于本单位职责", "权属单位是其他部门", "位置不在本辖区", "重复任务"] }, photos: [],
  },
  raise: {
    title: "上提", button: "上提到上级单位",
    words: { name: "reason", label: "上提理由", required: true, quick: ["超出本单位职责权限", "需要上级协调多部门", "需要专业设备或资金", "跨镇街问题"] }, photos: [],
  },
  "request-extension": {
    title: "申请延期", button: "提交申请", hours: true,
    words: { name: "reason", label: "延期理由", required: true, quick: ["需要采购配件", "天气原因无法施工", "需要多部门配合", "需要停水停电"] }, photos: [],
  },
  unassign: { title: "撤回指派", button: "撤回指派", words: { name: "note", label: "说明", required: false, quick: [] }, photos: [] },
  "joint-take": { title: "接受协办", button: "接受，我们来协办", photos: [] },
  "joint-done": {
    title: "协办反馈", button: "提交协办结果",
    words: { name: "note", label: "怎么协办的", required: true, quick: ["已清理干净", "已劝离", "已现场处置", "已移交主办单位"] }, photos: [{ field: "after_photos", label: "处置后照片" }],
  },
  "joint-return": {
    title: "协办退回", button: "提交退回",
    words: { name: "reason", label: "退回理由", required: true, quick: ["不属于本单位职责", "不在本单位辖区", "现场无需本单位"] }, photos: [],
  },
  "ask-joint": {
    title: "请求协办", button: "叫这个单位", unit: true,
    words: { name: "ask", label: "要他们做什么", required: true, quick: ["请立即到场", "请带设备到场", "请派执法人员到场"] }, photos: [],
  },
  comment: { title: "备注", button: "提交", words: { name: "text", label: "说明", required: true, quick: [] }, photos: [] },
};

interface Content { key: string; choice: boolean | null; words: string; hours: number; unit?: string; photos: Partial<Record<PhotoField, LocalPhoto[]>> }
const MAX_PHOTOS = 6;
/** Steps that are done where the problem is. */
const onSite = new Set<Verb>(["verify", "fix", "check"]);

export function Act({ id, verb }: { id: string; verb: string }) {
  const { lead, problem } = useLead(id);
  const step = steps[verb as Verb];
  if (!step) return <div className="stack"><Back to={`#/task/${id}`} words="返回任务" /><Notice>这一步要在电脑上的工作台办。</Notice></div>;
  if (!lead) return <div className="stack"><Back to={`#/task/${id}`} words="返回任务" />{problem ? <Notice kind="warn">{problem.message}</Notice> : <Busy words="正在打开…" />}</div>;
  return <StepForm lead={lead} verb={verb as Verb} step={step} />;
}

function StepForm({ lead, verb, step }: { lead: Lead; verb: Verb; step: Step }) {
  const { session, say } = usePerson();
  const [empty] = useState<Content>(() => ({ key: newKey(), choice: null, words: "", hours: 24, photos: {} }));
  const draft = useDraft<Content>(`act:${session.person.id}:${lead.id}:${verb}`, empty);
  const { value, edit } = draft;
  const place = lead.place.address ?? lead.place.grid_name ?? lead.place.township_name ?? null;
  const stamp = useStamp(place);
  const [standing, askAgain] = useStanding(onSite.has(verb));
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [complaints, setComplaints] = useState<string[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // What a verdict rests on: the version that was on this screen when the form opened.
  const [seen] = useState(lead);
  const pictured = lead.photos.some((it) => it.role === "report" || it.role === "verify" || it.role === "before");

  const add = (field: PhotoField) => async (files: File[]) => {
    const done = await takePhotos(files, MAX_PHOTOS - (value.photos[field]?.length ?? 0), stamp);
    edit((old) => ({ ...old, photos: { ...old.photos, [field]: [...(old.photos[field] ?? []), ...done.photos].slice(0, MAX_PHOTOS) } }));
    setComplaints(done.complaints);
    askAgain();
    setMissing((old) => touched(old, field));
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const found: Record<string, string> = {};
    if (step.choice && value.choice === null) found.choice = "请先选一个。";
    if (step.words && value.words.trim() === "" && (step.words.required || (step.choice && value.choice === false))) found.words = `请写${step.words.label}。`;
    if (verb === "fix" && !pictured && !value.photos.before_photos?.length) found.before_photos = "上报时没有照片，请补一张处置前的照片。";
    for (const photo of step.photos) if (photo.required && !value.photos[photo.field]?.length) found[photo.field] = photo.required;
    if (step.unit && !value.unit) found.unit = "请选要叫的单位。";
    setMissing(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[aria-invalid='true'], [data-wrong]")?.scrollIntoView({ block: "center" }));
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      const body: Record<string, unknown> = {};
      if (step.choice) body[step.choice.name] = value.choice;
      if (step.words && value.words.trim() !== "") body[step.words.name] = value.words.trim();
      if (step.unit) body.unit = value.unit;
      if (step.hours) body.hours = value.hours;
      for (const photo of step.photos) body[photo.field] = [];
      if (onSite.has(verb) && standing.state === "known") body.position = standing.place;
      await enqueue(await kept(), {
        id: value.key, person: session.person.id, kind: "action", verb, label: step.title, title: lead.title,
        lead: { id: lead.id, number: lead.number, version: seen.version }, body,
        photos: step.photos.flatMap(({ field }) => (value.photos[field] ?? []).map((it) => ({ id: it.id, field, type: it.type, data: it.data }))),
        made_at: new Date(now()).toISOString(),
      });
      await draft.clear();
      announce();
      void kick();
      say(navigator.onLine ? `${step.title}：已存好，正在发送` : `${step.title}：已存在手机上，有网络就发`);
      go(`#/task/${lead.id}`, "replace");
    } catch (error) {
      setFailure(error instanceof QueueFull ? error.message : "没能存到手机上，请再点一次。填写的内容还在。");
      setBusy(false);
    }
  };

  if (!draft.ready) return <Busy words="正在打开…" />;
  return (
    <form className="act" onSubmit={(event) => void submit(event)} noValidate>
      <Back to={`#/task/${lead.id}`} words="返回任务" />
      <header><h1>{step.title}</h1><p className="muted">{lead.title}</p></header>
      {step.choice && (
        <fieldset className="choice" data-wrong={missing.choice ? "" : undefined}>
          <legend className="field-label">{step.choice.ask}</legend>
          {([true, false] as const).map((it) => (
            <label key={String(it)} className={value.choice === it ? "chosen" : undefined}>
              <input type="radio" name="choice" checked={value.choice === it} onChange={() => { edit({ choice: it }); setMissing((old) => touched(old, "choice")); }} />
              {it ? step.choice?.yes : step.choice?.no}
            </label>
          ))}
          {missing.choice && <div className="field-error">{missing.choice}</div>}
        </fieldset>
      )}
      {step.photos.map((photo) => (
        <section key={photo.field} className="stack" aria-label={photo.label} data-wrong={missing[photo.field] ? "" : undefined}>
          <h2 className="field-label">{photo.label}{!photo.required && (photo.field !== "before_photos" || pictured) && <span className="optional">选填</span>}</h2>
          <PhotoPicker label={photo.label} photos={value.photos[photo.field] ?? []} max={MAX_PHOTOS} onFiles={add(photo.field)} onRemove={(gone) => edit((old) => ({ ...old, photos: { ...old.photos, [photo.field]: (old.photos[photo.field] ?? []).filter((it) => it.id !== gone) } }))} />
          {missing[photo.field] && <div className="field-error">{missing[photo.field]}</div>}
        </section>
      ))}
      {complaints.map((it) => <Notice key={it} kind="warn" live>{it}</Notice>)}
      {step.unit && <UnitChoice lead={lead} value={value.unit} error={missing.unit} choose={(unit) => { edit({ unit }); setMissing((old) => touched(old, "unit")); }} />}
      {step.hours && (
        <fieldset className="choice choice-row">
          <legend className="field-label">延长多久</legend>
          {[4, 8, 24, 48, 72].map((it) => (
            <label key={it} className={value.hours === it ? "chosen" : undefined}><input type="radio" name="hours" checked={value.hours === it} onChange={() => edit({ hours: it })} />{it} 小时</label>
          ))}
        </fieldset>
      )}
      {step.words && (
        <div className="stack">
          <Field label={step.words.label} optional={!step.words.required && !(step.choice && value.choice === false)} error={missing.words}>
            {(ids) => <textarea {...ids} className="input" maxLength={2000} rows={3} value={value.words} onChange={(event) => { edit({ words: event.target.value }); setMissing((old) => touched(old, "words")); }} />}
          </Field>
          {step.words.quick.length > 0 && (
            <div className="chips" role="group" aria-label="常用语">
              {step.words.quick.map((it) => <button key={it} type="button" className="chip" onClick={() => { edit((old) => ({ ...old, words: old.words.trim() ? `${old.words.trim()}，${it}` : it })); setMissing((old) => touched(old, "words")); }}>{it}</button>)}
            </div>
          )}
        </div>
      )}
      {onSite.has(verb) && <p className="muted">{standingWords(standing)}</p>}
      {failure && <Notice kind="bad" live>{failure}</Notice>}
      <div className="actions"><button type="submit" className="button button-primary button-large button-wide" aria-disabled={busy}>{busy ? <Busy words="正在存…" /> : step.button}</button></div>
    </form>
  );
}
