/** Which matter a case is about: from the library, found by words or suggested from the lead, with what follows; or typed, with the reason. */
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, InputNumber, Radio, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { get } from "../../api/client";
import type { Lead, Place } from "../../api/contract";
import { listMatters, readJurisdiction, readMatter, suggestMatters } from "../../api/law";
import { Failure, Loading } from "../shell/Page";
import { fineWord } from "../matters/words";
import { PlaceInput, wholePlace, type Partly } from "../machines/PlaceInput";

const need = (message: string) => [{ required: true, message }];

export function MatterFields({ lead }: { lead: Lead | undefined }) {
  const from = Form.useWatch("from") as "library" | "typed" | undefined;
  return (
    <fieldset>
      <legend>事项</legend>
      <Form.Item name="from"><Radio.Group aria-label="事项从哪里来" options={[{ value: "library", label: "从事项库选择" }, { value: "typed", label: "不从事项库选择" }]} /></Form.Item>
      {from === "typed" ? <Typed /> : <FromLibrary lead={lead} />}
    </fieldset>
  );
}

function FromLibrary({ lead }: { lead: Lead | undefined }) {
  const [words, setWords] = useState("");
  const q = words.trim();
  const code = Form.useWatch("matter_code") as string | undefined;
  const found = useQuery({ queryKey: ["matters", { q }], enabled: q.length > 0, staleTime: 60_000, queryFn: ({ signal }) => listMatters({ q }, signal) });
  const likely = useQuery({
    queryKey: ["likely-matters", lead?.id, lead?.class?.code], enabled: lead !== undefined, retry: false, staleTime: 10 * 60_000,
    queryFn: ({ signal }) => suggestMatters({ text: lead?.description ?? "", class_name: lead?.class?.name ?? "" }, signal),
  });
  const suggested = (likely.data?.items ?? []).map((it) => ({ value: it.code, label: `${it.code} ${it.name}（《${it.law}》${it.penalty_article}）` }));
  const listed = (found.data?.items ?? []).filter((it) => it.in_force).map((it) => ({ value: it.code, label: `${it.code} ${it.facts.name}（《${it.facts.law}》${it.facts.penalty_article}）` }));
  return (
    <>
      <Form.Item name="matter_code" label="执法事项" extra={suggested.length > 0 && q === "" ? "列出的是按线索用词推荐的事项，也可以输入违法行为、法规或者编号查找。" : "输入违法行为、法规、条款或者编号查找。"} rules={need("请选择执法事项")}>
        <Select
          showSearch={{ filterOption: false, onSearch: setWords }} loading={found.isFetching} options={q === "" ? suggested : listed} placeholder="查找执法事项"
          notFoundContent={q === "" ? "输入两个字以上查找" : found.isFetching ? "正在查找…" : "没有找到今日可以引用的事项"}
        />
      </Form.Item>
      {code && <Follows code={code} />}
    </>
  );
}

