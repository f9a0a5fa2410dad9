/** Reporting a problem (我要上报): photos, place, words; under a minute, and nothing is lost on the way. */
import { useCallback, useEffect, useRef, useState, type FormEvent } from "react";
import type { PublicClass } from "../../api/contract";
import { createPublicReport, findPublicPlace, listPublicClasses } from "../../api/public";
import { asProblem, type Problem } from "../../api/problem";
import { newKey } from "../../offline/id";
import { useDraft } from "../../offline/useDraft";
import { Busy, Field, Notice } from "../../street/controls";
import { Icon } from "../../street/Icon";
import { touched } from "../../street/missing";
import { PhotoPicker, takePhotos, type LocalPhoto } from "../../street/photos";
import { PlacePicker, type ChosenPlace } from "../../street/PlacePicker";
import { Consent, nothingAgreed, unagreed, useNotice, type Agreed } from "./Consent";
import { Link } from "./Link";
import { addMine, addSecret, secretOf } from "./mine";
import { TextCode, useReportSettings, type Typed } from "./TextCode";
import { followAddress, go } from "./route";
import { useUploads } from "./useUploads";

interface Content {
  key: string; photos: LocalPhoto[]; place: ChosenPlace | null; address: string; description: string; class_code: string; name: string; telephone: string; agreed?: Agreed; typed?: Typed;
}
const blank = (): Content => ({ key: newKey(), photos: [], place: null, address: "", description: "", class_code: "", name: "", telephone: "" });
const MAX_PHOTOS = 6;

