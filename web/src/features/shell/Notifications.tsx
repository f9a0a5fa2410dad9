/** The bell: what happened that concerns me. */
import { BellOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Badge, Button, Popover } from "antd";
import { useState } from "react";
import { get, post } from "../../api/client";
import type { Notification, Page } from "../../api/contract";
import { ago } from "../../format/time";
import { now } from "../../format/clock";

export function Notifications() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const list = useQuery({ queryKey: ["notifications"], queryFn: ({ signal }) => get<Page<Notification>>("/notifications", undefined, signal), refetchInterval: 120_000 });
  const read = useMutation({
    mutationFn: (id: string | null) => post<void>(id ? `/notifications/${id}/actions/read` : "/notifications/actions/read-all"),
    onSettled: () => client.invalidateQueries({ queryKey: ["notifications"] }),
  });
  const items = list.data?.items ?? [];
  const unread = items.filter((it) => !it.read).length;

  return (
    <Popover
      open={open} onOpenChange={setOpen} trigger="click" placement="bottomRight" arrow={false}
      content={
        <section className="notifications" aria-label="通知">
          <header><b>通知</b><Button type="link" size="small" disabled={unread === 0} onClick={() => read.mutate(null)}>全部已读</Button></header>
          <ul>
            {items.map((it) => (
              <li key={it.id}>
                <button
                  type="button" className={it.read ? "" : "unread"}
                  onClick={() => {
                    if (!it.read) read.mutate(it.id);
                    setOpen(false);
                    if (it.lead_id && it.docket_kind === "notice") void navigate({ to: "/notices/$id", params: { id: it.lead_id } });
                    else if (it.lead_id && it.docket_kind === "referral") void navigate({ to: "/referrals/$id", params: { id: it.lead_id } });
                    else if (it.lead_id) void navigate({ to: "/leads/$id", params: { id: it.lead_id } });
                  }}
                >
                  {!it.read && <span className="visually-hidden">未读，</span>}
                  <span>{it.title}</span><time dateTime={it.at}>{ago(it.at, now())}</time>
                </button>
              </li>
            ))}
          </ul>
          {items.length === 0 && <p>暂无通知。派到您或您单位的线索、催办和返工会出现在这里。</p>}
        </section>
      }
    >
      <button type="button" className="bar-button" aria-label={unread > 0 ? `通知，${unread} 条未读` : "通知"} aria-expanded={open}>
        <Badge count={unread} size="small" color="#1456b8"><BellOutlined /></Badge>
      </button>
    </Popover>
  );
}
