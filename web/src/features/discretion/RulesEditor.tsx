/** A benchmark's rules as tables that are filled in: ranges, factors with their values, tiers as shares or amounts, circumstances of the law. */
import { Button, Checkbox, Form, Input, InputNumber, Segmented, Select } from "antd";
import { useState, type ReactNode } from "react";
import type { BenchmarkRules } from "../../api/discretion";
import { effectWords, partyWords } from "./rules";

const parties = Object.entries(partyWords).map(([value, label]) => ({ value, label }));
const effects = Object.entries(effectWords).map(([value, label]) => ({ value, label }));
type Name = (string | number)[];

export function RulesEditor({ rules, change }: { rules: BenchmarkRules; change: (rules: BenchmarkRules) => void }) {
  const [form] = Form.useForm<BenchmarkRules>();
  const [share, setShare] = useState(!rules.tiers.some((it) => (it.amounts ?? []).length > 0));
  const told = () => change(form.getFieldsValue(true) as BenchmarkRules);
  const turn = (to: boolean) => {
    const now = form.getFieldsValue(true) as BenchmarkRules;
    // Amounts of each party that has a range, to be filled in; or none.
    form.setFieldsValue({ tiers: now.tiers.map((it) => ({ ...it, amounts: to ? [] : now.ranges.map((range) => ({ ...range })) })) });
    setShare(to);
    told();
  };
  return (
    <Form<BenchmarkRules> form={form} layout="vertical" requiredMark={false} initialValues={rules} onValuesChange={told} className="panel" aria-label="裁量基准内容">
      <h2>内容</h2>
      <div className="law-fields">
        <Form.Item name="name" label="违法行为"><Input maxLength={200} /></Form.Item>
        <Form.Item name="article" label="定幅度的条款"><Input maxLength={200} /></Form.Item>
        <Form.Item name="version" label="谁、何时、以什么文件公布"><Input maxLength={200} /></Form.Item>
      </div>
      <h3>法定幅度（元）</h3>
      <Rows name={["ranges"]} label="法定幅度" add={{ party: "organisation", min: 0, max: 0 }} told={told} row={(at) => (
        <>
          <Form.Item name={[at, "party"]}><Select aria-label="当事人" options={parties} style={{ width: 180 }} /></Form.Item>
          <Form.Item name={[at, "min"]}><InputNumber aria-label="下限（元）" min={0} precision={0} /></Form.Item><span>至</span>
          <Form.Item name={[at, "max"]}><InputNumber aria-label="上限（元）" min={0} precision={0} /></Form.Item>
        </>
      )} />
      <h3>裁量因素</h3>
      <Rows name={["factors"]} label="裁量因素" add={{ code: "", label: "", values: [{ code: "a", label: "", points: 0 }] }} told={told} boxed row={(at) => (
        <>
          <Form.Item name={[at, "code"]}><Input aria-label="因素编码" placeholder="编码" maxLength={40} className="mono" style={{ width: 110 }} /></Form.Item>
          <Form.Item name={[at, "label"]}><Input aria-label="因素名称" placeholder="名称，如 影响面积" maxLength={60} style={{ width: 200 }} /></Form.Item>
          <Form.Item name={[at, "unit"]}><Input aria-label="单位" placeholder="单位（填数字时）" maxLength={10} style={{ width: 130 }} /></Form.Item>
          <Form.Item name={[at, "monotone"]} valuePropName="checked"><Checkbox>越往后越重</Checkbox></Form.Item>
        </>
      )} below={(at) => (
        <Rows name={[at, "values"]} label="取值" add={{ code: "", label: "", points: 0 }} told={told} row={(value) => (
          <>
            <Form.Item name={[value, "code"]}><Input aria-label="取值编码" placeholder="编码，是否用 yes、no" maxLength={40} className="mono" style={{ width: 110 }} /></Form.Item>
            <Form.Item name={[value, "label"]}><Input aria-label="取值名称" placeholder="名称" maxLength={60} style={{ width: 180 }} /></Form.Item>
            <Form.Item name={[value, "points"]}><InputNumber aria-label="分值" precision={0} suffix="分" style={{ width: 120 }} /></Form.Item>
            <Form.Item name={[value, "up_to"]}><InputNumber aria-label="数字至（含）" placeholder="数字至" min={0} precision={0} style={{ width: 100 }} /></Form.Item>
          </>
        )} />
      )} />
      <h3>阶次（从轻到重）</h3>
      <Segmented aria-label="阶次怎么写" value={share ? "share" : "amounts"} onChange={(it) => turn(it === "share")} options={[{ value: "share", label: "按幅度的比例" }, { value: "amounts", label: "按数额" }]} style={{ marginBottom: 10 }} />
      <Rows name={["tiers"]} label="阶次" add={{ label: "", from_points: 0, from_percent: 0, to_percent: 100 }} told={told} row={(at) => (
        <>
          <Form.Item name={[at, "label"]}><Input aria-label="阶次名称" placeholder="从轻、一般、从重" maxLength={20} style={{ width: 150 }} /></Form.Item>
          <Form.Item name={[at, "from_points"]}><InputNumber aria-label="起始分" precision={0} suffix="分起" style={{ width: 130 }} /></Form.Item>
          {share && <><Form.Item name={[at, "from_percent"]}><InputNumber aria-label="幅度自（%）" min={0} max={100} precision={0} style={{ width: 80 }} /></Form.Item><span>% 至</span><Form.Item name={[at, "to_percent"]}><InputNumber aria-label="幅度至（%）" min={0} max={100} precision={0} style={{ width: 80 }} /></Form.Item><span>%</span></>}
        </>
      )} {...(share ? {} : { below: (at: number) => (
        <Rows name={[at, "amounts"]} label="数额" add={{ party: "person", min: 0, max: 0 }} told={told} row={(own) => (
          <>
            <Form.Item name={[own, "party"]}><Select aria-label="当事人" options={parties} style={{ width: 180 }} /></Form.Item>
            <Form.Item name={[own, "min"]}><InputNumber aria-label="自（元）" min={0} precision={0} /></Form.Item><span>至</span>
            <Form.Item name={[own, "max"]}><InputNumber aria-label="至（元）" min={0} precision={0} /></Form.Item>
          </>
        )} />
      ) })} />
      <h3>法定情节</h3>
      <Rows name={["circumstances"]} label="法定情节" add={{ code: "", label: "", article: "", effect: "lighter" }} told={told} row={(at) => (
        <>
          <Form.Item name={[at, "code"]}><Input aria-label="情节编码" placeholder="编码" maxLength={40} className="mono" style={{ width: 110 }} /></Form.Item>
          <Form.Item name={[at, "label"]}><Input aria-label="情节" placeholder="情节" maxLength={100} style={{ width: 220 }} /></Form.Item>
          <Form.Item name={[at, "article"]}><Input aria-label="条款" placeholder="条款" maxLength={100} style={{ width: 180 }} /></Form.Item>
          <Form.Item name={[at, "effect"]}><Select aria-label="应当" options={effects} style={{ width: 90 }} /></Form.Item>
        </>
      )} />
    </Form>
  );
}

/** Rows of a table, each with what stands below it; added, removed and moved up. */
function Rows({ name, label, add, row, below, boxed = false, told }: { name: Name; label: string; add: object; row: (at: number) => ReactNode; below?: (at: number) => ReactNode; boxed?: boolean; told: () => void }) {
  return (
    <Form.List name={name}>
      {(fields, list) => (
        <div className="benchmark-rows" role="group" aria-label={label}>
          {fields.map((it, index) => (
            <div key={it.key} className={boxed ? "benchmark-factor" : ""}>
              <div className="benchmark-row">
                {row(it.name)}
                {index > 0 && <Button size="small" aria-label={`${label} ${index + 1} 上移`} onClick={() => { list.move(index, index - 1); told(); }}>上移</Button>}
                <Button size="small" aria-label={`移除${label} ${index + 1}`} onClick={() => { list.remove(it.name); told(); }}>移除</Button>
              </div>
              {below?.(it.name)}
            </div>
          ))}
          <div><Button size="small" onClick={() => { list.add(structuredClone(add)); told(); }}>添加{label}</Button></div>
        </div>
      )}
    </Form.List>
  );
}