export default function Report() {
  const [empty] = useState(blank);
  const draft = useDraft<Content>("portal-report", empty);
  const { value, edit } = draft;
  const [complaints, setComplaints] = useState<string[]>([]);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const notice = useNotice();
  const settings = useReportSettings();
  // Asked for where the city says so, and where this very report was refused without one.
  const [asked, setAsked] = useState(false);
  const telephone = value.telephone.replace(/[\s-]/g, "");
  const coded = telephone !== "" && (asked || (settings !== null && settings.text_code !== "off"));

  const learned = useCallback((id: string, change: Partial<LocalPhoto>) => {
    edit((old) => ({ ...old, photos: old.photos.map((it) => (it.id === id ? { ...it, ...change } : it)) }));
  }, [edit]);
  const uploads = useUploads(value.photos, learned);

  const add = async (files: File[]) => {
    const { photos, complaints: said } = await takePhotos(files, MAX_PHOTOS - value.photos.length);
    edit((old) => ({ ...old, photos: [...old.photos, ...photos].slice(0, MAX_PHOTOS) }));
    setComplaints(said);
    setMissing((old) => touched(old, "photos"));
  };

  const startAgain = async () => {
    await draft.clear();
    edit(() => blank());
    setProblem(null);
    setMissing({});
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const found = check(value);
    const contact = value.name.trim() !== "" || value.telephone.trim() !== "";
    const agreed = value.agreed ?? nothingAgreed;
    const lacking = unagreed(notice, contact, agreed);
    if (lacking) found.consent = lacking;
    if (coded && (!value.typed?.id || value.typed.sent_to !== telephone || value.typed.code.length !== 6)) found.telephone_code = "请获取并填写短信验证码；也可以不留电话。";
    setMissing(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-missing]')?.focus());
      return;
    }
    setSending(true);
    setProblem(null);
    try {
      const photos = await uploads.all();
      const receipt = await createPublicReport({
        description: value.description.trim(), photos, client_key: value.key,
        ...(value.place ? { position: { x: value.place.position.lon, y: value.place.position.lat, system: "wgs84" as const } } : {}),
        ...(value.address.trim() ? { address: value.address.trim() } : {}),
        ...(value.class_code ? { class_code: value.class_code } : {}),
        ...(value.name.trim() ? { name: value.name.trim() } : {}),
        ...(value.telephone.trim() ? { telephone: value.telephone.trim() } : {}),
        ...(coded && value.typed ? { telephone_code: { id: value.typed.id, code: value.typed.code } } : {}),
        ...(notice && contact ? { consent: { notice: notice.number, under_14: agreed.under_14, guardian: agreed.guardian } } : {}),
      });
      // Staff see the tracking code; what a reward is claimed with is known to this device alone. Kept before anything is sent: the next page
      // sends it, and again until it is taken.
      if (!secretOf(receipt.tracking_code)) addSecret(receipt.tracking_code, newKey().replace(/-/g, ""), value.key);
      addMine(receipt.tracking_code);
      await draft.clear();
      go(`${followAddress(receipt.tracking_code)}?new`, "replace");
    } catch (error) {
      const met = asProblem(error);
      if (met.code === "text-code-needed") setAsked(true);
      setProblem(met);
      setSending(false);
    }
  };

  if (!draft.ready) return <div className="waiting"><Busy words="正在打开…" /></div>;
  const began = draft.restored && (value.photos.length > 0 || value.description !== "" || value.address !== "");
  const fieldProblem = (name: string) => missing[name] ?? problem?.field(name);

  return (
    <form ref={form} className="report" onSubmit={(event) => void submit(event)} noValidate>
      <div className="report-head">
        <h1>我要上报</h1>
        <p className="muted">一句话、一个位置就能报；有照片办得更快。</p>
      </div>
      {began && (
        <Notice><span>已恢复您上次没有提交的内容。</span><button type="button" className="button button-small" onClick={() => void startAgain()}>清空，重新填</button></Notice>
      )}
      <div className="report-body"><div className="stack">
      <fieldset className="card part">
        <legend><b>1</b>拍照片</legend>
        <PhotoPicker
          label="现场照片" photos={value.photos} max={MAX_PHOTOS} onFiles={add} state={uploads.state}
          onRemove={(id) => edit((old) => ({ ...old, photos: old.photos.filter((it) => it.id !== id) }))}
        />
        {complaints.map((it) => <Notice key={it} kind="warn" live>{it}</Notice>)}
        {uploads.stuck && (
          <Notice kind="warn" live><span>{uploads.stuck}</span><button type="button" className="button button-small" onClick={uploads.retry}>重新上传</button></Notice>
        )}
      </fieldset>
      <fieldset className="card part">
        <legend><b>2</b>说说情况</legend>
        <Field label="是什么问题" error={fieldProblem("description")}>
          {(ids) => <textarea {...ids} className="input" rows={4} maxLength={2000} placeholder="例如：人行道井盖松动，走上去会响" value={value.description} onChange={(event) => { edit({ description: event.target.value }); setMissing((old) => touched(old, "description")); }} />}
        </Field>
      </fieldset>
      </div>
      <fieldset className="card part">
        <legend><b>3</b>在哪里</legend>
        <PlacePicker value={value.place} onChange={(place) => { edit({ place }); setMissing((old) => touched(old, "address")); }} name={({ lon, lat }) => findPublicPlace(lon, lat)} />
        {problem?.field("position") && <div className="field-error">{problem.field("position")}</div>}
        <Field label="地址或旁边有什么" optional={!!value.place} error={fieldProblem("address")}>
          {(ids) => <input {...ids} className="input" maxLength={200} placeholder="例如：某某路与某某街路口东北角" value={value.address} onChange={(event) => { edit({ address: event.target.value }); setMissing((old) => touched(old, "address")); }} />}
        </Field>
      </fieldset></div>
      <details className="card part part-more" open={value.class_code !== "" || value.name !== "" || value.telephone !== "" || !!problem?.field("telephone") || undefined}>
        <summary>补充类别和联系方式<span className="optional">选填</span></summary>
        <div className="stack">
          <Kinds value={value.class_code} onChange={(class_code) => edit({ class_code })} />
          <Notice icon="lock">
            <span>默认匿名。填了姓名、电话，只用于受理员核实情况和告诉您结果，加密保存，公开页面上不会出现。<Link href="/privacy">完整说明</Link></span>
          </Notice>
          <div className="pair">
            <Field label="怎么称呼您" optional error={fieldProblem("name")}>
              {(ids) => <input {...ids} className="input" autoComplete="name" maxLength={40} value={value.name} onChange={(event) => edit({ name: event.target.value })} />}
            </Field>
            <Field label="联系电话" optional error={fieldProblem("telephone")}>
              {(ids) => <input {...ids} className="input" type="tel" inputMode="tel" autoComplete="tel" maxLength={20} value={value.telephone} onChange={(event) => { edit({ telephone: event.target.value }); setMissing((old) => touched(old, "telephone")); }} />}
            </Field>
          </div>
          {coded && <TextCode telephone={telephone} value={value.typed} error={fieldProblem("telephone_code")} onChange={(typed) => { edit({ typed }); setMissing((old) => touched(old, "telephone_code")); }} />}
          {notice && (value.name.trim() !== "" || value.telephone.trim() !== "") && (
            <Consent notice={notice} value={value.agreed ?? nothingAgreed} error={fieldProblem("consent")} onChange={(agreed) => { edit({ agreed }); setMissing((old) => touched(old, "consent")); }} />
          )}
        </div>
      </details>
      <div className="report-end">
        {problem && (
          <Notice kind="bad" live>
            <span>{problem.offline ? "网络不通，还没有提交成功。内容已存在本机，网络恢复后再点一次提交，不会重复。" : problem.message}</span>
          </Notice>
        )}
        <button type="submit" className="button button-primary button-large button-wide" aria-disabled={sending}>
          {sending ? <Busy words={uploads.left > 0 ? `正在上传照片（还有 ${uploads.left} 张）…` : "正在提交…"} /> : <><Icon name="send" size={26} />提交上报</>}
        </button>
        <p className="small muted">填写的内容会自动存在本机，关掉页面也不会丢。</p>
      </div>
    </form>
  );
}

function check(value: Content): Record<string, string> {
  const found: Record<string, string> = {};
  if (value.description.trim() === "") found.description = value.photos.length > 0 ? "请再写一句话，说明照片里是什么问题。" : "请写一句话，说明是什么问题。";
  if (!value.place && value.address.trim() === "") found.address = "请定位、在地图上选点，或写下地址，任选一种。";
  const digits = value.telephone.replace(/[\s-]/g, "");
  if (digits !== "" && !/^\+?\d{7,15}$/.test(digits)) found.telephone = "电话号码只能是 7 到 15 位数字，请检查；也可以不填。";
  return found;
}

function Kinds({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const [kinds, setKinds] = useState<PublicClass[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    listPublicClasses(stop.signal).then((it) => setKinds(it.items), () => { if (!stop.signal.aborted) setKinds([]); });
    return () => stop.abort();
  }, []);
  const groups = new Map<string, PublicClass[]>();
  for (const kind of kinds ?? []) groups.set(kind.category_name, [...(groups.get(kind.category_name) ?? []), kind]);
  return (
    <Field label="问题类别" optional hint="不确定就不选，受理员会判断。">
      {(ids) => (
        <select {...ids} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">不选，由受理员判断</option>
          {[...groups].map(([category, list]) => (
            <optgroup key={category} label={category}>{list.map((it) => <option key={it.code} value={it.code}>{it.name}</option>)}</optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
