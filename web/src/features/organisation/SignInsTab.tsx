/** Who signed in, or tried to. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Table } from "antd";
import { get } from "../../api/client";
import type { Page, SignIn } from "../../api/contract";
import { dateTime } from "../../format/time";
import { Failure } from "../shell/Page";

const outcomes: Record<SignIn["outcome"], string> = { success: "成功", failed: "密码错误", locked: "账号锁定", "totp-failed": "动态口令错误" };

export function SignInsTab() {
  const list = useInfiniteQuery({ queryKey: ["sign-ins"], initialPageParam: "", queryFn: ({ pageParam, signal }) => get<Page<SignIn>>("/sign-ins", { cursor: pageParam }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined });
  if (list.error) return <Failure error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <Table<SignIn>
        rowKey="id" size="small" className="lead-table-plain" dataSource={list.data?.pages.flatMap((page) => page.items) ?? []} loading={list.isPending} pagination={false} scroll={{ x: 640 }}
        columns={[
          { title: "时间", dataIndex: "at", width: 160, render: (it: string) => dateTime(it) },
          { title: "账号", dataIndex: "account", render: (it: string) => <span className="mono">{it}</span> },
          { title: "结果", dataIndex: "outcome", render: (it: SignIn["outcome"]) => (it === "success" ? outcomes[it] : <b>{outcomes[it] ?? it}</b>) },
          { title: "方式", dataIndex: "through", width: 110, render: (it: SignIn["through"]) => (it === "oidc" ? "统一身份认证" : "密码") },
          { title: "来源地址", dataIndex: "address", render: (it: string) => <span className="mono">{it}</span> },
          { title: "终端", dataIndex: "agent", ellipsis: true },
        ]}
      />
      {list.hasNextPage && <div style={{ padding: 12, textAlign: "center" }}><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>载入更多</Button></div>}
    </>
  );
}
