/** A penalty on the spot (当场处罚, 简易程序): entered, told, heard, decided, printed and handed over, on the street. */
import { useCallback, useEffect, useState } from "react";
import { caseOfficers, readCase } from "../../api/cases";
import { get } from "../../api/client";
import { pdfOf, stripOf } from "../../api/documents";
import { asProblem } from "../../api/problem";
import type { CaseFile, CaseOfficerChoices, LonLat, OfficialDocument, Place } from "../../api/contract";
import { now } from "../../format/clock";
import { readNote, writeNote } from "../../offline/database";
import { useDraft } from "../../offline/useDraft";
import { Busy, Field, Notice } from "../../street/controls";
import { touched } from "../../street/missing";
import { PhotoPicker, takePhotos } from "../../street/photos";
import { PlacePicker } from "../../street/PlacePicker";
import { useOnline, usePerson } from "../phone/device";
import { stampLines } from "../phone/stamp";
import { blank, isYouth, MAX_PHOTOS, missing, penaltyOf, rangeOf, stageOf, toldOf, undecided, type OnSpotContent, type Stage } from "./content";
import { MatterChoice } from "./MatterChoice";
import { Signature } from "./Signature";
import { decide, hand, issue, tell } from "./steps";
import "./onspot.css";

const stages: [Stage, string][] = [["enter", "填写"], ["tell", "告知"], ["hand", "决定"], ["done", "送达"]];
const order: Stage[] = ["enter", "tell", "decide", "hand", "done", "elsewhere"];
const namePlace = ({ lon, lat }: LonLat) => get<Place>("/places", { x: lon, y: lat, system: "wgs84" });

