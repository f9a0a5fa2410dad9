/** How many decisions were served with the advice on compliance and the notice of how credit is repaired (三书同达率), and the cases behind it. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { DatePicker, Select, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { readTogether } from "../../api/documents";
import type { TogetherRow } from "../../api/papers";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading, Page } from "../shell/Page";
import "../settings/settings.css";

interface Search { from?: string; until?: string; only?: string }

const columns: TableColumnsType<TogetherRow> = [
  { title: "案件", key: "case", render: (_, it) => <><Link to="/cases/$id" params={{ id: it.docket }}>{it.title}</Link><br /><span className="mono quiet">{it.number}</span></> },
  { title: "办理送达", key: "served", width: 170, render: (_, it) => dateTime(it.served_at) },
  { title: "合规建议书", key: "advice", width: 120, render: (_, it) => (it.advice ? "同达" : "没有") },
  { title: "信用修复告知书", key: "repair", width: 140, render: (_, it) => (it.repair ? "同达" : "没有") },
];

export function TogetherPage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const sees = mayAny(useSession(), ["case.see"]);
  const query = useQuery({ enabled: sees, queryKey: ["together", search], queryFn: ({ signal }) => readTogether(search, signal) });
  const set = (change: Search) => void navigate({ to: "/cases/together", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as Record<string, string>, replace: true });
  const of = query.data;
  if (!sees) return <Page title="三书同达率"><Empty title="您的角色没有查看案件的权限">这一页由能看案件的人使用：执法人员、法制审核员、局领导、考评员和值班长。需要时由系统管理员在“组织人员 → 角色权限”里增加。</Empty></Page>;
  return (
    <Page title="三书同达率" wide intro="送达处罚决定书时，合规建议书和信用修复告知书都已签发的决定占全部送达决定的比率；按办理送达环节的日期计算。" extra={<Link to="/cases">案件</Link>}>
      <search className="settings-bar" aria-label="筛选条件">
        <DatePicker.RangePicker aria-label="送达日期" style={{ width: 260 }} value={of ? [dayjs(of.from), dayjs(of.until)] : null} onChange={(it) => set({ from: it?.[0]?.format("YYYY-MM-DD") ?? "", until: it?.[1]?.format("YYYY-MM-DD") ?? "" })} />
        <Select aria-label="只看" allowClear placeholder="全部" value={search.only ?? null} onChange={(only?: string) => set({ only: only ?? "" })} options={[{ value: "lacking", label: "缺一份或两份的" }, { value: "together", label: "三书同达的" }]} style={{ width: 160 }} />
      </search>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : !of ? <Loading /> : (
        <>
          <p role="status"><b style={{ fontSize: 28 }}>{of.percent == null ? "—" : `${of.percent.toFixed(1)}%`}</b> <span className="quiet">三书同达 {of.together} 件，送达处罚决定 {of.served} 件</span></p>
          <Table<TogetherRow> rowKey="docket" size="small" pagination={false} scroll={{ x: "max-content" }} columns={columns} dataSource={of.rows}
            locale={{ emptyText: <Empty title="没有送达的处罚决定">送达处罚决定书以后，案件出现在这里；在案件页“文书”里点“三书同拟”“三书同签”，再办理送达。</Empty> }} />
          {of.more && <p className="quiet">只列出最近 {of.rows.length} 件，比率按全部计算。</p>}
        </>
      )}
    </Page>
  );
}
