/** What waits for one's own score. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Table } from "antd";
import { listReviewTasks } from "../../api/quality";
import { dateTime } from "../../format/time";
import { Empty, Failure } from "../shell/Page";

export function TasksTab() {
  const query = useQuery({ queryKey: ["review-tasks"], queryFn: ({ signal }) => listReviewTasks(signal), refetchInterval: 60_000 });
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <Table
      rowKey={(it) => `${it.file} ${it.seat}`} size="small" className="law-table" dataSource={query.data?.items ?? []} loading={query.isPending} pagination={false} scroll={{ x: 700 }}
      locale={{ emptyText: query.isPending ? " " : <Empty title="没有等待您评查的案卷">抽取后随机分派给您的案卷列在这里。</Empty> }}
      columns={[
        { title: "案件", render: (_, it) => <><Link to="/quality/files/$id" params={{ id: it.file }}>{it.number}</Link> <span className="quiet">{it.title}</span></> },
        { title: "批次", width: 200, dataIndex: "round_name" },
        { title: "任务", width: 90, render: (_, it) => (it.seat === 3 ? "裁定" : "评分") },
        { title: "进度", width: 90, render: (_, it) => (it.begun ? "已暂存" : "未开始") },
        { title: "分派", width: 150, render: (_, it) => dateTime(it.drawn_at) },
      ]}
    />
  );
}
