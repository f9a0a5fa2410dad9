/** One vehicle on a card (车辆卡片): what it is, where it is now, what it did today. */
import { CloseOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { readVehicle, type VehiclePosition, type VehicleState } from "../../api/vehicles";
import { SimulatedTag } from "../../components/StateTag";
import { ago, dateTime, localTime } from "../../format/time";
import { Failure, Loading } from "../shell/Page";
import { Mark } from "./Mark";
import { bodyWords, span, stateHelp, stateWords } from "./words";

const colours: Record<number, string> = { 1: "蓝牌", 2: "黄牌", 3: "黑牌", 4: "白牌", 9: "其他颜色" };
export const clock = (instant: string | number) => { const t = localTime(instant); return t ? `${t.hour}:${t.minute}:${t.second}` : "—"; };

interface Props { id: number; live: VehiclePosition | undefined; state: VehicleState | undefined; now: number; replay: (day: string) => void; close: () => void }

export function VehiclePanel({ id, live, state, now, replay, close }: Props) {
  const [day, setDay] = useState<string | null>(null);
  const query = useQuery({ queryKey: ["vehicle", id, day], queryFn: ({ signal }) => readVehicle(id, day ?? undefined, signal), refetchInterval: day ? false : 30_000, placeholderData: (before) => (before?.id === id ? before : undefined) });
  const card = query.data;
  const point = live?.point ?? card?.point;
  return (
    <aside className="vehicle-panel" aria-label="车辆">
      <header>
        <h2>{card?.plate || live?.plate || (card ? `终端 ${card.phone}` : "车辆")}</h2>
        {card?.simulated && <SimulatedTag />}
        <Button type="text" icon={<CloseOutlined />} aria-label="关闭车辆卡片" onClick={close} />
      </header>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : !card ? <Loading rows={5} /> : (
        <>
          {(state ?? card.state) && <p className="vehicle-doing"><Mark state={(state ?? card.state) as VehicleState} /><b>{stateWords[(state ?? card.state) as VehicleState]}</b><span className="quiet">{stateHelp[(state ?? card.state) as VehicleState]}</span></p>}
          {point?.alarms && point.alarms.length > 0 && <p className="vehicle-alarms" role="alert">{point.alarms.map((it) => it.label).join("、")}</p>}
          <dl>
            {point && <>
              <dt>最近位置</dt><dd>{dateTime(point.at)}（{ago(point.taken_at, now)}）{point.backlog && "，补报"}{!point.fixed && "，未定位"}</dd>
              <dt>速度</dt><dd>{point.speed.toFixed(1)} 公里/小时</dd>
              <dt>车厢</dt><dd>{bodyWords(point) || "终端未报"}{point.provisional && <em title="厂家对照表含推断内容，未核对前不作依据">待核对</em>}</dd>
            </>}
            <dt>终端</dt><dd>{card.phone} · {card.connected ? "在线" : "不在线"}{card.visitor && " · 来访"}</dd>
            <dt>车牌颜色</dt><dd>{colours[card.colour] ?? "未登记"}</dd>
          </dl>
          <div className="vehicle-day">
            <DatePicker aria-label="日期" allowClear={false} value={dayjs(card.day)} maxDate={dayjs(now)} onChange={(it: dayjs.Dayjs | null) => setDay(it ? it.format("YYYY-MM-DD") : null)} />
            <Button type="primary" icon={<PlayCircleOutlined />} onClick={() => replay(card.day)}>回放（r）</Button>
          </div>
          <ul className="vehicle-figures" aria-label="当日行驶">
            <li><b>{card.journey.km.toFixed(1)}</b>公里{card.journey.odometer_km !== undefined && card.journey.odometer_km !== null && <small>里程表 {card.journey.odometer_km.toFixed(1)}</small>}</li>
            <li><b>{span(card.journey.moving_seconds)}</b>行驶</li>
            <li><b>{card.journey.stops.length}</b>次停留<small>{card.journey.stops.length > 0 && span(card.journey.stopped_seconds)}</small></li>
            <li><b>{card.journey.fastest.toFixed(0)}</b>最高时速</li>
          </ul>
          {card.journey.jump_count > 0 && <p className="vehicle-alarms">位置跳变 {card.journey.jump_count} 次：可能有另一台设备用同一号码上报。</p>}
          {card.journey.silences.length > 0 && <section><h3>无信号</h3><ul>{card.journey.silences.map((it) => <li key={it.from}>{clock(it.from)}—{clock(it.to)}，前后相距 {it.km} 公里</li>)}</ul></section>}
          {card.alarms.length > 0 && <section><h3>报警</h3><ul>{card.alarms.slice(-20).map((it) => <li key={`${it.code}-${it.began_at}`}>{it.began_at ? clock(it.began_at) : ""}{it.ended_at ? `—${clock(it.ended_at)}` : " 起"} {it.label}</li>)}</ul></section>}
          {card.journey.stops.length > 0 && <section><h3>停留</h3><ol>{card.journey.stops.map((it) => <li key={it.from}>{clock(it.from)}—{clock(it.to)}（{span((Date.parse(it.to) - Date.parse(it.from)) / 1000)}）</li>)}</ol></section>}
          <p className="quiet">停留：{card.journey.thresholds.stop_metres} 米内 {card.journey.thresholds.stop_seconds / 60} 分以上；无信号：{card.journey.thresholds.silence_seconds / 60} 分以上。没有国家标准，为本系统暂定。{card.cut && "当日点数超过十万，只计前十万个。"}</p>
        </>
      )}
    </aside>
  );
}
