/** Property outdoors (财物扫码): scan a label, see the thing, count a place, move it on the desk's page. Needs the network: the register is one. */
import { useCallback, useEffect, useState } from "react";
import { asProblem } from "../../api/problem";
import { listProperty, listStocktakes, moveProperty, listPlaces, listPeople, readProperty, scanLabel, type PropertyItem, type PropertyPerson, type PropertyPlace, type ScanAnswer, type Stocktake } from "../../api/property";
import { day } from "../../format/time";
import { Notice } from "../../street/controls";
import { Scanner } from "../property/Scanner";
import { asks, quantity } from "../property/words";
import { usePerson } from "./device";
import "../property/property.css";

export function Property() {
  const [takes, setTakes] = useState<Stocktake[]>([]);
  const [take, setTake] = useState("");
  const [item, setItem] = useState<PropertyItem | null>(null);
  const [answer, setAnswer] = useState<ScanAnswer | null>(null);
  const [trouble, setTrouble] = useState("");
  useEffect(() => {
    listStocktakes().then((it) => setTakes(it.items.filter((one) => one.state === "open")), (error: unknown) => setTrouble(asProblem(error).message));
  }, []);
  const scan = useCallback(async (code: string) => {
    setTrouble("");
    setAnswer(null);
    setItem(null);
    try {
      if (take) {
        setAnswer(await scanLabel(take, code));
        return;
      }
      const found = (await listProperty({ q: code })).items[0];
      if (found) setItem(await readProperty(found.id));
      else setTrouble("登记册里没有这个编码，或者不在您的辖区内。");
    } catch (error) {
      setTrouble(asProblem(error).message);
    }
  }, [take]);
  return (
    <div className="stack">
      <div className="page-head"><div><h1>财物扫码</h1><p className="muted small">对准标签上的二维码，或者输入编码</p></div></div>
      <label className="stack"><span>用途</span>
        <select className="input" value={take} onChange={(event) => { setTake(event.target.value); setItem(null); setAnswer(null); }}>
          <option value="">查看、移库</option>
          {takes.map((it) => <option key={it.id} value={it.id}>盘点：{it.place_name}</option>)}
        </select>
      </label>
      <Scanner onCode={(code) => void scan(code)} />
      <div role="status" aria-live="assertive">
        {trouble && <Notice kind="bad">{trouble}</Notice>}
        {answer && <p className="scan-result"><b>{answer.label}</b>{answer.name ?? ""} <span className="mono">{answer.code}</span><br />相符 {answer.found} / 应有 {answer.expected}，登记外 {answer.unexpected}</p>}
      </div>
      {item && <Found key={item.id + item.moves} of={item} done={() => void readProperty(item.id).then(setItem)} />}
    </div>
  );
}

function Found({ of, done }: { of: PropertyItem; done: () => void }) {
  const { session, say } = usePerson();
  const [places, setPlaces] = useState<PropertyPlace[]>([]);
  const [people, setPeople] = useState<PropertyPerson[]>([]);
  const [place, setPlace] = useState("");
  const [other, setOther] = useState("");
  const [reason, setReason] = useState("");
  const [trouble, setTrouble] = useState("");
  const [busy, setBusy] = useState(false);
  const me = session.person.id;
  // What changes a place between two keepers is done here; the rest has papers and is done at the desk.
  const offer = of.offers.find((it) => it.allowed && (it.kind === "in" || it.kind === "moved"));
  const may = session.rights.includes("property.keep") && offer;
  useEffect(() => {
    if (!may) return;
    listPlaces().then((it) => setPlaces(it.items.filter((one) => !one.closed && one.id !== of.place)), () => undefined);
    listPeople().then((it) => setPeople(it.items.filter((one) => one.id !== me)), () => undefined);
  }, [may, of.place, me]);
  const save = async () => {
    if (!offer || !place || !other || !reason.trim()) { setTrouble("请选择场所、另一名经手人，并填写事由。"); return; }
    setBusy(true);
    setTrouble("");
    try {
      const mine = offer.kind === "in" ? { hander: other, receiver: me } : { hander: me, receiver: other };
      await moveProperty(of.id, { kind: offer.kind, seen: of.moves, to_place: place, reason, files: [], ...mine });
      say(`已登记：${offer.label}`);
      done();
    } catch (error) {
      setTrouble(asProblem(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card stack" aria-label="扫到的财物">
      <h2>{of.name}</h2>
      <dl className="facts">
        <dt>编码</dt><dd className="mono">{of.code}</dd><dt>数量</dt><dd>{quantity(of.quantity_milli)} {of.unit}</dd><dt>状态</dt><dd>{of.place_name ?? of.state_label}</dd>
        <dt>措施</dt><dd>{of.measure_label}{of.hold && `，${of.hold.label}${of.hold.due_at ? `，至 ${day(of.hold.due_at)}` : ""}`}</dd>
        {of.case_number && <><dt>案件</dt><dd>{of.case_number}</dd></>}
      </dl>
      {may && asks(offer.kind).place && (
        <>
          <h3>{offer.label}</h3>
          <label className="stack"><span>保管场所</span><select className="input" value={place} onChange={(event) => setPlace(event.target.value)}><option value="">请选择</option>{places.map((it) => <option key={it.id} value={it.id}>{it.name}</option>)}</select></label>
          <label className="stack"><span>{offer.kind === "in" ? "交出人" : "接收人"}</span><select className="input" value={other} onChange={(event) => setOther(event.target.value)}><option value="">请选择</option>{people.map((it) => <option key={it.id} value={it.id}>{it.name}</option>)}</select></label>
          <label className="stack"><span>事由</span><input className="input" value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} /></label>
          {trouble && <Notice kind="bad" live>{trouble}</Notice>}
          <button type="button" className="button button-primary" aria-disabled={busy} onClick={() => { if (!busy) void save(); }}>登记{offer.label}</button>
        </>
      )}
    </section>
  );
}
