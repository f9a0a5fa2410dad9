/** One sighting: the picture with the target in it, what the device says, and how far the device is to be believed. */
import { ArrowLeftOutlined, EnvironmentOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { fileAddress, thumbnailAddress } from "../../api/files";
import type { Sighting, SightingWithEvents } from "../../api/contract";
import { SimulatedTag } from "../../components/StateTag";
import { now } from "../../format/clock";
import { dateTime, duration, shortTime } from "../../format/time";
import { CityMap, type MapPoint } from "../../map/CityMap";
import { boxPlace, percent, precisionWord } from "./sightings";

export function SightingDetail({ of, position, back, onlyDevice }: { of: SightingWithEvents; position: string; back: () => void; onlyDevice: () => void }) {
  const seenFor = Date.parse(of.last_at) - Date.parse(of.first_at);
  return (
    <article className="triage-detail sighting-detail" aria-label={`机器发现：${of.kind_name}`}>
      <header>
        <Button className="sighting-back" type="text" size="small" icon={<ArrowLeftOutlined />} onClick={back}>返回列表</Button>
        <div className="triage-number">
          <h2>{of.kind_name}</h2>
          <span className={`state-tag${of.state === "waiting" || of.state === "approved" ? "" : " state-tag-final"}`}>{of.state_label}</span>
          {of.automatic && <span className="tag">自动转线索</span>}{of.simulated && <SimulatedTag />}
          <span className="quiet triage-position">{position}</span>
        </div>
      </header>
      <div className="triage-body">
        <Shot of={of} />
        <dl className="facts sighting-facts">
          <dt>设备</dt><dd><button type="button" className="link" title="只看这个设备的发现" onClick={onlyDevice}>{of.device_name}</button> <span className="mono quiet">{of.device}</span><br /><span className="sighting-precision">{precisionWord(of.precision)}</span></dd>
          <dt>置信度</dt><dd>{percent(of.confidence)}{of.model && <span className="quiet"> · 模型 {of.model}</span>}</dd>
          <dt>看见</dt><dd>{dateTime(of.first_at)} 至 {shortTime(of.last_at, now())}{seenFor >= 60_000 && <span className="quiet">（{duration(seenFor)}）</span>}，{of.events} 次{of.gone_at && <><br />设备于 {dateTime(of.gone_at)} 看到它已消失</>}</dd>
          <dt>类别</dt><dd>{of.class_name ?? "—"} <span className="mono quiet">{of.class_code}</span></dd>
          <dt>地点</dt><dd><EnvironmentOutlined aria-hidden /> {of.jurisdiction_name ?? of.jurisdiction}{of.address && <> · {of.address}</>}</dd>
        </dl>
        <section className="looks" aria-labelledby="looks">
          <h3 id="looks">最近的事件</h3>
          {of.latest.length === 0 ? <p className="quiet">还没有并入的事件。</p> : (
            <ol>
              {of.latest.map((it, index) => (
                <li key={`${it.at}-${index}`} className={it.present ? "" : "look-absent"}>
                  <time dateTime={it.at}>{shortTime(it.at, now())}</time>
                  <span>{it.present ? `看见，置信度 ${percent(it.confidence)}` : "未看见"}</span>
                  <span className="quiet">{it.outcome_label}</span>
                  {it.picture && !it.picture.includes(":") && it.picture !== of.picture && <a href={fileAddress(it.picture)} target="_blank" rel="noreferrer"><img src={thumbnailAddress(it.picture)} alt={`${dateTime(it.at)} 的图片`} loading="lazy" /></a>}
                </li>
              ))}
            </ol>
          )}
        </section>
      </div>
    </article>
  );
}

/** The picture with the target's box over it. What another platform keeps is linked and never loaded: it would learn who looks. */
function Shot({ of }: { of: Sighting }) {
  const [failed, setFailed] = useState(false);
  const box = boxPlace(of.box);
  if (!of.picture || failed) {
    return (
      <div className="shot shot-none">
        <p>{failed ? "图片无法显示。" : of.picture_address ? "图片保存在设备所在的平台。" : "这条发现没有图片。"}</p>
        {of.picture_address && <a href={of.picture_address} target="_blank" rel="noopener noreferrer">在对方平台打开图片</a>}
      </div>
    );
  }
  return (
    <figure className="shot">
      <a href={fileAddress(of.picture)} target="_blank" rel="noreferrer" title="打开原图">
        <img src={fileAddress(of.picture)} alt={`${of.device_name}看见的${of.kind_name}，${dateTime(of.first_at)}`} onError={() => setFailed(true)} />
        {box && <span className="shot-box" style={box} aria-hidden="true"><b>{of.kind_name} {percent(of.confidence)}</b></span>}
      </a>
    </figure>
  );
}

/** Where it is. Stays while sightings come and go: starting a map anew for each would be slow. */
export function SightingMap({ of }: { of: Sighting | undefined }) {
  const { id, lon, lat } = of ?? {};
  const points = useMemo<MapPoint[]>(() => (id && lon != null && lat != null ? [{ id, position: { lon, lat } }] : []), [id, lon, lat]);
  return (
    <div className="triage-map">
      <CityMap label={of ? `${of.kind_name}的位置：${of.address || of.jurisdiction_name || ""}` : "位置"} points={points} selected={id} follow="selected" grids />
      {of && points.length === 0 && <p className="map-hint">设备没有报送位置</p>}
    </div>
  );
}