export function OnSpot() {
  const { session, say } = usePerson();
  const online = useOnline();
  const [empty] = useState(blank);
  const draft = useDraft<OnSpotContent>(`on-spot:${session.person.id}`, empty);
  const { value, edit } = draft;
  const [file, setFile] = useState<CaseFile | null>(null);
  const [paper, setPaper] = useState<OfficialDocument | null>(null);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string[]>([]);
  const [busy, setBusy] = useState("");
  const [complaints, setComplaints] = useState<string[]>([]);

  // What was begun is gone on with where the server says it stands.
  useEffect(() => {
    if (!draft.ready || !value.opened || file) return;
    let gone = false;
    readCase(value.opened).then((it) => { if (!gone) setFile(it); }, () => undefined);
    return () => { gone = true; };
  }, [draft.ready, value.opened, file, online]);

  const clear = useCallback((field: string) => setWrong((old) => touched(old, field)), []);
  const run = async (words: string, work: () => Promise<void>) => {
    if (busy) return;
    setBusy(words);
    setFailure([]);
    try {
      await work();
    } catch (error) {
      const met = asProblem(error);
      if (met.code === "weighed-first") {
        setFailure(["该事项有裁量基准，请在工作台填写裁量因素后继续。"]);
        return;
      }
      setFailure([met.offline ? "没有网络。填写的内容都在，有信号后再点一次，会接着办。" : `${met.message}${met.citation ? `（${met.citation}）` : ""}`, ...met.fields.map((it) => it.detail)]);
    } finally {
      setBusy("");
    }
  };

  if (!draft.ready) return <Busy words="正在打开…" />;
  const stage = stageOf(file);
  const at = order.indexOf(stage === "decide" ? "tell" : stage);
  const begin = () => {
    const found = missing(value, new Date(now()));
    setWrong(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>(".field-error")?.scrollIntoView({ block: "center" }));
      return;
    }
    void run("正在登记…", async () => setFile(await tell(value, session.person.id, new Date(now()), async (id) => { edit({ opened: id }); })));
  };
  const settle = () => {
    const found = undecided(value, new Date(now()));
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    void run("正在决定…", async () => {
      setFile(await decide(value, new Date(now())));
      setPaper(await issue(value, new Date(now())));
    });
  };
  const print = () => run("正在签发…", async () => setPaper(await issue(value, new Date(now()))));
  const finish = () => run("正在登记送达…", async () => { setFile(await hand(value)); say("已送达"); });
  // The case stays as it stands, for the desk; the phone is free for the next one.
  const leave = async () => { if (window.confirm("案件留在工作台继续办理，手机上的填写和照片清除。另办一件吗？")) await again(); };
  const again = async () => { await draft.clear(); edit(() => blank()); setFile(null); setPaper(null); setFailure([]); };

  return (
    <div className="act">
      <header><h1>当场处罚</h1><p className="muted">简易程序，行政处罚法第五十一条、第五十二条</p></header>
      <ol className="onspot-steps" aria-label="进度">{stages.map(([it, words]) => <li key={it} data-done={order.indexOf(it) <= at} aria-current={order.indexOf(it) === at ? "step" : undefined}>{words}</li>)}</ol>
      {stage === "enter" && <Enter value={value} edit={edit} wrong={wrong} clear={clear} locked={value.opened !== ""} complaints={complaints} setComplaints={setComplaints} organisation={session.organisation.name} me={session.person.id} />}
      {(stage === "tell" || stage === "decide") && <Tell value={value} edit={edit} wrong={wrong} clear={clear} />}
      {(stage === "hand" || stage === "done") && (
        <>
          <Notice kind="good">{stage === "hand" ? `已决定：${penaltyOf(value)}。` : `已送达，案件 ${file?.number ?? ""}。两日内报所属机关备案。`}</Notice>
          {paper ? (
            <div className="onspot-papers">
              <p className="muted">决定书 {paper.number}</p>
              <a className="button button-primary button-wide" href={stripOf(paper)} target="_blank" rel="noreferrer">打印小票（58 毫米）</a>
              <a className="button button-soft button-wide" href={pdfOf(paper)} target="_blank" rel="noreferrer">打印 A4 决定书</a>
            </div>
          ) : <button type="button" className="button button-primary button-wide" onClick={() => void print()}>{busy || "签发决定书"}</button>}
        </>
      )}
      {stage === "hand" && paper && (
        <fieldset className="choice"><legend className="field-label">交付</legend>
          {([["direct", "已当场交付"], ["left", "拒收，拍照留置"]] as const).map(([code, words]) => <label key={code} className={value.handed === code ? "chosen" : ""}><input type="radio" name="handed" checked={value.handed === code} onChange={() => edit({ handed: code })} />{words}</label>)}
        </fieldset>
      )}
      {stage === "elsewhere" && <Notice kind="warn">这个案件已经转出简易程序，请到工作台办理（{file?.number}，{file?.state.label}）。</Notice>}
      {failure.length > 0 && <Notice kind="bad" live>{failure.map((it) => <p key={it}>{it}</p>)}</Notice>}
      {!online && <Notice kind="warn">没有网络：可以先填写，存在手机上；告知和决定要联网办理。</Notice>}
      <div className="actions">
        {stage === "enter" && <button type="button" className="button button-primary button-large button-wide" aria-disabled={busy !== "" || !online} onClick={begin}>{busy ? <Busy words={busy} /> : "开始告知"}</button>}
        {(stage === "tell" || stage === "decide") && <button type="button" className="button button-primary button-large button-wide" aria-disabled={busy !== "" || !online} onClick={settle}>{busy ? <Busy words={busy} /> : `决定：${penaltyOf(value)}`}</button>}
        {stage === "hand" && paper && <button type="button" className="button button-primary button-large button-wide" aria-disabled={busy !== "" || !online} onClick={() => void finish()}>{busy ? <Busy words={busy} /> : "完成送达"}</button>}
        {(stage === "done" || stage === "elsewhere") && <button type="button" className="button button-primary button-large button-wide" onClick={() => void again()}>办下一件</button>}
        {value.opened !== "" && stage !== "done" && stage !== "elsewhere" && <button type="button" className="button button-soft button-wide" aria-disabled={busy !== ""} onClick={() => { if (!busy) void leave(); }}>转到工作台办理，另办一件</button>}
      </div>
    </div>
  );
}

