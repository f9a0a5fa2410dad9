/** Announcements of empowerment (赋权公告): what townships enforce themselves, what was taken back, what went to another bureau. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Table } from "antd";
import { useState } from "react";
import type { Announcement } from "../../api/contract";
import { listAnnouncements } from "../../api/law";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { NewAnnouncementForm } from "./NewAnnouncementForm";
import { useTownships } from "./WhoEnforces";

/** Matters of an announcement that stand in its row. */
const SHOWN = 8;

export function EmpowermentTab() {
  const manages = mayAny(useSession(), ["law.manage"]);
  const { name } = useTownships();
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery({ queryKey: ["empowerments"], initialPageParam: "", queryFn: ({ pageParam, signal }) => listAnnouncements(pageParam || undefined, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  const rows = list.data?.pages.flatMap((it) => it.items) ?? [];
  return (
    <>
      <div className="law-bar">
        {manages && <Button type="primary" onClick={() => setAdding(true)}>录入公告</Button>}
        <span className="quiet">某事项某日在某镇街由谁执法，只由这里的公告推定；录入后不能修改，更正另录一份。</span>
      </div>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : list.isPending ? <Loading /> : rows.length === 0 ? (
        <Empty title="还没有赋权公告">{manages ? "录入省、区县公布的赋权或收回公告后，" : "管理员录入公告后，"}每个事项的页面会按地点和日期说明由镇街还是区县级部门执法。</Empty>
      ) : (
        <Table<Announcement>
          rowKey="id" size="small" className="law-table" dataSource={rows} pagination={false} scroll={{ x: 960 }}
          columns={[
            { title: "文号", width: 170, render: (_, it) => <span className="mono">{it.number}</span> },
            { title: "标题", render: (_, it) => <>{it.title}<br /><span className="quiet">{it.organ}{it.note && ` · ${it.note}`}</span></> },
            { title: "事由", width: 70, render: (_, it) => it.act_label },
            { title: "公布", width: 105, dataIndex: "announced_on" },
            { title: "施行", width: 105, dataIndex: "effective_from" },
            { title: "镇街或部门", width: 170, render: (_, it) => it.to_organ ?? it.townships.map(name).join("、") },
            { title: "事项", width: 210, render: (_, it) => <>{it.matters.slice(0, SHOWN).map((code) => <Link key={code} className="mono" to="/law/matters/$code" params={{ code }}>{code} </Link>)}{it.matters.length > SHOWN && `等 ${it.matters.length} 项`}</> },
            { title: "录入", width: 150, render: (_, it) => <>{it.entered_by}<br /><span className="quiet">{dateTime(it.entered_at)}</span></> },
          ]}
        />
      )}
      {list.hasNextPage && <Button block className="law-more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>再看 50 份</Button>}
      {adding && <NewAnnouncementForm close={() => setAdding(false)} />}
    </>
  );
}
