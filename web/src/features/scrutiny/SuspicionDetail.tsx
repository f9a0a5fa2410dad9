/** One suspicion: both photos side by side, the numbers it rests on, and the leads that it opens to. */
import { ArrowLeftOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { fileAddress } from "../../api/files";
import type { SuspicionWithVerdicts } from "../../api/contract";
import { SimulatedTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { CityMap, type MapPoint } from "../../map/CityMap";

export function SuspicionDetail({ of, back, onlyUnit }: { of: SuspicionWithVerdicts; back: () => void; onlyUnit: () => void }) {
  return (
    <article className="triage-detail sighting-detail" aria-label={`疑点：${of.kind_label}`}>
      <header>
        <Button className="sighting-back" type="text" size="small" icon={<ArrowLeftOutlined />} onClick={back}>返回列表</Button>
        <div className="triage-number">
          <h2>{of.kind_label}</h2>
          <span className={`strength strength-${of.strength}`}>{of.strength_label}疑点</span>
          <span className={`state-tag${of.state === "open" ? "" : " state-tag-final"}`}>{of.state_label}</span>
          {of.simulated && <SimulatedTag />}
        </div>
        <p>{of.reason}</p>
      </header>
      <div className="triage-body">
        {(of.photo || of.other_photo) && (
          <div className="two-photos">
            {of.photo && <Photo file={of.photo} words={`本次反馈的照片${of.lead ? `，${of.lead.number}` : ""}`} />}
            {of.other_photo && <Photo file={of.other_photo} words={`先前的照片，${of.other_lead?.number ?? of.lead?.number ?? ""}`} />}
          </div>
        )}
        <dl className="facts sighting-facts">
          {of.numbers.map((it) => <div key={it.label} style={{ display: "contents" }}><dt>{it.label}</dt><dd>{it.value}</dd></div>)}
          {of.unit_name && <><dt>责任单位</dt><dd>{of.unit_name} <button type="button" className="link" onClick={onlyUnit}>只看该单位</button></dd></>}
          {of.person_name && <><dt>反馈人</dt><dd>{of.person_name}</dd></>}
          <dt>发现时间</dt><dd>{dateTime(of.found_at)}</dd>
          <dt>规则</dt><dd className="mono">{of.rule}</dd>
        </dl>
        <section className="looks" aria-labelledby="suspicion-leads">
          <h3 id="suspicion-leads">涉及的线索</h3>
          {of.leads.length === 0 ? <p className="quiet">线索不在您的权限范围内。</p> : (
            <ol>{of.leads.map((it) => <li key={it.id}><Link to="/leads/$id" params={{ id: it.id }} className="mono">{it.number}</Link><span>{it.title}</span><span className="quiet">{it.state_label}</span></li>)}</ol>
          )}
        </section>
        {of.statements.length > 0 && (
          <section className="looks" aria-labelledby="suspicion-statements">
            <h3 id="suspicion-statements">当事人说明</h3>
            <ol>{of.statements.map((it, index) => <li key={index}><time dateTime={it.at}>{dateTime(it.at)}</time><span>{it.heard_name}：{it.text}</span><span className="quiet">{it.person_name} 记录</span></li>)}</ol>
          </section>
        )}
        {of.verdicts.length > 0 && (
          <section className="looks" aria-labelledby="suspicion-verdicts">
            <h3 id="suspicion-verdicts">判定经过</h3>
            <ol>{of.verdicts.map((it, index) => <li key={index}><time dateTime={it.at}>{dateTime(it.at)}</time><span>{it.state_label}：{it.note}</span><span className="quiet">{it.person_name}</span></li>)}</ol>
          </section>
        )}
      </div>
    </article>
  );
}

function Photo({ file, words }: { file: string; words: string }) {
  const [failed, setFailed] = useState(false);
  return (
    <figure>
      {failed ? <p className="quiet">照片不在您的权限范围内，或无法显示。</p> : <a href={fileAddress(file)} target="_blank" rel="noreferrer" title="打开原图"><img src={fileAddress(file)} alt={words} onError={() => setFailed(true)} /></a>}
      <figcaption>{words}</figcaption>
    </figure>
  );
}

/** Where the lead is, and where the person stood. Stays while suspicions come and go. */
export function SuspicionMap({ of }: { of: SuspicionWithVerdicts | undefined }) {
  const points = useMemo<MapPoint[]>(() => [
    ...(of?.place ? [{ id: "lead", position: of.place, label: "线索" }] : []),
    ...(of?.stood ? [{ id: "stood", position: of.stood, label: of.kind === "photo-place" ? "拍摄位置" : "反馈位置" }] : []),
  ], [of]);
  return (
    <div className="triage-map">
      <CityMap label={of ? `${of.kind_label}：线索位置${of.stood ? "和反馈位置" : ""}` : "位置"} points={points} selected="lead" follow="points" grids />
      {of && points.length === 0 && <p className="map-hint">这类疑点没有位置</p>}
    </div>
  );
}
