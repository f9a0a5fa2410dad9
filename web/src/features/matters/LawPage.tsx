/** The legal library (法律库): matters, statutes, announcements of empowerment. The tab stands in the address. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { Page } from "../shell/Page";
import { BenchmarksTab } from "../discretion/BenchmarksTab";
import { EmpowermentTab } from "./EmpowermentTab";
import { MattersTab } from "./MattersTab";
import { StatutesTab } from "./StatutesTab";
import "./matters.css";

export function LawPage() {
  const { tab = "matters" } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  return (
    <Page title="法律库" wide intro="执法事项按时间分版本，条文、幅度、前置条件和管辖都注明出处">
      <Tabs
        activeKey={tab} destroyOnHidden onChange={(to) => void navigate({ to: "/law", search: (to === "matters" ? {} : { tab: to }) as never, replace: true })}
        items={[
          { key: "matters", label: "执法事项", children: <MattersTab /> },
          { key: "statutes", label: "法规", children: <StatutesTab /> },
          { key: "benchmarks", label: "裁量基准", children: <BenchmarksTab /> },
          { key: "empowerment", label: "赋权公告", children: <EmpowermentTab /> },
        ]}
      />
    </Page>
  );
}
