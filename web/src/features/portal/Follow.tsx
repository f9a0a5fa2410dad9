/** What became of it (办理进度): state, time left, steps, proof, rating. Readable by anyone who has the code, and only by them. */
import { useEffect, useRef, useState } from "react";
import type { PublicReport } from "../../api/contract";
import { publicPhotoAddress, publicThumbnailAddress } from "../../api/files";
import { readPublicReport } from "../../api/public";
import { readDemo } from "../../api/session";
import { asProblem, type Problem } from "../../api/problem";
import { setServerTime, useNow } from "../../format/clock";
import { ago, dateTime, remaining, shortTime } from "../../format/time";
import { mosaicWords, photoWords } from "../../format/words";
import { Lamp } from "../../components/Light";
import { SimulatedTag } from "../../components/StateTag";
import { CityMap } from "../../map/CityMap";
import { Busy, Notice, Viewer } from "../../street/controls";
import { Icon } from "../../street/Icon";
import { Link } from "./Link";
import { followAddress, receiptAddress } from "./route";
import { MyData } from "./MyData";
import { Rating } from "./Rating";
import { Reward } from "./Reward";
import { useSecret } from "./useSecret";

export default function Follow({ code, fresh }: { code: string; fresh: boolean }) {
  const { report, problem, readAt, refresh } = useReport(code);
  useSecret(code);
  if (!report && problem) return <Failed code={code} problem={problem} retry={refresh} />;
  if (!report) return <div className="waiting"><Busy words="正在查询…" /></div>;
  return (
    <div className="follow">
      {fresh && <Receipt code={code} report={report} />}
      <State report={report} />
      {problem && <Notice kind="warn" live>暂时连不上服务器，下面是 {shortTime(readAt)} 读到的内容，恢复后自动更新。</Notice>}
      {report.merged_into && <Notice>这件与相同问题 <b className="number">{report.merged_into}</b> 合并办理，下面是合并后的进展。</Notice>}
      {report.reports > 1 && <p className="small muted">这个问题共有 {report.reports} 件上报一并办理，进展和结果每位上报人都能看到。</p>}
      <div className="follow-body">
        <div className="stack">
          {report.reply_held && <p className="card muted" role="status">答复正在核对，核对后会出现在办理过程里。</p>}
          {report.can_rate && <Rating code={code} done={refresh} />}
          <Reward code={code} />
          {report.rating && <Rated rating={report.rating} />}
          <section className="card" aria-labelledby="steps">
            <div className="section-head"><h2 id="steps">办理过程</h2><span className="muted small" aria-live="off">{readAt ? `${ago(readAt)}更新` : ""}</span></div>
            <Steps report={report} />
          </section>
        </div>
        <div className="stack">
          <Proof code={code} report={report} />
          <About code={code} report={report} fresh={fresh} />
          <MyData code={code} done={refresh} />
        </div>
      </div>
    </div>
  );
}

const EVERY = 20_000;

function useReport(code: string) {
  const [report, setReport] = useState<PublicReport | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [readAt, setReadAt] = useState(0);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    const read = async () => {
      clearTimeout(timer);
      let wait = EVERY;
      try {
        const found = await readPublicReport(code, stop.signal);
        setReport(found);
        setProblem(null);
        setReadAt(Date.now());
        failures = 0;
        // What is over changes seldom.
        if (found.state === "closed" || found.state === "rejected" || found.state === "voided") wait = EVERY * 6;
      } catch (error) {
        if (stop.signal.aborted) return;
        const met = asProblem(error);
        setProblem(met);
        if (met.status === 404) return;
        wait = Math.min(120_000, EVERY * 2 ** failures++);
      }
      timer = setTimeout(() => { if (document.visibilityState === "visible") void read(); }, wait);
    };
    const seen = () => { if (document.visibilityState === "visible") void read(); };
    document.addEventListener("visibilitychange", seen);
    window.addEventListener("online", seen);
    void read();
    return () => {
      stop.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
      window.removeEventListener("online", seen);
    };
  }, [code, asked]);
  return { report, problem, readAt, refresh: () => setAsked((it) => it + 1) };
}

