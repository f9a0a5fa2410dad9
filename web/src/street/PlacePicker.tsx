/** The place of a report: where the device is, a point on the map, or only words. */
import { useEffect, useRef, useState } from "react";
import type { LonLat, Place } from "../api/contract";
import { CityMap } from "../map/CityMap";
import { Busy, Notice, Sheet } from "./controls";
import { Icon } from "./Icon";
import { locate, NoFix } from "./position";

export interface ChosenPlace { position: LonLat; from: "device" | "map"; accuracy?: number; words?: string; outside?: boolean }

export const placeWords = (place: Place): string => [place.township?.name, place.community?.name, place.grid?.name].filter(Boolean).join(" · ");

export function PlacePicker(props: {
  value: ChosenPlace | null;
  onChange: (value: ChosenPlace | null) => void;
  /** Names a position; without network it may fail, the position is enough. */
  name: (position: LonLat) => Promise<Place>;
  /** Staff locate at once; citizens are asked first. */
  atOnce?: boolean;
}) {
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [map, setMap] = useState(false);
  const latest = useRef(props);
  latest.current = props;

  const choose = async (chosen: ChosenPlace) => {
    latest.current.onChange(chosen);
    try {
      const place = await latest.current.name(chosen.position);
      latest.current.onChange({ ...chosen, words: placeWords(place), outside: !place.county });
    } catch {
      // The name is a comfort; the position itself is what counts.
    }
  };
  const find = async () => {
    setAsking(true);
    setFailure(null);
    try {
      const fix = await locate();
      await choose({ position: fix.position, from: "device", accuracy: fix.accuracy });
    } catch (error) {
      setFailure(error instanceof NoFix ? error.message : "暂时定位不到，可以在地图上点选，或只写地址。");
    } finally {
      setAsking(false);
    }
  };
  const started = useRef(false);
  useEffect(() => {
    if (!latest.current.atOnce || started.current || latest.current.value) return;
    started.current = true;
    void find();
  });

  const { value } = props;
  return (
    <div className="stack">
      {value && (
        <div className="notice" role="status">
          <Icon name="pin" />
          <div className="notice-body">
            <strong>{value.words || "已定位"}</strong>
            <span className="small">
              {value.from === "device" ? `来自手机定位${value.accuracy ? `，误差约 ${value.accuracy} 米` : ""}` : "在地图上选的位置"}
              {" "}<span className="number">{value.position.lon.toFixed(5)}, {value.position.lat.toFixed(5)}</span>
            </span>
            <button type="button" className="link" onClick={() => props.onChange(null)}>不用这个位置</button>
            {value.outside && <span className="small">这里似乎不在本辖区内，仍可提交，由受理员判断。</span>}
          </div>
        </div>
      )}
      {failure && <Notice kind="warn" live>{failure}</Notice>}
      <div className="place-buttons">
        <button type="button" className={`button ${value ? "" : "button-soft"}`} onClick={() => void find()} disabled={asking}>
          {asking ? <Busy words="正在定位…" /> : <><Icon name="target" />{value?.from === "device" ? "重新定位" : "现在的位置"}</>}
        </button>
        <button type="button" className="button" onClick={() => setMap(true)}><Icon name="map" />在地图上选</button>
      </div>
      {map && <MapSheet start={value?.position ?? null} onClose={() => setMap(false)} onDone={(position) => { setMap(false); setFailure(null); void choose({ position, from: "map" }); }} />}
    </div>
  );
}

function MapSheet({ start, onClose, onDone }: { start: LonLat | null; onClose: () => void; onDone: (position: LonLat) => void }) {
  const [picked, setPicked] = useState<LonLat | null>(start);
  return (
    <Sheet title="点一下问题所在的位置" onClose={onClose}>
      <div className="place-map">
        <CityMap label="选择位置的地图：点击放置标记" picked={picked} follow={start ? "points" : "city"} onPick={(position) => setPicked({ lon: round(position.lon), lat: round(position.lat) })} />
      </div>
      <p className="small muted">可以放大、拖动。{picked ? <>已选 <span className="number">{picked.lon.toFixed(5)}, {picked.lat.toFixed(5)}</span></> : "还没有选点。"}</p>
      <button type="button" className="button button-primary button-wide" disabled={!picked} onClick={() => picked && onDone(picked)}>就是这里</button>
    </Sheet>
  );
}

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
