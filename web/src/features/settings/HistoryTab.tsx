/** Who changed which setting, when, from what to what (变更记录). Filters stand in the address. */
import { DownloadOutlined } from "@ant-design/icons";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, DatePicker, Select, Table } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { address, get } from "../../api/client";
import type { Page, Person, SettingChange } from "../../api/contract";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure } from "../shell/Page";
import { useSourceNames } from "../sources/sources";
import { differences } from "./history";

const kinds: Record<string, string> = {
  intake: "自动受理", "centre-room": "办案房间", source: "来源", neighbour: "邻市对接", device: "采集设备", "vehicle-terminal": "车载终端", waste: "建筑垃圾登记", "finding-rules": "车辆违规规则", "machine-kind": "识别种类", "class-model": "类别模型", "dispatch-rule": "派遣规则", precedent: "判例", duty: "值班", light: "预警设置", "reply-check": "答复核验", notice: "督办设置", referral: "移交时限", class: "类别与时限", scrutiny: "诚实结案", privacy: "个人信息保护", reward: "天天有奖", "property-place": "保管场所", role: "角色权限", organisation: "单位", person: "人员与账号", "document-organ": "机关信息", phrase: "用语库", webhook: "推送",
};

interface Search { tab?: string; kind?: string; person?: string; from?: string; to?: string }

export function HistoryTab() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const [words, setWords] = useState("");
  const seesPeople = mayAny(useSession(), ["person.see"]);
  const people = useQuery({ queryKey: ["people", "search", words], enabled: seesPeople, placeholderData: keepPreviousData, queryFn: ({ signal }) => get<Page<Person>>("/people", { q: words, limit: 50 }, signal) });
  const filter = {
    kind: search.kind, person: search.person,
    from: search.from ? dayjs(search.from).startOf("day").toISOString() : undefined,
    to: search.to ? dayjs(search.to).add(1, "day").startOf("day").toISOString() : undefined,
  };
  const list = useInfiniteQuery({
    queryKey: ["settings-history", filter], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => get<Page<SettingChange>>("/settings-history", { ...filter, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const set = (change: Partial<Search>) =>
    void navigate({ to: "/settings", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as Record<string, string>, replace: true });
  return (
    <>
      <search className="settings-bar" aria-label="筛选条件">
        <div style={{ display: "flex", gap: 8, flexWrap: "wrap" }}>
          <Select aria-label="类别" allowClear placeholder="类别" value={search.kind ?? null} onChange={(it: string | null) => set({ kind: it ?? "" })} options={Object.entries(kinds).map(([value, label]) => ({ value, label }))} style={{ minWidth: 130 }} />
          {seesPeople && (
            <Select
              aria-label="办理人" allowClear placeholder="办理人" value={search.person ?? null} style={{ minWidth: 160 }} popupMatchSelectWidth={240}
              showSearch={{ filterOption: false, onSearch: setWords }} onChange={(it: string | null) => set({ person: it ?? "" })}
              options={(people.data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name}（${it.account}）` }))}
            />
          )}
          <DatePicker.RangePicker
            aria-label="日期" style={{ width: 240 }} allowEmpty={[true, true]} value={[search.from ? dayjs(search.from) : null, search.to ? dayjs(search.to) : null]}
            onChange={(it) => set({ from: it?.[0]?.format("YYYY-MM-DD") ?? "", to: it?.[1]?.format("YYYY-MM-DD") ?? "" })}
          />
        </div>
        <Button icon={<DownloadOutlined />} href={address("/settings-history/export", filter)}>导出 CSV</Button>
      </search>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : (
        <Table<SettingChange>
          rowKey="id" size="small" className="settings-table" dataSource={list.data?.pages.flatMap((page) => page.items) ?? []} loading={list.isPending} pagination={false} scroll={{ x: 760 }}
          locale={{ emptyText: <Empty title="没有变更记录">派遣规则、自动受理、值班、时限、角色和人员的每一次改动都会出现在这里。</Empty> }}
          columns={[
            { title: "时间", dataIndex: "at", width: 150, render: (it: string) => dateTime(it) },
            { title: "办理人", width: 120, render: (_, it) => it.actor.name },
            { title: "设置", width: 190, render: (_, it) => <>{it.kind_label} · {it.action_label}{it.target_name && <div className="quiet">{it.target_name}</div>}</> },
            { title: "改动", render: (_, it) => <Changes of={it} /> },
          ]}
        />
      )}
      {list.hasNextPage && <div style={{ padding: 12, textAlign: "center" }}><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
    </>
  );
}

function Changes({ of }: { of: SettingChange }) {
  const sourceName = useSourceNames();
  const lines = differences(of.before, of.after, of.names, sourceName);
  if (lines.length === 0) return <span className="quiet">—</span>;
  return (
    <ul className="settings-changes">
      {lines.map((it) => <li key={it.field}><span className="quiet">{it.field}</span> {of.before === null || of.before === undefined ? it.after : <><del>{it.before}</del> → <ins>{it.after}</ins></>}</li>)}
    </ul>
  );
}
