/** One lead under decision: what is said, what the machine proposes and why, where it is. */
import { CopyOutlined, EnvironmentOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Form, type FormInstance } from "antd";
import { useEffect, useMemo } from "react";
import { get } from "../../api/client";
import type { Lead, LonLat, Offer, Place, Queue, Suggestion, Verb } from "../../api/contract";
import { Countdown } from "../../components/Countdown";
import { SimulatedTag, StateTag } from "../../components/StateTag";
import { CityMap, type MapPoint } from "../../map/CityMap";
import { dateTime } from "../../format/time";
import { limitWord } from "../../format/words";
import { limitsOf, useClasses } from "../catalogue/classes";
import { ActionForm, chooseClass, type Values } from "../lead/ActionForm";
import { Duplicates } from "../lead/Duplicates";
import { Offers } from "../lead/Offers";
import { BeforeAfter, Photos } from "../lead/Photos";
import { Marked } from "./Marked";
import { mainVerbs, verbKeys } from "../lead/verbs";

const mainOffer = (lead: Lead, queue: Queue) => lead.offers.find((it) => it.allowed && mainVerbs[queue].includes(it.verb));

export function TriageDetail({ lead, suggestion, chosen, queue, position, act }: {
  lead: Lead; suggestion: Suggestion | null | undefined;
  /** The class that the decision stands on. */
  chosen: string | undefined; queue: Queue; position: string; act: (offer: Offer) => void;
}) {
  const { message } = App.useApp();
  const main = mainOffer(lead, queue);
  const before = lead.photos.findLast((it) => it.role === "before");
  const after = lead.photos.findLast((it) => it.role === "after");
  // Words of other classes would mislead: what is marked must speak for what is filled in.
  const words = suggestion?.classes.find((it) => it.code === chosen)?.words ?? [];
  // Many reports have no title of their own: their first words need not stand there twice.
  const repeated = lead.description.trim().startsWith(lead.title.replace(/[….]+$/, ""));

  return (
    <article className="triage-detail" aria-label={`线索 ${lead.number}`}>
      <header>
        <div className="triage-number">
          <Link to="/leads/$id" params={{ id: lead.id }} className="mono">{lead.number}</Link>
          <button type="button" className="copy" aria-label="复制编号" onClick={() => void navigator.clipboard?.writeText(lead.number).then(() => message.success("已复制"))}><CopyOutlined /></button>
          <StateTag state={lead.state} />{lead.reports > 1 && <span className="quiet">{lead.reports} 件并办</span>}<Countdown dueAt={lead.due_at} light={lead.light} />{lead.simulated && <SimulatedTag />}
          <span className="quiet triage-position">{position}</span>
        </div>
        <h2 className={repeated ? "visually-hidden" : ""}>{lead.title}</h2>
        <p className="quiet">{lead.source_label} · {dateTime(lead.reported_at)} · {lead.reporter.person ?? (lead.reporter.has_contact ? "已留联系方式" : "匿名")}</p>
      </header>
      <div className="triage-body">
        <p className={`lead-words${repeated ? " lead-words-first" : ""}`}><Marked text={lead.description} words={words} /></p>
        {before && after && <BeforeAfter before={before} after={after} />}
        {(lead.reply || lead.check_passed !== undefined || lead.verified !== undefined) && (
          <dl className="facts triage-replies">
            {lead.verified !== undefined && lead.verified !== null && <><dt>核实结果</dt><dd>{lead.verified ? "情况属实" : "情况不属实"}</dd></>}
            {lead.reply && <><dt>处置反馈</dt><dd>{lead.reply}</dd></>}
            {lead.check_passed !== undefined && lead.check_passed !== null && <><dt>核查结果</dt><dd>{lead.check_passed ? "通过" : "不通过"}</dd></>}
            {lead.rework_count > 0 && <><dt>返工</dt><dd>{lead.rework_count} 次</dd></>}
          </dl>
        )}
        <Photos lead={lead} photos={lead.photos} size={112} />
        <p className="lead-place"><EnvironmentOutlined aria-hidden /> {[lead.place.township_name, lead.place.grid_name].filter(Boolean).join(" / ") || "尚未落到网格"}{lead.place.address && <><br /><span>{lead.place.address}</span></>}</p>
        <Duplicates suggestion={suggestion} hint="m" />
        {lead.extension && <section className="duplicates" aria-label="延期申请"><h3>申请延期 {lead.extension.hours} 小时</h3><p>{lead.extension.reason}</p></section>}
      </div>
      <footer>
        <Offers offers={lead.offers} act={act} keys={verbKeys} hide={main ? [main.verb] : []} />
      </footer>
    </article>
  );
}