function Failed({ code, problem, retry }: { code: string; problem: Problem; retry: () => void }) {
  if (problem.code === "report-waiting") return <Waiting code={code} problem={problem} retry={retry} />;
  return (
    <div className="stack narrow">
      <h1>{problem.status === 404 ? "没有查到" : "暂时查不到"}</h1>
      <Notice kind={problem.status === 404 ? "info" : "warn"} live>
        {problem.status === 404
          ? <span>没有查询码为 <b className="number">{code}</b> 的上报。请核对是否少了字符；数字 0 和字母 o、数字 1 和字母 l 容易看错。</span>
          : <span>{problem.message}</span>}
      </Notice>
      <div className="row">
        {problem.status !== 404 && <button type="button" className="button button-primary" onClick={retry}><Icon name="refresh" />再试一次</button>}
        <Link className="button" href="/">回首页重新查</Link>
      </div>
    </div>
  );
}

/** Taken in while the database was out of reach: it is kept, and this page goes on by itself when the database is back. */
function Waiting({ code, problem, retry }: { code: string; problem: Problem; retry: () => void }) {
  return (
    <section className="card receipt" aria-labelledby="taken">
      <div className="receipt-mark"><Icon name="check" size={34} /></div>
      <div className="receipt-words">
        <h1 id="taken">已收下，系统恢复后即可查询</h1>
        <p className="muted" role="status">{problem.message}</p>
        <p className="code number">{code}</p>
        <Keep code={code} />
        <div className="row"><button type="button" className="button" onClick={retry}><Icon name="refresh" />现在查一下</button></div>
      </div>
    </section>
  );
}

/** Right after reporting: the code, kept easily, and what happens next. */
function Receipt({ code, report }: { code: string; report: PublicReport }) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <section className="card receipt" aria-labelledby="done">
      <div className="receipt-mark"><Icon name="check" size={34} /></div>
      <div className="receipt-words">
        <h1 id="done" ref={head} tabIndex={-1}>已经收到，谢谢您</h1>
        <p className="muted">编号 <span className="number">{report.number}</span>。凭查询码随时看进度，不用登录：</p>
        <p className="code number">{code}</p>
        <Keep code={code} />
        <p className="small muted">接下来：受理员核对后派到责任单位处置，处置后另有人到现场核查；办结后请回来打分。这台设备的首页也会记住这个查询码。</p>
      </div>
    </section>
  );
}

function Keep({ code }: { code: string }) {
  const [said, setSaid] = useState("");
  const link = `${location.origin}${followAddress(code)}`;
  const copy = async (text: string, done: string) => {
    setSaid((await copyText(text)) ? done : "浏览器不允许自动复制，请长按查询码复制。");
    setTimeout(() => setSaid(""), 4000);
  };
  return (
    <div className="keep">
      <button type="button" className="button button-small" onClick={() => void copy(code, "查询码已复制")}><Icon name="copy" size={20} />复制查询码</button>
      <button type="button" className="button button-small" onClick={() => void copy(link, "链接已复制")}><Icon name="share" size={20} />复制链接</button>
      <Link className="button button-small" href={receiptAddress(code)}><Icon name="print" size={20} />签名回执</Link>
      <span role="status" className="small keep-said">{said}</span>
    </div>
  );
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Unencrypted pages have no clipboard; an old way still works in most browsers.
    const area = document.createElement("textarea");
    area.value = text;
    area.style.cssText = "position:fixed;opacity:0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function State({ report }: { report: PublicReport }) {
  return (
    <section className="state" aria-labelledby="state">
      <p className="muted"><span className="number">{report.number}</span> · {dateTime(report.reported_at)} 上报 {report.simulated && <SimulatedTag />}</p>
      <div className="state-line">
        <h1 id="state">{report.state_label}</h1>
        {report.due_at && <TimeLeft dueAt={report.due_at} light={report.light ?? null} />}
      </div>
      <p className="state-title">{report.title}</p>
    </section>
  );
}

function TimeLeft({ dueAt, light }: { dueAt: string; light: PublicReport["light"] | null }) {
  const now = useNow(1000);
  const rest = remaining(dueAt, now);
  const odd = rest.late && light !== null && light !== undefined && light !== "red";
  // Late by our clock but not by the server's: only the demonstration, whose clock starts in the past, is like that.
  useEffect(() => { if (odd) readDemo().then((it) => setServerTime(it.now), () => undefined); }, [odd]);
  const shown = light ?? (rest.late ? "red" : "green");
  return (
    <p className={`left left-${shown}`} role="timer" aria-label={`${rest.text}，限时 ${dateTime(dueAt)}`}>
      <Lamp light={shown} size={18} />
      <span><b>{rest.late ? `已超期 ${rest.text.replace("超期 ", "")}` : rest.text}</b><small>应在 {dateTime(dueAt)} 前办到这一步</small></span>
    </p>
  );
}

