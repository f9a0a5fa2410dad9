/** The desk of construction waste (建筑垃圾): permits, places, carriers, vehicles, the map. The filters stand in the address. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Tabs } from "antd";
import { mayAny, useSession } from "../session/session";
import { Page } from "../shell/Page";
import { Carriers } from "./Carriers";
import { MapTab } from "./MapTab";
import { Permits } from "./Permits";
import { Places } from "./Places";
import { Vehicles } from "./Vehicles";
import "../search/search.css";
import "../notices/notices.css";
import "../cases/cases.css";
import "./waste.css";

export interface WasteSearch { tab?: string; q?: string; kind?: string; view?: string; carrier?: string; closed?: string }
export type Go = (change: WasteSearch) => void;

export function WastePage() {
  const search = useSearch({ strict: false }) as WasteSearch;
  const navigate = useNavigate();
  const session = useSession();
  const go: Go = (change) => {
    const next = { ...search, ...change };
    void navigate({ to: "/waste", search: Object.fromEntries(Object.entries(next).filter(([key, value]) => value && !(key === "tab" && value === "permits"))) as Record<string, string>, replace: true });
  };
  return (
    <Page
      title="建筑垃圾" wide intro="从哪个工地来、谁运、走哪条路、去哪里：登记和处置核准在一处，违规判断都以这里为准。"
      extra={mayAny(session, ["waste.apply"]) && <Button type="primary" onClick={() => void navigate({ to: "/waste/apply" })}>申请处置核准</Button>}
    >
      <Tabs activeKey={search.tab ?? "permits"} destroyOnHidden onChange={(tab) => go({ tab, q: "", kind: "", view: "", carrier: "", closed: "" })} items={[
        { key: "permits", label: "处置核准", children: <Permits search={search} go={go} /> },
        { key: "places", label: "工地和场所", children: <Places search={search} go={go} /> },
        { key: "carriers", label: "运输企业", children: <Carriers search={search} go={go} /> },
        { key: "vehicles", label: "运输车辆", children: <Vehicles search={search} go={go} /> },
        { key: "map", label: "一张图", children: <MapTab /> },
      ]} />
    </Page>
  );
}
