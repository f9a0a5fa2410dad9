/** Grids to look at for a campaign (全域整治排查) on the phone. Needs the network. */
import { useCallback, useEffect, useState, type FormEvent } from "react";
import { checkGrid, listCampaignTasks } from "../../api/campaigns";
import type { CampaignTask } from "../../api/contract";
import { uploadFile } from "../../api/files";
import { asProblem } from "../../api/problem";
import { Busy, Field, Notice } from "../../street/controls";
import { touched } from "../../street/missing";
import { PhotoPicker, takePhotos, type LocalPhoto } from "../../street/photos";
import { usePerson } from "./device";
import { go } from "./route";
import { standingWords, useStanding } from "./standing";
import { Back } from "./Task";

const MAX_PHOTOS = 6;

export function GridChecks({ of }: { of: { id: string; grid: string } | null }) {
  const [tasks, setTasks] = useState<CampaignTask[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback(() => {
    listCampaignTasks().then(({ items }) => { setTasks(items); setProblem(null); }, (error: unknown) => setProblem(asProblem(error).message));
  }, []);
  useEffect(() => read(), [read]);
  const one = of && tasks?.find((it) => it.campaign === of.id && it.grid === of.grid);
  if (one) return <Check key={one.campaign + one.grid} of={one} done={() => { read(); go("#/campaigns", "replace"); }} />;
  return (
    <div className="stack">
      <Back to="#/tasks" words="返回任务" />
      <h1>全域整治排查</h1>
      <p className="muted">一处曝光的问题，每个网格都看一遍。发现的会成为您上报的线索。</p>
      {problem && <Notice kind="warn" live>{problem}</Notice>}
      {!tasks && !problem && <Busy words="正在读取…" />}
      {tasks?.length === 0 && <Notice>没有要排查的网格。值班长发起全域整治后会出现在这里。</Notice>}
      <ul className="stack rechecks">
        {tasks?.map((it) => (
          <li key={it.campaign + it.grid}><a className="card" href={`#/campaigns/${it.campaign}/${it.grid}`}><b>{it.grid_name ?? it.grid}</b><span className="muted">{it.name} · {it.due_on} 前</span></a></li>
        ))}
      </ul>
    </div>
  );
}

function Check({ of, done }: { of: CampaignTask; done: () => void }) {
  const { say } = usePerson();
  const [standing, askAgain] = useStanding(true);
  const [found, setFound] = useState<boolean | null>(null);
  const [note, setNote] = useState("");
  const [photos, setPhotos] = useState<LocalPhoto[]>([]);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
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
    if (found === null) lacking.found = "请先选一个。";
    if (found && note.trim() === "") lacking.note = "请写看到了什么。";
    if (found && photos.length === 0) lacking.photos = "请拍一张照片。";
    if (found && standing.state !== "known") lacking.place = "请打开定位，发现的问题要有位置。";
    setMissing(lacking);
    if (Object.keys(lacking).length > 0 || found === null) return;
    setBusy(true);
    try {
      const files: string[] = [];
      for (const photo of photos) files.push((await uploadFile(new Blob([photo.data], { type: photo.type }))).id);
      const place = standing.state === "known" ? { position: { x: standing.place.x, y: standing.place.y } } : {};
      const kept = await checkGrid(of, { found, photos: files, ...(note.trim() ? { note: note.trim() } : {}), ...place });
      say(kept.lead_number ? `已上报，编号 ${kept.lead_number}` : "排查结果已提交");
      done();
    } catch (error) {
      setFailure(`${asProblem(error).message} 填写的内容还在，可以再点一次。`);
      setBusy(false);
    }
  };
  return (
    <form className="act" onSubmit={(event) => void submit(event)} noValidate>
      <Back to="#/campaigns" words="返回排查任务" />
      <header><h1>{of.grid_name ?? of.grid}</h1><p className="muted">{[of.name, of.class_name, `${of.due_on} 前`].filter(Boolean).join(" · ")}</p></header>
      <p>{of.look_for}</p>
      <fieldset className="choice" data-wrong={missing.found ? "" : undefined}>
        <legend className="field-label">这个网格里</legend>
        {([false, true] as const).map((it) => (
          <label key={String(it)} className={found === it ? "chosen" : undefined}><input type="radio" name="found" checked={found === it} onChange={() => { setFound(it); setMissing((old) => touched(old, "found")); }} />{it ? "发现了" : "没有发现"}</label>
        ))}
        {missing.found && <div className="field-error">{missing.found}</div>}
      </fieldset>
      <section className="stack" aria-label="现场照片"><h2 className="field-label">现场照片{!found && <span className="optional">选填</span>}</h2><PhotoPicker label="现场照片" photos={photos} max={MAX_PHOTOS} onFiles={add} onRemove={(gone) => setPhotos((old) => old.filter((it) => it.id !== gone))} />{missing.photos && <div className="field-error">{missing.photos}</div>}</section>
      <Field label="情况说明" optional={!found} error={missing.note}>{(ids) => <textarea {...ids} className="input" maxLength={500} rows={3} value={note} onChange={(event) => { setNote(event.target.value); setMissing((old) => touched(old, "note")); }} />}</Field>
      <p className="muted">{standingWords(standing)}</p>
      {missing.place && <div className="field-error">{missing.place}</div>}
      {failure && <Notice kind="bad" live>{failure}</Notice>}
      <div className="actions"><button type="submit" className="button button-primary button-large button-wide" aria-disabled={busy}>{busy ? <Busy words="正在提交…" /> : "提交排查结果"}</button></div>
    </form>
  );
}
