/** Reporting on patrol (巡查上报): photo first, place by itself, the rest with few touches. */
import { useCallback, useEffect, useState, type FormEvent } from "react";
import type { CityComponent, LonLat, NewLead, Page, Place, PublicClass } from "../../api/contract";
import { get } from "../../api/client";
import { listPublicClasses } from "../../api/public";
import { now } from "../../format/clock";
import { kept, readNote, writeNote } from "../../offline/database";
import { newKey } from "../../offline/id";
import { enqueue, QueueFull } from "../../offline/queue";
import { announce, kick } from "../../offline/run";
import { useDraft } from "../../offline/useDraft";
import { Busy, Field, Notice } from "../../street/controls";
import { touched } from "../../street/missing";
import { PhotoPicker, takePhotos, type LocalPhoto } from "../../street/photos";
import { PlacePicker, type ChosenPlace } from "../../street/PlacePicker";
import { usePerson } from "./device";
import { go } from "./route";
import { stampLines } from "./stamp";

interface Content {
  key: string; photos: LocalPhoto[]; place: ChosenPlace | null; address: string; description: string; class_code: string; class_name: string;
  component: { code: string; name: string } | null; at: string;
}
const blank = (): Content => ({ key: newKey(), photos: [], place: null, address: "", description: "", class_code: "", class_name: "", component: null, at: "" });
const MAX_PHOTOS = 6;
const namePlace = ({ lon, lat }: LonLat) => get<Place>("/places", { x: lon, y: lat, system: "wgs84" });

export function Patrol() {
  const { session, say } = usePerson();
  const [empty] = useState(blank);
  const draft = useDraft<Content>(`patrol:${session.person.id}`, empty);
  const { value, edit } = draft;
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [complaints, setComplaints] = useState<string[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const setPlace = useCallback((place: ChosenPlace | null) => {
    edit({ place });
    setMissing((old) => touched(old, "place"));
  }, [edit]);

  const add = async (files: File[]) => {
    const fix = value.place ? { position: value.place.position, accuracy: value.place.accuracy ?? 0 } : null;
    const stamp = () => stampLines(now(), value.place?.words || value.address || null, fix, session.organisation.name);
    const done = await takePhotos(files, MAX_PHOTOS - value.photos.length, stamp);
    edit((old) => ({ ...old, photos: [...old.photos, ...done.photos].slice(0, MAX_PHOTOS), at: old.at || new Date(now()).toISOString() }));
    setComplaints(done.complaints);
    setMissing((old) => touched(old, "photos"));
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const found: Record<string, string> = {};
    if (value.photos.length === 0) found.photos = "请至少拍一张现场照片。";
    if (value.description.trim() === "" && value.class_code === "") found.words = "请选类别或写一句话。";
    if (!value.place && value.address.trim() === "") found.place = "请定位、在地图上选点，或写下地址。";
    setMissing(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>(".field-error")?.scrollIntoView({ block: "center" }));
      return;
    }
    setBusy(true);
    setFailure(null);
    const title = value.description.trim() || value.class_name;
    try {
      const body: Omit<NewLead, "client_key" | "photos"> = {
        source: "patrol", description: title, occurred_at: value.at || new Date(now()).toISOString(),
        ...(value.place ? { position: { x: value.place.position.lon, y: value.place.position.lat, system: "wgs84" } } : {}),
        ...(value.address.trim() ? { address: value.address.trim() } : {}),
        ...(value.class_code ? { class_code: value.class_code } : {}),
        ...(value.component ? { component_code: value.component.code } : {}),
      };
      await enqueue(await kept(), {
        id: value.key, person: session.person.id, kind: "report", label: "巡查上报", title, body: { ...body, photos: [] },
        photos: value.photos.map((it) => ({ id: it.id, field: "photos", type: it.type, data: it.data })), made_at: new Date(now()).toISOString(),
      });
      await draft.clear();
      edit(() => blank());
      announce();
      void kick();
      say(navigator.onLine ? "已存好，正在发送" : "已存在手机上，有网络就发");
      setBusy(false);
      go("#/me");
    } catch (error) {
      setFailure(error instanceof QueueFull ? error.message : "没能存到手机上，请再点一次。填写的内容还在。");
      setBusy(false);
    }
  };

  if (!draft.ready) return <Busy words="正在打开…" />;
  return (
    <form className="act" onSubmit={(event) => void submit(event)} noValidate>
      <header><h1>巡查上报</h1></header>
      <section className="stack" aria-label="现场照片">
        <PhotoPicker label="现场照片" photos={value.photos} max={MAX_PHOTOS} onFiles={add} onRemove={(id) => edit((old) => ({ ...old, photos: old.photos.filter((it) => it.id !== id) }))} />
        {missing.photos && <div className="field-error">{missing.photos}</div>}
        {complaints.map((it) => <Notice key={it} kind="warn" live>{it}</Notice>)}
      </section>
      <section className="stack" aria-label="位置">
        <h2 className="field-label">位置</h2>
        <PlacePicker value={value.place} onChange={setPlace} name={namePlace} atOnce />
        <Nearby position={value.place?.position ?? null} chosen={value.component} onChoose={(component) => edit({ component })} />
        <Field label="地址或旁边有什么" optional={!!value.place} error={missing.place}>
          {(ids) => <input {...ids} className="input" maxLength={200} value={value.address} onChange={(event) => { edit({ address: event.target.value }); setMissing((old) => touched(old, "place")); }} />}
        </Field>
      </section>
      <section className="stack" aria-label="问题">
        <Kinds value={value.class_code} onChange={(class_code, class_name) => { edit({ class_code, class_name }); setMissing((old) => touched(old, "words")); }} />
        <Field label="情况说明" optional={value.class_code !== ""} error={missing.words}>
          {(ids) => <textarea {...ids} className="input" rows={3} maxLength={2000} value={value.description} onChange={(event) => { edit({ description: event.target.value }); setMissing((old) => touched(old, "words")); }} />}
        </Field>
      </section>
      {failure && <Notice kind="bad" live>{failure}</Notice>}
      <div className="actions"><button type="submit" className="button button-primary button-large button-wide" aria-disabled={busy}>{busy ? <Busy words="正在存…" /> : "提交上报"}</button></div>
    </form>
  );
}

