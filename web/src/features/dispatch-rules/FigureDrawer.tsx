/** The leads behind a figure of a replay (试算明细). */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Drawer } from "antd";
import { listWhatIfLeads } from "../../api/dispatch-rules";
import { StateTag } from "../../components/StateTag";
import { dateTime } from "../../format/time";
import { Empty, Failure, Loading } from "../shell/Page";
import { figureWords } from "./rules";
import type { Opened } from "./WhatIfPanel";

export function FigureDrawer({ id, opened, close }: { id: string; opened: Opened; close: () => void }) {
  const query = useInfiniteQuery({
    queryKey: ["what-if-leads", id, opened], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => listWhatIfLeads(id, { ...opened, cursor: pageParam || undefined }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Drawer open onClose={close} size={720} title={figureWords[opened.figure]}>
      {query.isPending ? <Loading /> : query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : items.length === 0 ? <Empty title="没有这样的线索">它们可能已不在您的辖区内。</Empty> : (
        <ol className="what-if-leads">
          {items.map((it) => (
            <li key={it.id}>
              <Link to="/leads/$id" params={{ id: it.id }} className="mono">{it.number}</Link> <StateTag state={it.state as never} />
              <div>{it.title}</div>
              <div className="quiet">{[it.class?.name, it.place.grid_name, it.unit ? `现由${it.unit.name}办` : null, dateTime(it.reported_at)].filter(Boolean).join(" · ")}</div>
            </li>
          ))}
        </ol>
      )}
      {query.hasNextPage && <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>再看一些</Button>}
    </Drawer>
  );
}