function Steps({ report }: { report: PublicReport }) {
  if (report.steps.length === 0) return <p className="muted">已收到，正在等待受理。每办一步都会出现在这里。</p>;
  const last = report.steps.length - 1;
  const over = ["closed", "rejected", "merged", "voided"].includes(report.state);
  return (
    <ol className="steps">
      {report.steps.map((step, index) => (
        <li key={`${step.at}-${index}`} className={index === last && !over ? "step-now" : "step-done"}>
          <span className="step-dot" aria-hidden="true">{index === last && !over ? null : <Icon name="check" size={16} />}</span>
          <div><strong>{step.label}</strong>{step.text && step.text !== step.label && <p>{step.text}</p>}<time dateTime={step.at} className="muted small">{dateTime(step.at)}</time></div>
        </li>
      ))}
    </ol>
  );
}

function Proof({ code, report }: { code: string; report: PublicReport }) {
  const [open, setOpen] = useState<{ id: string; words: string } | null>(null);
  if (report.photos.length === 0) return null;
  const mosaics = [...new Set(report.photos.flatMap((it) => it.whole ?? []))];
  const before = report.photos.filter((it) => it.role === "before" || it.role === "report" || it.role === "verify");
  const after = report.photos.filter((it) => it.role === "after" || it.role === "check");
  const list = (photos: PublicReport["photos"]) => (
    <ul className="photos">
      {photos.map((photo, index) => (
        <li key={`${photo.id ?? ""}${index}`}>
          {photo.withheld || !photo.id ? <div className="photo photo-withheld"><span>这张照片已撤回公开</span></div> : <div className="photo"><button type="button" className="photo-open" aria-label={`放大${photoWords[photo.role]}照片 ${index + 1}`} onClick={() => setOpen({ id: photo.id ?? "", words: `${photoWords[photo.role]}照片` })}><img src={publicThumbnailAddress(code, photo.id)} alt={`${photoWords[photo.role]}照片 ${index + 1}`} loading="lazy" decoding="async" /></button></div>}
          <div className="photo-caption">{photoWords[photo.role]}</div>
        </li>
      ))}
    </ul>
  );
  return (
    <section className="card stack" aria-labelledby="proof">
      <h2 id="proof">现场照片</h2>
      {after.length > 0 && <div className="stack"><h3>处理之后</h3>{list(after)}</div>}
      {before.length > 0 && <div className="stack">{after.length > 0 && <h3>处理之前</h3>}{list(before)}</div>}
      <p className="small muted">照片里的人脸和车牌由系统自动打码。发现没有遮住的，请拨打 12345 告诉我们，我们会撤下照片。</p>
      {mosaics.map((why) => <p key={why} className="small muted">{mosaicWords[why]}。</p>)}
      {open && <Viewer source={publicPhotoAddress(code, open.id)} words={open.words} onClose={() => setOpen(null)} />}
    </section>
  );
}

function About({ code, report, fresh }: { code: string; report: PublicReport; fresh: boolean }) {
  const [map, setMap] = useState(false);
  const place = [report.place.township_name, report.place.address].filter(Boolean).join(" · ");
  return (
    <section className="card stack about" aria-labelledby="about">
      <h2 id="about">这件上报</h2>
      <dl>
        <dt>位置</dt><dd>{place || (report.position ? "已定位" : "未提供")}</dd>
        {report.description && report.description !== report.title && <><dt>您写的</dt><dd>{report.description}</dd></>}
        <dt>编号</dt><dd className="number">{report.number}</dd>
        <dt>查询码</dt><dd className="number">{code}</dd>
      </dl>
      {report.position && (map
        ? <div className="place-map"><CityMap label="问题所在位置" points={[{ id: "it", position: report.position, light: report.light ?? null }]} /></div>
        : <button type="button" className="button button-small" onClick={() => setMap(true)}><Icon name="map" size={20} />在地图上看</button>)}
      {!fresh && <Keep code={code} />}
    </section>
  );
}

function Rated({ rating }: { rating: NonNullable<PublicReport["rating"]> }) {
  return (
    <section className="card" aria-labelledby="rated">
      <h2 id="rated">您的评价</h2>
      <p className="stars-shown" role="img" aria-label={`${rating.stars} 星，满分 5 星`}>{"★".repeat(rating.stars)}<span>{"★".repeat(5 - rating.stars)}</span></p>
      {rating.comment && <p>{rating.comment}</p>}
      <p className="small muted">谢谢，评价会计入办理单位的考评。</p>
    </section>
  );
}