interface Part { value: OnSpotContent; edit: (change: Partial<OnSpotContent> | ((old: OnSpotContent) => OnSpotContent)) => void; wrong: Record<string, string>; clear: (field: string) => void }

function Enter({ value, edit, wrong, clear, locked, complaints, setComplaints, organisation, me }: Part & { locked: boolean; complaints: string[]; setComplaints: (all: string[]) => void; organisation: string; me: string }) {
  const [people, setPeople] = useState<CaseOfficerChoices["items"]>([]);
  useEffect(() => {
    let gone = false;
    void (async () => {
      const known = await readNote<CaseOfficerChoices["items"]>("case-officers");
      if (known && !gone) setPeople(known);
      try {
        const { items } = await caseOfficers();
        await writeNote("case-officers", items);
        if (!gone) setPeople(items);
      } catch { /* without network the kept list serves */ }
    })();
    return () => { gone = true; };
  }, []);
  const add = async (files: File[]) => {
    const fix = value.place ? { position: value.place.position, accuracy: value.place.accuracy ?? 0 } : null;
    const done = await takePhotos(files, MAX_PHOTOS - value.photos.length, () => stampLines(now(), value.place?.words || value.address || null, fix, organisation));
    edit((old) => ({ ...old, photos: [...old.photos, ...done.photos].slice(0, MAX_PHOTOS) }));
    setComplaints(done.complaints);
    clear("photos");
  };
  const text = (name: "address" | "summary" | "name" | "id_number" | "telephone" | "fine" | "reasons") => ({
    value: value[name], onChange: (event: { target: { value: string } }) => { edit({ [name]: event.target.value }); clear(name === "address" ? "place" : name); },
  });
  const range = rangeOf(value);
  return (
    <>
    <fieldset className="stack onspot-enter" disabled={locked} aria-label="违法行为和当事人">
      <PhotoPicker label="现场照片" photos={value.photos} max={MAX_PHOTOS} onFiles={add} onRemove={(id) => edit((old) => ({ ...old, photos: old.photos.filter((it) => it.id !== id) }))} />
      {wrong.photos && <div className="field-error">{wrong.photos}</div>}
      {complaints.map((it) => <Notice key={it} kind="warn" live>{it}</Notice>)}
      <MatterChoice value={value.matter} onChange={(matter) => { edit({ matter }); clear("matter"); }} error={wrong.matter} unit={value.kind === "unit"} />
      <h2 className="field-label">地点</h2>
      <PlacePicker value={value.place} onChange={(place) => { edit({ place }); clear("place"); }} name={namePlace} atOnce />
      {wrong.place && <div className="field-error">{wrong.place}</div>}
      <Field label="门牌或旁边有什么" optional>{(ids) => <input {...ids} className="input" maxLength={200} {...text("address")} />}</Field>
      <Field label="违法事实" error={wrong.summary}>{(ids) => <textarea {...ids} className="input" rows={3} maxLength={1000} {...text("summary")} />}</Field>
      <fieldset className="choice choice-row"><legend className="field-label">当事人</legend>
        {([["individual", "个人"], ["household", "个体户"], ["unit", "单位"]] as const).map(([code, words]) => <label key={code} className={value.kind === code ? "chosen" : ""}><input type="radio" name="kind" checked={value.kind === code} onChange={() => edit({ kind: code })} />{words}</label>)}
      </fieldset>
      <Field label={value.kind === "unit" ? "单位名称" : "姓名"} error={wrong.name}>{(ids) => <input {...ids} className="input" maxLength={100} autoComplete="off" {...text("name")} />}</Field>
      <Field label={value.kind === "individual" ? "身份证号" : "统一社会信用代码"} error={wrong.id_number}>{(ids) => <input {...ids} className="input" maxLength={18} autoComplete="off" autoCapitalize="characters" {...text("id_number")} />}</Field>
      <Field label="电话" optional error={wrong.telephone}>{(ids) => <input {...ids} className="input" inputMode="tel" maxLength={15} autoComplete="off" {...text("telephone")} />}</Field>
    </fieldset>
    {/* What is meant to be imposed may change until the party is told of it. */}
    <fieldset className="stack onspot-enter" aria-label="拟处罚">
      <label className="check-row"><input type="checkbox" checked={value.warning} onChange={(event) => { edit({ warning: event.target.checked }); clear("fine"); }} />警告</label>
      <Field label="罚款（元）" optional={value.warning} hint={range ? `法定幅度 ${range.min_fen / 100} 元至 ${range.max_fen / 100} 元；简易程序个人不超过 200 元，单位不超过 3000 元` : undefined} error={wrong.fine}>{(ids) => <input {...ids} className="input" inputMode="decimal" maxLength={9} {...text("fine")} />}</Field>
      <Field label="处罚理由" error={wrong.reasons}>{(ids) => <input {...ids} className="input" maxLength={300} {...text("reasons")} />}</Field>
      <Field label="一起执法的人员" error={wrong.colleague}>
        {(ids) => (
          <select {...ids} className="input" disabled={locked} value={value.colleague} onChange={(event) => { edit({ colleague: event.target.value }); clear("colleague"); }}>
            <option value="">请选择</option>
            {people.filter((it) => it.id !== me).map((it) => <option key={it.id} value={it.id} disabled={!it.valid}>{it.name}{it.valid ? "" : "（证件无效）"}</option>)}
          </select>
        )}
      </Field>
    </fieldset>
    </>
  );
}