/** The form of the queue's main action, open and filled with what is proposed. */
export function Decision({ lead, suggestion, queue, chosen, choose, decide, registerSubmit }: {
  lead: Lead; suggestion: Suggestion | null | undefined; queue: Queue; chosen: string | undefined; choose: (code: string | undefined) => void;
  decide: (verb: Verb, label: string, values: Values) => void; registerSubmit: (submit: (() => void) | null) => void;
}) {
  const [form] = Form.useForm<Values>();
  const main = mainOffer(lead, queue);
  const refused = main ? undefined : lead.offers.find((it) => !it.allowed && mainVerbs[queue].includes(it.verb));
  const filled = Form.useWatch("class_code", form) as string | undefined;
  useEffect(() => { if (main?.verb === "accept") choose(filled); }, [filled, main?.verb, choose]);

  useEffect(() => {
    registerSubmit(main ? () => form.submit() : null);
    return () => registerSubmit(null);
  });

  return (
    <section className="decision">
      {main ? (
        <>
          <h3>{main.label}</h3>
          {queue === "triage" && <Why lead={lead} suggestion={suggestion} chosen={chosen} form={form} />}
          <ActionForm verb={main.verb} lead={lead} suggestion={suggestion} form={form} compact onSubmit={(values) => decide(main.verb, main.label, values)} />
          <Button type="primary" block onClick={() => form.submit()} aria-keyshortcuts={verbKeys[main.verb] ?? ""}>{main.label}{verbKeys[main.verb] && <kbd aria-hidden="true">{verbKeys[main.verb]}</kbd>}</Button>
        </>
      ) : refused ? (
        <>
          <h3>暂不能{refused.label}</h3>
          <p className="why">{refused.reason ?? "现在不能办理。"}{refused.citation && <><br /><span className="quiet">依据：{refused.citation}</span></>}</p>
        </>
      ) : <p className="quiet">这件线索正等待他人办理，您现在可以查看、批注或更正。</p>}
    </section>
  );
}

/** Why the class that is filled in is proposed, what follows from it, and what else the words may mean. */
function Why({ lead, suggestion, chosen, form }: { lead: Lead; suggestion: Suggestion | null | undefined; chosen: string | undefined; form: FormInstance<Values> }) {
  const classes = useClasses();
  if (!suggestion) return null;
  const own = suggestion.classes.find((it) => it.code === chosen);
  const name = own?.name ?? classes.data?.items.find((it) => it.code === chosen)?.name;
  const others = suggestion.classes.filter((it) => it.code !== chosen).slice(0, 2);
  const limit = limitsOf(classes.data?.items, chosen)[0];
  // Proposed units belong to the class that the lead has, not to one that was just picked.
  const unit = chosen === lead.class?.code ? suggestion.units[0] : undefined;
  if (!name && others.length === 0) return <p className="why">描述中没有能判断类别的词语，请选择类别。</p>;
  return (
    <div className="why">
      {name && <p>{own ? "建议" : "已选"} <b>{name}</b>{own && own.words.length > 0 && <>，依据 {[...new Set(own.words)].map((it) => <mark key={it}>{it}</mark>)}</>}</p>}
      {(unit || limit) && <p className="quiet">{[unit && `拟派 ${unit.name}`, limit && `时限 ${limitWord(limit)}`].filter(Boolean).join(" · ")}</p>}
      {others.length > 0 && <p className="quiet">也可能是 {others.map((it) => <button key={it.code} type="button" className="link" title={it.reason} onClick={() => chooseClass(form, classes.data?.items, it.code)}>{it.name}</button>)}</p>}
    </div>
  );
}

/** Where the lead is. Stays while leads come and go: starting a map anew for each would be slow. */
export function TriageMap({ lead, picked, pick, savePlace }: { lead: Lead | undefined; picked: LonLat | null; pick: (position: LonLat) => void; savePlace: () => void }) {
  const place = useQuery({
    queryKey: ["place", picked?.lon, picked?.lat], enabled: picked !== null, staleTime: Infinity,
    queryFn: ({ signal }) => get<Place>("/places", { x: picked?.lon, y: picked?.lat, system: "wgs84" }, signal),
  });
  const points = useMemo<MapPoint[]>(() => (lead?.position ? [{ id: lead.id, position: lead.position, light: lead.light }] : []), [lead]);
  return (
    <div className="triage-map">
      <CityMap label={lead?.position ? `线索位置：${lead.place.address ?? lead.place.grid_name ?? ""}` : "点击地图标注位置"} points={points} selected={lead?.id} follow="selected" picked={picked} onPick={pick} grids />
      {lead && !lead.position && !picked && <p className="map-hint">没有位置：请在地图上点击标注</p>}
      {picked && (
        <div className="map-pick" role="status">
          <span>{place.data ? [place.data.township?.name, place.data.community?.name, place.data.grid?.name].filter(Boolean).join(" / ") || "不在辖区内" : "正在定位…"}</span>
          <Button type="primary" size="small" onClick={savePlace}>标注到这里</Button>
        </div>
      )}
    </div>
  );
}
