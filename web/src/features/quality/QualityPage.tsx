/** File review (案卷评查): rounds, what one scores, findings, sheets, guides and model cases, best handlers. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { mayAny, useSession } from "../session/session";
import { Page } from "../shell/Page";
import { FindingsTab } from "./FindingsTab";
import { GuidesTab } from "./GuidesTab";
import { HandlersTab } from "./HandlersTab";
import { RoundsTab } from "./RoundsTab";
import { SheetsTab } from "./SheetsTab";
import { TasksTab } from "./TasksTab";
import "./quality.css";

export type QualitySearch = { tab?: string; q?: string; mine?: string; state?: string; from?: string; to?: string };

export function QualityPage() {
  const session = useSession();
  const search = useSearch({ strict: false }) as QualitySearch;
  const navigate = useNavigate();
  const go = (change: QualitySearch) => void navigate({ to: "/quality", search: Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as never, replace: true });
  const tabs = [
    { key: "rounds", label: "评查批次", children: <RoundsTab /> },
    ...(mayAny(session, ["quality.score"]) ? [{ key: "tasks", label: "我的评查", children: <TasksTab /> }] : []),
    { key: "findings", label: "问题整改", children: <FindingsTab search={search} go={go} /> },
    { key: "sheets", label: "评查标准", children: <SheetsTab /> },
    { key: "guides", label: "指引和典型案例", children: <GuidesTab /> },
    ...(mayAny(session, ["quality.manage"]) ? [{ key: "handlers", label: "办案能手", children: <HandlersTab search={search} go={go} /> }] : []),
  ];
  const tab = tabs.some((it) => it.key === search.tab) ? (search.tab as string) : "rounds";
  return (
    <Page title="案卷评查" wide intro="按公开的种子随机抽取办结的案卷，由没有参与办理的人评分；问题反馈承办人整改，办结后的数据连同分母一起留存。">
      <Tabs activeKey={tab} onChange={(key) => go({ tab: key === "rounds" ? "" : key, q: "", state: "" })} destroyOnHidden items={tabs} />
    </Page>
  );
}
