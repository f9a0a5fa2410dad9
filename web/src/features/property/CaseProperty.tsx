/** Property of a case (涉案财物) as a panel of its page: the list that was taken, where each thing is, and what does not fit. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { caseProperty, enterProperty, labelsAddress, type NewItem, type PropertyMeasure } from "../../api/property";
import { Light } from "../../components/Light";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading } from "../shell/Page";
import { PhotoField } from "./PhotoField";
import { kindWords, measureWords, quantity, toMilli } from "./words";
import "./property.css";

interface Row { measure: PropertyMeasure; kind: NewItem["kind"]; name: string; amount: number; unit: string; mark?: string; condition?: string; value?: number; party?: number; perishable?: boolean; photos?: string[] }

export function CaseProperty({ caseId }: { caseId: string }) {
  const session = useSession();
  const [entering, setEntering] = useState(false);
  const query = useQuery({ queryKey: ["case-property", caseId], queryFn: ({ signal }) => caseProperty(caseId, signal), enabled: mayAny(session, ["property.see"]) });
  if (!mayAny(session, ["property.see"])) return null;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const of = query.data;
  if (!of) return <Loading rows={2} />;
  return (
    <>
      {of.warnings.length > 0 && <div className="property-warnings">{of.warnings.map((it) => <Alert key={it} type="error" showIcon title={it} />)}</div>}
      {of.items.length === 0
        ? <p className="quiet">先行登记保存、查封扣押的物品登记在这里，每件一个标签编码。{!of.may_enter && of.refusal}</p>
        : (
          <ul className="property-list">
            {of.items.map((it) => (
              <li key={it.id}>
                <Link to="/property/$id" params={{ id: it.id }}>{it.name}</Link><span>{quantity(it.quantity_milli)} {it.unit}</span><span className="mono quiet">{it.code}</span>
                <span className="state-tag">{it.place_name ?? it.state_label}</span><span className="quiet">{it.measure_label}</span>
                {it.hold?.light && <Light light={it.hold.light as never} words={it.hold.label} />}
              </li>
            ))}
          </ul>
        )}
      <div className="offers" style={{ marginTop: 10 }}>
        {mayAny(session, ["property.keep"]) && <Button disabled={!of.may_enter} title={of.refusal ?? ""} onClick={() => setEntering(true)}>登记财物清单</Button>}
        {of.items.length > 0 && <Button href={labelsAddress(of.items.map((it) => it.id), "sheet")} target="_blank">打印标签</Button>}
      </div>
      {entering && <Enter caseId={caseId} measures={of.measures} parties={of.parties} close={() => setEntering(false)} />}
    </>
  );
}

function Enter({ caseId, measures, parties, close }: { caseId: string; measures: PropertyMeasure[]; parties: number[]; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const blank = { measure: measures[0], kind: "goods" as const, amount: 1, unit: "件", ...(parties.length === 1 ? { party: parties[0] } : {}) };
  return (
    <FormDialog<{ items: Row[] }>
      open title="登记财物清单" okText="登记" width={760} initial={{ items: [blank as Row] }} close={close}
      save={async ({ items }) => {
        const entered = await enterProperty(caseId, items.map(({ amount, value, mark, condition, party, perishable, photos, ...it }) => ({
          ...it, quantity_milli: toMilli(amount), perishable: perishable ?? false, photos: photos ?? [],
          ...(value !== undefined && value !== null ? { value_fen: Math.round(value * 100) } : {}), ...(mark?.trim() ? { mark } : {}), ...(condition?.trim() ? { condition } : {}), ...(party ? { party } : {}),
        })));
        void message.success(`已登记 ${entered.items.length} 件，可以打印标签`);
        void client.invalidateQueries({ queryKey: ["case-property", caseId] });
        void client.invalidateQueries({ queryKey: ["property"] });
        close();
      }}
    >
      <Form.List name="items">
        {(rows, { add, remove }) => (
          <div className="property-rows">
            {rows.map((row, index) => (
              <fieldset key={row.key}>
                <div className="property-pair">
                  <Form.Item name={[row.name, "name"]} label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}><Input maxLength={200} aria-label={`第 ${index + 1} 件名称`} /></Form.Item>
                  <Form.Item name={[row.name, "measure"]} label="措施"><Select options={measures.map((it) => ({ value: it, label: measureWords[it] }))} /></Form.Item>
                  <Form.Item name={[row.name, "kind"]} label="种类"><Select options={Object.entries(kindWords).map(([value, label]) => ({ value, label }))} /></Form.Item>
                  <Form.Item name={[row.name, "amount"]} label="数量" rules={[{ required: true, message: "请填写数量" }]}><InputNumber min={0.001} max={1e9} precision={3} style={{ width: "100%" }} /></Form.Item>
                  <Form.Item name={[row.name, "unit"]} label="单位" rules={[{ required: true, whitespace: true, message: "请填写单位" }]}><Input maxLength={12} /></Form.Item>
                  <Form.Item name={[row.name, "mark"]} label="品牌型号（选填）"><Input maxLength={200} /></Form.Item>
                  <Form.Item name={[row.name, "condition"]} label="成色、状况（选填）"><Input maxLength={1000} /></Form.Item>
                  <Form.Item name={[row.name, "value"]} label="价值（元，选填）"><InputNumber min={0} max={1e9} precision={2} style={{ width: "100%" }} /></Form.Item>
                  {parties.length > 0 && <Form.Item name={[row.name, "party"]} label="所有人"><Select allowClear options={parties.map((it) => ({ value: it, label: `第 ${it} 当事人` }))} /></Form.Item>}
                </div>
                <Form.Item name={[row.name, "perishable"]} valuePropName="checked"><Checkbox>鲜活或者其他不易保管</Checkbox></Form.Item>
                <Form.Item name={[row.name, "photos"]}><PhotoField label="添加照片" /></Form.Item>
                {rows.length > 1 && <Button type="link" onClick={() => remove(row.name)} style={{ marginBottom: 12, padding: 0 }}>移除这一件</Button>}
              </fieldset>
            ))}
            <Button onClick={() => add({ ...blank })} disabled={rows.length >= 100}>再加一件</Button>
          </div>
        )}
      </Form.List>
    </FormDialog>
  );
}
