/** What people may ask about themselves, and what they are told before (个人信息保护). */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { Page } from "../shell/Page";
import { ImpactTab } from "./ImpactTab";
import { NoticeTab } from "./NoticeTab";
import { RequestsTab } from "./RequestsTab";
import { RetentionTab } from "./RetentionTab";
import "./privacy.css";

export function PrivacyPage() {
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  return (
    <Page title="个人信息保护">
      <Tabs
        activeKey={tab ?? "requests"} destroyOnHidden onChange={(key) => void navigate({ to: "/privacy", search: key === "requests" ? {} : { tab: key } })}
        items={[
          { key: "requests", label: "权利请求", children: <RequestsTab /> },
          { key: "notices", label: "告知书", children: <NoticeTab /> },
          { key: "retention", label: "保存期限", children: <RetentionTab /> },
          { key: "impact", label: "影响评估", children: <ImpactTab /> },
        ]}
      />
    </Page>
  );
}
