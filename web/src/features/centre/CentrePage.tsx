/** The case-handling centre (办案中心): the board, the calendar, recordings, the archive, equipment, stock-takes, rooms. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { Page } from "../shell/Page";
import { Archive } from "./Archive";
import { Board } from "./Board";
import { Calendar } from "./Calendar";
import { Equipment } from "./Equipment";
import { Loans } from "./Loans";
import { Recordings } from "./Recordings";
import { Rooms } from "./Rooms";
import { Takes } from "./Takes";
import "../search/search.css";
import "../notices/notices.css";
import "../cases/cases.css";
import "./centre.css";

export interface CentreSearch { tab?: string; q?: string; state?: string; day?: string; role?: string; room?: string }
export type Go = (change: CentreSearch) => void;

export function CentrePage() {
  const search = useSearch({ strict: false }) as CentreSearch;
  const navigate = useNavigate();
  const go: Go = (change) => {
    const next = { ...search, ...change };
    void navigate({ to: "/centre", search: Object.fromEntries(Object.entries(next).filter(([key, value]) => value && !(key === "tab" && value === "board"))) as Record<string, string>, replace: true });
  };
  return (
    <Page title="办案中心" wide intro="房间预约、录音录像、档案借阅和装备在一处：今天谁在哪一间，什么还缺，什么到期。">
      <Tabs activeKey={search.tab ?? "board"} destroyOnHidden onChange={(tab) => go({ tab, q: "", state: "", day: "", role: "", room: "" })} items={[
        { key: "board", label: "看板", children: <Board /> },
        { key: "calendar", label: "预约日程", children: <Calendar search={search} go={go} /> },
        { key: "recordings", label: "录音录像", children: <Recordings search={search} go={go} /> },
        { key: "archive", label: "档案", children: <Archive search={search} go={go} /> },
        { key: "loans", label: "借阅", children: <Loans search={search} go={go} /> },
        { key: "equipment", label: "装备", children: <Equipment search={search} go={go} /> },
        { key: "takes", label: "盘点", children: <Takes /> },
        { key: "rooms", label: "房间", children: <Rooms /> },
      ]} />
    </Page>
  );
}
