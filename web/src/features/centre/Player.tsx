/** A recording with its marks: a mark is played from. */
import { Button } from "antd";
import { useRef } from "react";
import type { CentreRecording } from "../../api/centre";
import { contentAddress } from "../../api/evidence";
import { dateTime } from "../../format/time";

const clock = (ms: number) => { const all = Math.floor(ms / 1000); return `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`; };

export function Player({ of }: { of: CentreRecording }) {
  const video = useRef<HTMLVideoElement>(null);
  const play = (ms: number) => {
    if (!video.current) return;
    video.current.currentTime = ms / 1000;
    void video.current.play();
  };
  return (
    <figure style={{ margin: "0 0 14px" }}>
      <figcaption><b>{of.name}</b> <span className="quiet">{dateTime(of.starts_at)} 起{of.device_code && `，设备 ${of.device_code}`}{of.officer && `，${of.officer.name}`}</span></figcaption>
      {of.item ? (
        <>
          {/* Sound and pictures alike; the transcript is a document of the case. */}
          <video ref={video} controls preload="metadata" src={contentAddress(of.item)} aria-label={of.name} />
          <div className="centre-marks" role="group" aria-label="标记">{of.marks.map((it) => <Button key={it.from_ms + it.words} size="small" onClick={() => play(it.from_ms)}>{clock(it.from_ms)} {it.words}</Button>)}</div>
        </>
      ) : <p className="quiet">文件还没有提交为证据{of.keep_until && `，保存到 ${of.keep_until}`}。</p>}
    </figure>
  );
}