function Tell({ value, edit, wrong, clear }: Part) {
  return (
    <>
      <section className="stack" aria-labelledby="told"><h2 id="told">请向当事人宣读</h2><div className="onspot-told">{toldOf(value).map((it) => <p key={it}>{it}</p>)}</div></section>
      <fieldset className="choice"><legend className="field-label">当事人的意见</legend>
        {([["no", "没有异议"], ["yes", "陈述申辩"]] as const).map(([code, words]) => <label key={code} className={value.objects === code ? "chosen" : ""}><input type="radio" name="objects" checked={value.objects === code} onChange={() => { edit({ objects: code }); clear("objects"); }} />{words}</label>)}
        {wrong.objects && <div className="field-error">{wrong.objects}</div>}
      </fieldset>
      {value.objects === "yes" && (
        <>
          <Field label="陈述申辩的内容" error={wrong.statement}>{(ids) => <textarea {...ids} className="input" rows={3} maxLength={1000} value={value.statement} onChange={(event) => { edit({ statement: event.target.value }); clear("statement"); }} />}</Field>
          <Field label="复核意见" hint="不得因申辩加重处罚（行政处罚法第四十五条第二款）" error={wrong.considered}>{(ids) => <textarea {...ids} className="input" rows={2} maxLength={1000} value={value.considered} onChange={(event) => { edit({ considered: event.target.value }); clear("considered"); }} />}</Field>
        </>
      )}
      {isYouth(value, new Date(now())) && <Field label="从轻或者减轻的情况" hint="当事人不满十八周岁，应当从轻或者减轻（行政处罚法第三十条）" error={wrong.lenient}>{(ids) => <textarea {...ids} className="input" rows={2} maxLength={300} value={value.lenient ?? ""} onChange={(event) => { edit({ lenient: event.target.value }); clear("lenient"); }} />}</Field>}
      <section className="stack" aria-labelledby="signing"><h2 id="signing" className="field-label">当事人签名<span className="optional">拒绝签名的不填</span></h2>
        <Signature label="当事人签名" value={value.signature} onChange={(signature) => edit({ signature })} />
      </section>
    </>
  );
}