/** The facility that is probably meant (就近部件); only with a network, and never needed. */
function Nearby({ position, chosen, onChoose }: { position: LonLat | null; chosen: Content["component"]; onChoose: (component: Content["component"]) => void }) {
  const [found, setFound] = useState<CityComponent[]>([]);
  useEffect(() => {
    if (!position || !navigator.onLine) return;
    const stop = new AbortController();
    get<Page<CityComponent>>("/components", { lon: position.lon, lat: position.lat, radius_m: 60 }, stop.signal).then((page) => setFound(page.items.slice(0, 6)), () => undefined);
    return () => stop.abort();
  }, [position]);
  const list = chosen && !found.some((it) => it.code === chosen.code) ? [chosen, ...found] : found;
  if (list.length === 0) return null;
  return (
    <div className="chips" role="group" aria-label="附近的部件，选中问题所在的那个">
      {list.map((it) => (
        <button key={it.code} type="button" className="chip" aria-pressed={chosen?.code === it.code} onClick={() => onChoose(chosen?.code === it.code ? null : { code: it.code, name: it.name })}>{it.name}<span className="number"> {it.code.slice(-4)}</span></button>
      ))}
    </div>
  );
}

function Kinds({ value, onChange }: { value: string; onChange: (code: string, name: string) => void }) {
  const [kinds, setKinds] = useState<PublicClass[]>([]);
  useEffect(() => {
    let gone = false;
    void (async () => {
      const known = await readNote<PublicClass[]>("classes");
      if (known && !gone) setKinds(known);
      try {
        const { items } = await listPublicClasses();
        await writeNote("classes", items);
        if (!gone) setKinds(items);
      } catch {
        // Without network the kept list serves, or none: the class is optional.
      }
    })();
    return () => { gone = true; };
  }, []);
  const groups = new Map<string, PublicClass[]>();
  for (const kind of kinds) groups.set(kind.category_name, [...(groups.get(kind.category_name) ?? []), kind]);
  return (
    <Field label="类别" optional>
      {(ids) => (
        <select {...ids} className="input" value={value} onChange={(event) => onChange(event.target.value, kinds.find((it) => it.code === event.target.value)?.name ?? "")}>
          <option value="">不选，由受理员判断</option>
          {[...groups].map(([category, list]) => <optgroup key={category} label={category}>{list.map((it) => <option key={it.code} value={it.code}>{it.name}</option>)}</optgroup>)}
        </select>
      )}
    </Field>
  );
}
