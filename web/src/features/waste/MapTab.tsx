/** Everything on one map: places, gates, and the routes of permits in force. */
import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "antd";
import { useMemo, useState } from "react";
import { readMap } from "../../api/waste";
import { Empty, Failure, Loading } from "../shell/Page";
import { GroundMap } from "./GroundMap";
import { placeKinds, shapesOf, spots, type Shape } from "./words";

const layers = [...Object.entries(placeKinds).map(([value, label]) => ({ value, label })), { value: "route", label: "核准路线" }];

export function MapTab() {
  const [shown, setShown] = useState<string[]>(layers.map((it) => it.value));
  const query = useQuery({ queryKey: ["waste", "map"], queryFn: ({ signal }) => readMap(signal), refetchInterval: 300_000 });
  const shapes = useMemo(() => {
    const places = (query.data?.places ?? []).filter((it) => shown.includes(it.kind)).flatMap(shapesOf);
    const routes: Shape[] = shown.includes("route") ? (query.data?.routes ?? []).map((it) => ({ id: it.permit, kind: "route", name: it.number, line: spots(it.corridor) })) : [];
    return [...places, ...routes];
  }, [query.data, shown]);
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading />;
  if (query.data.places.length === 0) return <Empty title="图上还没有内容">登记工地、消纳场和黑点，核准处置以后，范围和路线显示在这里。</Empty>;
  return (
    <>
      <div className="waste-bar"><Checkbox.Group aria-label="图层" options={layers} value={shown} onChange={(it) => setShown(it as string[])} /></div>
      {query.data.cut && <p className="quiet">内容太多，图上只显示最近登记的 2000 处场所和 500 条路线。</p>}
      <GroundMap label="建筑垃圾一张图" shapes={shapes} height={560} />
    </>
  );
}
