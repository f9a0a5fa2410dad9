/** What is looked at on the spot beside tasks: the list of it, and the form of what was seen. Needs the network. */
import { useCallback, useEffect, useState, type FormEvent, type ReactNode } from "react";
import { uploadFile } from "../../api/files";
import { asProblem } from "../../api/problem";
import { Busy, Field, Notice } from "../../street/controls";
import { touched } from "../../street/missing";
import { PhotoPicker, takePhotos, type LocalPhoto } from "../../street/photos";
import { standingWords, useStanding, type ActPlace } from "./standing";
import { Back } from "./Task";

const MAX_PHOTOS = 6;

/** A list read from the server, read again on demand, with what went wrong. */
export function useList<T>(list: () => Promise<{ items: T[] }>): [T[] | null, string | null, () => void] {
  const [items, setItems] = useState<T[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback(() => {
    list().then((it) => { setItems(it.items); setProblem(null); }, (error: unknown) => setProblem(asProblem(error).message));
  }, [list]);
  useEffect(() => read(), [read]);
  return [items, problem, read];
}

/** The list of what is to be looked at. */
export function SiteList<T>({ title, intro, empty, items, problem, row }: { title: string; intro: string; empty: string; items: T[] | null; problem: string | null; row: (it: T) => { to: string; title: string; words: string } }) {
  return (
    <div className="stack">
      <Back to="#/tasks" words="返回任务" />
      <h1>{title}</h1>
      <p className="muted">{intro}</p>
      {problem && <Notice kind="warn" live>{problem}</Notice>}
      {!items && !problem && <Busy words="正在读取…" />}
      {items?.length === 0 && <Notice>{empty}</Notice>}
      <ul className="task-list">
        {items?.map(row).map((it) => <li key={it.to}><a className="task site-task" href={it.to}><div className="task-words"><strong>{it.title}</strong><span className="muted small">{it.words}</span></div></a></li>)}
      </ul>
    </div>
  );
}

/** What was seen on the spot. */
export interface Seen { bad: boolean; note?: string; photos: string[]; place?: ActPlace }

/** The words of a form, and whether what is bad must have a photo and a position. */
export interface SiteWords { back: { to: string; words: string }; title: string; words: string; legend: string; good: string; bad: string; submit: string; proofOfBad?: boolean }

export function SiteForm({ words, children, send }: { words: SiteWords; children?: ReactNode; send: (seen: Seen) => Promise<void> }) {
  const [standing, askAgain] = useStanding(true);
  const [bad, setBad] = useState<boolean | null>(null);
  const [note, setNote] = useState("");
  const [photos, setPhotos] = useState<LocalPhoto[]>([]);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const place = standing.state === "known" ? standing.place : undefined;
  const proof = Boolean(words.proofOfBad && bad);
  const add = async (files: File[]) => {
    const taken = await takePhotos(files, MAX_PHOTOS - photos.length);
    setPhotos((old) => [...old, ...taken.photos].slice(0, MAX_PHOTOS));
    setMissing((old) => touched(old, "photos"));
    askAgain();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const lacking: Record<string, string> = {};
    if (bad === null) lacking.bad = "请先选一个。";
    if (bad && note.trim() === "") lacking.note = "请写看到了什么。";
    if (proof && photos.length === 0) lacking.photos = "请拍一张照片。";
    if (proof && !place) lacking.place = "请打开定位，发现的问题要有位置。";
    setMissing(lacking);
    if (Object.keys(lacking).length > 0 || bad === null) return;
    setBusy(true);
    try {
      const files: string[] = [];
      for (const photo of photos) files.push((await uploadFile(new Blob([photo.data], { type: photo.type }))).id);
      await send({ bad, photos: files, ...(note.trim() ? { note: note.trim() } : {}), ...(place ? { place } : {}) });
    } catch (error) {
      setFailure(`${asProblem(error).message} 填写的内容还在，可以再点一次。`);
      setBusy(false);
    }
  };
  return (
    <form className="act" onSubmit={(event) => void submit(event)} noValidate>
      <Back to={words.back.to} words={words.back.words} />
      <header><h1>{words.title}</h1><p className="muted">{words.words}</p></header>
      {children}
      <fieldset className="choice" data-wrong={missing.bad ? "" : undefined}>
        <legend className="field-label">{words.legend}</legend>
        {([false, true] as const).map((it) => (
          <label key={String(it)} className={bad === it ? "chosen" : undefined}><input type="radio" name="bad" checked={bad === it} onChange={() => { setBad(it); setMissing((old) => touched(old, "bad")); }} />{it ? words.bad : words.good}</label>
        ))}
        {missing.bad && <div className="field-error">{missing.bad}</div>}
      </fieldset>
      <section className="stack" aria-label="现场照片"><h2 className="field-label">现场照片{!proof && <span className="optional">选填</span>}</h2><PhotoPicker label="现场照片" photos={photos} max={MAX_PHOTOS} onFiles={add} onRemove={(gone) => setPhotos((old) => old.filter((it) => it.id !== gone))} />{missing.photos && <div className="field-error">{missing.photos}</div>}</section>
      <Field label="情况说明" optional={!bad} error={missing.note}>{(ids) => <textarea {...ids} className="input" maxLength={500} rows={3} value={note} onChange={(event) => { setNote(event.target.value); setMissing((old) => touched(old, "note")); }} />}</Field>
      <p className="muted">{standingWords(standing)}</p>
      {missing.place && <div className="field-error">{missing.place}</div>}
      {failure && <Notice kind="bad" live>{failure}</Notice>}
      <div className="actions"><button type="submit" className="button button-primary button-large button-wide" aria-disabled={busy}>{busy ? <Busy words="正在提交…" /> : words.submit}</button></div>
    </form>
  );
}
