/** What organs say of themselves on their documents (机关信息): in versions, each from a day on. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, Select, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { get } from "../../api/client";
import type { Items, Organisation } from "../../api/contract";
import { listOrgans, setOrgan } from "../../api/documents";
import type { OrganFacts, OrganSetting, OrganVersion } from "../../api/papers";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";
import { Empty, Failure, Loading } from "../shell/Page";
import { organFields, type OrganField } from "./fields";

interface Editing { organisation: string | null; facts: Partial<OrganFacts>; first: boolean }
type Filled = Record<OrganField, string> & { organisation: string; effective_from: string };

const columns: TableColumnsType<OrganVersion> = [
  { title: "生效", key: "from", width: 170, render: (_, it) => <>{it.effective_from} {it.in_force && <span className="state-tag">现行</span>}</> },
  { title: "机关全称", key: "name", render: (_, it) => it.facts.name },
  { title: "机关代字", key: "word", width: 100, render: (_, it) => it.facts.word },
  { title: "复议机关、法院", key: "review", render: (_, it) => [it.facts.review_body, it.facts.court].filter(Boolean).join("、") || "—" },
  { title: "设置", key: "set", width: 200, render: (_, it) => <span className="quiet">{it.set_by} {dateTime(it.set_at)}</span> },
];

export function OrgansTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const sets = mayAny(useSession(), ["document.configure"]);
  const [editing, setEditing] = useState<Editing | null>(null);
  const query = useQuery({ queryKey: ["document-organs"], queryFn: ({ signal }) => listOrgans(signal) });
  const units = useQuery({ queryKey: ["organisations"], enabled: sets, queryFn: ({ signal }) => get<Items<Organisation>>("/organisations", undefined, signal) });
  if (query.isPending) return <Loading />;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  const organs = query.data.items;
  const save = async (it: Filled) => {
    const facts = Object.fromEntries(organFields.map(([field]) => [field, it[field] ?? ""])) as unknown as OrganFacts;
    client.setQueryData(["document-organs"], await setOrgan(editing?.organisation ?? it.organisation, facts, it.effective_from || undefined));
    setEditing(null);
    void message.success("已设置；从生效日起拟制和签发的文书使用这些内容");
  };
  return (
    <>
      <p className="quiet">文书的编号（机关代字＋文书代字＋〔年份〕＋序号）、抬头、救济途径和落款都取自这里；签发那天生效的内容写进文书，以后修改不影响已签发的文书。</p>
      {organs.length === 0 && <Empty title="还没有机关信息">没有设置以前不能签发文书。{sets ? "点“新增机关”，填写机关全称、代字、复议机关和管辖法院。" : "由管理员设置。"}</Empty>}
      {organs.map((it) => <Organ key={it.organisation} of={it} edit={sets ? () => setEditing({ organisation: it.organisation, facts: now(it)?.facts ?? {}, first: false }) : null} />)}
      {sets && <Button onClick={() => setEditing({ organisation: null, facts: {}, first: true })}>新增机关</Button>}
      {editing && (
        <FormDialog<Filled> open width={720} title={editing.first ? "新增机关" : "修改机关信息"} initial={{ ...editing.facts } as Partial<Filled>} close={() => setEditing(null)} save={save}>
          {editing.first && (
            <Form.Item name="organisation" label="单位" rules={[{ required: true, message: "请选择单位" }]}>
              <Select showSearch loading={units.isPending} optionFilterProp="label" options={(units.data?.items ?? []).filter((unit) => unit.active && unit.kind !== "company" && !organs.some((organ) => organ.organisation === unit.id)).map((unit) => ({ value: unit.id, label: unit.name }))} />
            </Form.Item>
          )}
          <div className="document-fields">
            {organFields.map(([field, label, required]) => (
              <Form.Item key={field} name={field} label={label} style={{ marginBottom: 0 }} rules={required ? [{ required: true, whitespace: true, message: `请填写${label}` }] : []}><Input maxLength={80} /></Form.Item>
            ))}
            <Form.Item name="effective_from" label="生效日期" style={{ marginBottom: 0 }} extra={editing.first ? "不填就是今天" : "不填就是今天，不能早于今天"}><Input type="date" /></Form.Item>
          </div>
        </FormDialog>
      )}
    </>
  );
}

const now = (of: OrganSetting) => of.versions.find((it) => it.in_force) ?? of.versions[0];

function Organ({ of, edit }: { of: OrganSetting; edit: (() => void) | null }) {
  const facts = now(of)?.facts;
  return (
    <section className="panel" aria-label={`机关信息：${of.organisation_name}`} style={{ marginBottom: 16 }}>
      <h2>{facts?.name ?? of.organisation_name}</h2>
      <p className="quiet">单位：{of.organisation_name}</p>
      {of.lacks.length > 0 && <Alert type="warning" showIcon title={`还没有设置：${of.lacks.join("、")}`} style={{ marginBottom: 12 }} />}
      {facts && <dl className="case-facts">{organFields.filter(([field]) => facts[field]).map(([field, label]) => <div key={field} style={{ display: "contents" }}><dt>{label}</dt><dd>{facts[field]}</dd></div>)}</dl>}
      {edit && <Button onClick={edit}>修改</Button>}
      <details style={{ marginTop: 12 }}><summary>历次版本 {of.versions.length} 个</summary><Table<OrganVersion> rowKey="version" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={of.versions} /></details>
    </section>
  );
}
