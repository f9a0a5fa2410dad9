/** The use of empowerment (赋权使用): a matter and township at a time; what is unused or overturned is proposed for withdrawal. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Checkbox, InputNumber, Select, Table } from "antd";
import { useState } from "react";
import type { PowerUse } from "../../api/quality-contract";
import { asProblem } from "../../api/problem";
import { discardWithdrawal, draftWithdrawal, listPowerUse, listWithdrawalDrafts, powerUseFile } from "../../api/quality";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Page } from "../shell/Page";
import { NewAnnouncementForm } from "../matters/NewAnnouncementForm";
import { useTownships } from "../matters/WhoEnforces";
import "../matters/matters.css";
import "./quality.css";

const keyOf = (it: { matter: string; township: string }) => `${it.matter} ${it.township}`;

export function PowersPage() {
  const search = useSearch({ strict: false }) as { months?: string; township?: string; proposed?: string };
  const navigate = useNavigate();
  const manages = mayAny(useSession(), ["law.manage"]);
  const client = useQueryClient();
  const { message } = App.useApp();
  const { name, townships } = useTownships();
  const [chosen, setChosen] = useState<string[]>([]);
  const [entering, setEntering] = useState<string | null>(null);
  const months = Math.min(60, Math.max(1, Number(search.months) || 12));
  const ask = { months, ...(search.township ? { township: search.township } : {}), ...(search.proposed ? { proposed: true } : {}) };
  const query = useQuery({ queryKey: ["power-use", ask], queryFn: ({ signal }) => listPowerUse(ask, signal) });
  const drafts = useQuery({ queryKey: ["withdrawal-drafts"], queryFn: ({ signal }) => listWithdrawalDrafts(signal) });
  const go = (change: object) => void navigate({ to: "/power-use", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as never, replace: true });
  const items = query.data?.items ?? [];
  const take = async () => {
    const picked = items.filter((it) => chosen.includes(keyOf(it)));
    try {
      await draftWithdrawal(picked.map((it) => ({ matter: it.matter, township: it.township, reasons: it.reasons.join("；") })));
      setChosen([]);
      void message.success("已列入收回草稿，录入收回公告后生效");
    } catch (error) { void message.error(asProblem(error).message); }
    void client.invalidateQueries({ queryKey: ["withdrawal-drafts"] });
  };
  const drop = async (id: string) => {
    try { await discardWithdrawal(id); } catch (error) { void message.error(asProblem(error).message); }
    void client.invalidateQueries({ queryKey: ["withdrawal-drafts"] });
  };
  return (
    <Page title="赋权使用" wide intro="现行赋权按事项和镇街统计：施行前后同样长的时间各立案多少、决定多少、被撤销多少；长期不用或者办理有误的列出收回的理由。" extra={<Button href={powerUseFile(ask)}>导出</Button>}>
      <div className="law-bar" role="search" aria-label="查看范围">
        <Select aria-label="镇街" allowClear placeholder="全部镇街" {...(search.township ? { value: search.township } : {})} onChange={(value?: string) => go({ township: value })} options={townships.map((it) => ({ value: it.code, label: it.name }))} style={{ width: 180 }} />
        <label>未使用 <InputNumber aria-label="未使用的月数" min={1} max={60} precision={0} value={months} onChange={(value) => go({ months: value ? String(value) : "" })} style={{ width: 80 }} /> 个月以上</label>
        <Checkbox checked={!!search.proposed} onChange={(it) => go({ proposed: it.target.checked ? "1" : "" })}>只看建议收回的</Checkbox>
        {manages && <Button type="primary" disabled={chosen.length === 0} onClick={() => void take()}>列入收回草稿{chosen.length > 0 && ` ${chosen.length} 项`}</Button>}
      </div>
      {query.data?.cut && <Alert type="info" showIcon style={{ marginBottom: 10 }} title="赋权超过 3000 项，只列出一部分，请按镇街查看" />}
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : (
        <Table<PowerUse>
          rowKey={keyOf} size="small" className="law-table" dataSource={items} loading={query.isPending} scroll={{ x: 1000 }} pagination={{ pageSize: 100, hideOnSinglePage: true, showSizeChanger: false }}
          {...(manages ? { rowSelection: { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String)), getCheckboxProps: (it) => ({ disabled: it.reasons.length === 0, "aria-label": `选择 ${it.matter_name}` }) } } : {})}
          locale={{ emptyText: query.isPending ? " " : <Empty title={search.proposed ? "没有建议收回的赋权" : "没有现行的赋权"}>在“法律库 → 赋权”录入公告后，这里统计使用情况。</Empty> }}
          columns={[
            { title: "事项", render: (_, it) => <><Link to="/law/matters/$code" params={{ code: it.matter }}>{it.matter_name}</Link> <span className="mono quiet">{it.matter}</span></> },
            { title: "镇街", width: 130, render: (_, it) => name(it.township) },
            { title: "公告和施行", width: 170, render: (_, it) => <><span className="mono">{it.announcement}</span><br /><span className="quiet">{it.effective_from} 起 {it.days} 日</span></> },
            { title: "施行前同期", width: 90, align: "right", render: (_, it) => `${it.before} 件` }, { title: "施行后立案", width: 90, align: "right", render: (_, it) => `${it.opened} 件` },
            { title: "已决定", width: 70, align: "right", dataIndex: "decided" }, { title: "被撤销", width: 70, align: "right", dataIndex: "overturned" },
            { title: "最近立案", width: 100, render: (_, it) => it.last_on ?? "—" }, { title: "收回的理由", width: 190, render: (_, it) => it.reasons.join("；") || "—" },
          ]}
        />
      )}
      {(drafts.data?.items.length ?? 0) > 0 && (
        <section className="panel" aria-labelledby="drafts">
          <h2 id="drafts">收回草稿</h2>
          <p className="quiet">录入收回公告后草稿随之办结；公告以前不影响任何案件。同一份公告里的事项对其中每个镇街都收回，所以逐镇街录入。</p>
          {manages && <div className="law-acts">{[...new Set(drafts.data?.items.map((it) => it.township))].map((township) => <Button key={township} onClick={() => setEntering(township)}>录入{name(township)}的收回公告</Button>)}</div>}
          <ul className="law-versions">{drafts.data?.items.map((it) => <li key={it.id}><span className="mono">{it.matter}</span> {name(it.township)}：{it.reasons} <span className="quiet">{it.drafted_by}</span> {manages && <Button size="small" onClick={() => void drop(it.id)}>放弃</Button>}</li>)}</ul>
        </section>
      )}
      {entering && <NewAnnouncementForm close={() => setEntering(null)} withdraw={{ townships: [entering], matters: (drafts.data?.items ?? []).filter((it) => it.township === entering).map((it) => it.matter), note: "按赋权使用情况收回" }} />}
    </Page>
  );
}