/** What follows from matter, day and place, as it will be kept. The server derives it anew when the case is opened. */
function Follows({ code }: { code: string }) {
  const day = (Form.useWatch("acted_on") as Dayjs | undefined)?.format("YYYY-MM-DD");
  const kind = Form.useWatch(["party", "kind"]) as string | undefined;
  const at = wholePlace(Form.useWatch("position") as Partly | null | undefined);
  const party = kind === "unit" ? "organisation" as const : "individual" as const;
  const matter = useQuery({ queryKey: ["matter", code, { act: day, decision: day, party }], enabled: day !== undefined, retry: false, queryFn: ({ signal }) => readMatter(code, { ...(day ? { act: day, decision: day } : {}), party }, signal) });
  const place = useQuery({ queryKey: ["place", at?.lon, at?.lat], enabled: at !== null, staleTime: Infinity, retry: false, queryFn: ({ signal }) => get<Place>("/places", { x: at?.lon, y: at?.lat, system: "wgs84" }, signal) });
  const region = place.data?.township?.code;
  const who = useQuery({ queryKey: ["jurisdiction", code, region, day], enabled: region !== undefined && day !== undefined, retry: false, queryFn: ({ signal }) => readJurisdiction(code, region ?? "", day ?? "", signal) });
  const chosen = matter.data?.versions.find((it) => it.number === matter.data?.choice.chosen);
  const formula = chosen && !(party === "organisation" ? chosen.facts.organisation : chosen.facts.individual) && chosen.facts.formula;
  return (
    <div className="case-follows" role="status" aria-label="由事项推定的内容">
      {matter.error ? <Failure error={matter.error} /> : !matter.data ? <Loading rows={2} /> : !chosen ? <p>{matter.data.choice.why}（{matter.data.choice.citation}）</p> : (
        <dl className="case-facts">
          <dt>适用</dt><dd>第 {chosen.number} 版，《{chosen.facts.law}》{chosen.facts.penalty_article}</dd>
          <dt>罚款</dt><dd>{fineWord(chosen.facts)}</dd>
          <dt>前置条件</dt><dd>{chosen.facts.precondition.text ?? "无"}</dd>
          <dt>由谁执法</dt><dd>{!at ? "标注违法行为发生地后推定" : who.data ? `${place.data?.township?.name ?? ""}：${who.data.organ ?? who.data.holder_label}。${who.data.why}` : place.data && !region ? "标注的位置不在本区" : who.error ? <Failure error={who.error} /> : "正在推定…"}</dd>
        </dl>
      )}
      {formula && (
        <>
          <p className="quiet">罚款按公式“{formula}”计算，没有固定幅度；把算得的幅度和算法写在下面，不罚款的不填。</p>
          <div className="row">
            <Form.Item name={["computed_range", "min_fen"]} label="算得的下限（元）"><InputNumber min={0} precision={2} style={{ width: "100%" }} /></Form.Item>
            <Form.Item name={["computed_range", "max_fen"]} label="算得的上限（元）"><InputNumber min={0} precision={2} style={{ width: "100%" }} /></Form.Item>
          </div>
          <Form.Item name={["computed_range", "reason"]} label="怎么算的"><Input maxLength={500} /></Form.Item>
        </>
      )}
    </div>
  );
}

function Typed() {
  return (
    <>
      <Form.Item name="typed_reason" label="不从事项库选择的理由" extra="案件页上会注明。" rules={need("请写明理由")}><Input maxLength={500} /></Form.Item>
      <div className="row">
        <Form.Item name={["matter", "code"]} label="事项编码" rules={need("请填写事项编码")}><Input maxLength={40} /></Form.Item>
        <Form.Item name={["matter", "name"]} label="事项名称" rules={need("请填写事项名称")}><Input maxLength={200} /></Form.Item>
      </div>
      <Form.Item name={["matter", "articles"]} label="违反和处罚的条文" rules={need("请填写条文")}><Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} /></Form.Item>
      <div className="row">
        <Form.Item name={["matter", "fine_min_fen"]} label="罚款下限（元，选填）"><InputNumber min={0} precision={2} style={{ width: "100%" }} /></Form.Item>
        <Form.Item name={["matter", "fine_max_fen"]} label="罚款上限（元，选填）"><InputNumber min={0} precision={2} style={{ width: "100%" }} /></Form.Item>
      </div>
      <Form.Item name={["matter", "ours"]} valuePropName="checked"><Checkbox>事项在本机关公布的执法目录内，违法行为发生地属本机关管辖</Checkbox></Form.Item>
    </>
  );
}

/** Where the act was done: a mark on the map. */
export function ActPlace({ lead }: { lead: boolean }) {
  return (
    <Form.Item name="position" label="地图位置" extra={lead ? "不标注的，按线索的位置。" : "从事项库选择时必须标注：镇街和管辖由位置推定。"}><PlaceInput label="点击地图标注违法行为发生地" /></Form.Item>
  );
}
