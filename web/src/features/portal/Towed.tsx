/** Where a car is that was towed away (拖移车辆查询): for who knows plate and vehicle. */
import { useId, useState, type FormEvent } from "react";
import { asProblem } from "../../api/problem";
import { lookUpTow, type FoundTow } from "../../api/property";
import { dateTime } from "../../format/time";
import { Notice } from "../../street/controls";

export default function Towed() {
  const [plate, setPlate] = useState("");
  const [end, setEnd] = useState("");
  const [found, setFound] = useState<FoundTow | null>(null);
  const [trouble, setTrouble] = useState("");
  const [busy, setBusy] = useState(false);
  const ids = useId();
  const look = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble("");
    setFound(null);
    try {
      setFound(await lookUpTow(plate, end));
    } catch (error) {
      setTrouble(asProblem(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack narrow">
      <h1>我的车被拖到哪里了</h1>
      <p className="muted">为了不让别人查到您的车，需要车牌号和车架号后六位（行驶证上有）。</p>
      <form className="card stack" onSubmit={(event) => void look(event)}>
        <label htmlFor={`${ids}-plate`}>车牌号</label>
        <input className="input" id={`${ids}-plate`} value={plate} maxLength={12} required autoComplete="off" placeholder="浙F·12345" onChange={(event) => setPlate(event.target.value)} />
        <label htmlFor={`${ids}-end`}>车架号后六位</label>
        <input className="input" id={`${ids}-end`} value={end} maxLength={6} required autoComplete="off" autoCapitalize="characters" onChange={(event) => setEnd(event.target.value)} />
        <button type="submit" className="button button-primary" aria-disabled={busy}>{busy ? "正在查询…" : "查询"}</button>
      </form>
      <div role="status" aria-live="polite">
        {trouble && <Notice kind="bad">{trouble}</Notice>}
        {found && (
          <section className="card stack" aria-label="查询结果">
            <h2>{found.place}</h2>
            {found.address && <p>{found.address}</p>}
            <p>{dateTime(found.towed_at)} 从{found.towed_from}拖移。原因：{found.reason}（{found.article}）。</p>
            <Notice kind="good">{found.words}</Notice>
            {found.simulated && <p className="muted small">模拟数据</p>}
          </section>
        )}
      </div>
    </div>
  );
}
