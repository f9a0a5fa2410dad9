/** Blind re-verification (盲核复查) on the phone: closed leads to look at again, without what was said before. Needs the network. */
import { useCallback, useEffect, useState, type FormEvent } from "react";
import type { BlindTask } from "../../api/contract";
import { fileAddress, thumbnailAddress, uploadFile } from "../../api/files";
import { asProblem } from "../../api/problem";
import { answerBlindTask, listBlindTasks } from "../../api/scrutiny";
import { Busy, Field, Notice } from "../../street/controls";
import { touched } from "../../street/missing";
import { PhotoPicker, takePhotos, type LocalPhoto } from "../../street/photos";
import { usePerson } from "./device";
import { go } from "./route";
import { standingWords, useStanding } from "./standing";
import { Back } from "./Task";

const MAX_PHOTOS = 6;

export function Rechecks({ id }: { id: string | null }) {
  const [tasks, setTasks] = useState<BlindTask[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback(() => {
    listBlindTasks().then(({ items }) => { setTasks(items); setProblem(null); }, (error: unknown) => setProblem(asProblem(error).message));
  }, []);
  useEffect(() => read(), [read]);
  const one = tasks?.find((it) => it.id === id);
  if (id && one) return <Answer key={id} of={one} done={() => { read(); go("#/rechecks", "replace"); }} />;
  return (
    <div className="stack">
      <Back to="#/tasks" words="返回任务" />
      <h1>盲核复查</h1>
      <p className="muted">这些问题报告说已经处理好。请到现场看是不是真的处理好了；此前谁办的、怎么答复的，这里不显示。</p>
      {problem && <Notice kind="warn" live>{problem}</Notice>}
      {!tasks && !problem && <Busy words="正在读取…" />}
      {tasks?.length === 0 && <Notice>没有要盲核的件。值班长或考评员抽到您时会出现在这里。</Notice>}
      <ul className="stack rechecks">
        {tasks?.map((it) => (
          <li key={it.id}><a className="card" href={`#/rechecks/${it.id}`}><b>{it.title}</b><span className="muted">{it.address ?? it.grid_name ?? ""}</span></a></li>
        ))}
      </ul>
    </div>
  );
}

function Answer({ of, done }: { of: BlindTask; done: () => void }) {
  const { say } = usePerson();
  const [standing, askAgain] = useStanding(true);
  const [held, setHeld] = useState<boolean | null>(null);
  const [note, setNote] = useState("");
  const [photos, setPhotos] = useState<LocalPhoto[]>([]);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async (files: File[]) => {
    const taken = await takePhotos(files, MAX_PHOTOS - photos.length);
    setPhotos((old) => [...old, ...taken.photos].slice(0, MAX_PHOTOS));
    askAgain();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const found: Record<string, string> = {};
    if (held === null) found.held = "请先选一个。";
    if (held === false && note.trim() === "") found.note = "请写看到了什么。";
    setMissing(found);
    if (Object.keys(found).length > 0 || held === null) return;
    setBusy(true);
    try {
      const files: string[] = [];
      for (const photo of photos) files.push((await uploadFile(new Blob([photo.data], { type: photo.type }))).id);
      const place = standing.state === "known" ? { position: { x: standing.place.x, y: standing.place.y, accuracy: standing.place.accuracy } } : {};
      await answerBlindTask(of.id, { held, photos: files, ...(note.trim() ? { note: note.trim() } : {}), ...place });
      say("盲核结果已提交");
      done();
    } catch (error) {
      setFailure(`${asProblem(error).message} 填写的内容还在，可以再点一次。`);
      setBusy(false);
    }
  };
  return (
    <form className="act" onSubmit={(event) => void submit(event)} noValidate>
      <Back to="#/rechecks" words="返回盲核复查" />
      <header><h1>{of.title}</h1><p className="muted">{[of.class_name, of.address, of.grid_name].filter(Boolean).join(" · ")}</p></header>
      {of.photos.length > 0 && <ul className="photos" aria-label="上报时的照片">{of.photos.map((it) => <li key={it}><a href={fileAddress(it)} target="_blank" rel="noreferrer"><img src={thumbnailAddress(it)} alt="上报时的照片" /></a></li>)}</ul>}
      <fieldset className="choice" data-wrong={missing.held ? "" : undefined}>
        <legend className="field-label">现在的情况</legend>
        {([true, false] as const).map((it) => (
          <label key={String(it)} className={held === it ? "chosen" : undefined}><input type="radio" name="held" checked={held === it} onChange={() => { setHeld(it); setMissing((old) => touched(old, "held")); }} />{it ? "确已处理好" : "没有处理好"}</label>
        ))}
        {missing.held && <div className="field-error">{missing.held}</div>}
      </fieldset>
      <section className="stack" aria-label="现场照片"><h2 className="field-label">现场照片<span className="optional">选填</span></h2><PhotoPicker label="现场照片" photos={photos} max={MAX_PHOTOS} onFiles={add} onRemove={(gone) => setPhotos((old) => old.filter((it) => it.id !== gone))} /></section>
      <Field label="情况说明" optional={held !== false} error={missing.note}>{(ids) => <textarea {...ids} className="input" maxLength={500} rows={3} value={note} onChange={(event) => { setNote(event.target.value); setMissing((old) => touched(old, "note")); }} />}</Field>
      <p className="muted">{standingWords(standing)}</p>
      {failure && <Notice kind="bad" live>{failure}</Notice>}
      <div className="actions"><button type="submit" className="button button-primary button-large button-wide" aria-disabled={busy}>{busy ? <Busy words="正在提交…" /> : "提交盲核结果"}</button></div>
    </form>
  );
}
