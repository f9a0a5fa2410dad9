/** The rules by which leads move by themselves (规则设置). */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Grid, Tabs } from "antd";
import { mayAny, useSession } from "../session/session";
import { Page } from "../shell/Page";
import { DocumentKindsTab } from "../documents/DocumentKindsTab";
import { OrgansTab } from "../organs/OrgansTab";
import { PhrasesTab } from "../phrases/PhrasesTab";
import { ClassModelsTab } from "../class-models/ClassModelsTab";
import { WeightsTab } from "../indicators/WeightsTab";
import { HoursTab } from "../hours/HoursTab";
import { DutyTab } from "./DutyTab";
import { HistoryTab } from "./HistoryTab";
import { IntakeTab } from "./IntakeTab";
import { LightsTab } from "./LightsTab";
import { RulesTab } from "./RulesTab";
import { DevicesTab } from "../machines/DevicesTab";
import { KindsTab } from "../machines/KindsTab";
import { NeighboursTab } from "../neighbours/NeighboursTab";
import { PrecedentsTab } from "../precedents/PrecedentsTab";
import { LayersTab } from "../layers/LayersTab";
import { ReplyCheckTab } from "../reply-checks/ReplyCheckTab";
import { SourcesTab } from "../sources/SourcesTab";
import { NoticesTab } from "../notices/NoticesTab";
import { ReferralsTab } from "../referrals/ReferralsTab";
import { TextCodeTab } from "../text-codes/TextCodeTab";
import { WebhooksTab } from "./WebhooksTab";
import "./settings.css";

export function SettingsPage() {
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const session = useSession();
  const configures = mayAny(session, ["lead.configure"]);
  const keeps = mayAny(session, ["machine.keep"]);
  const first = configures ? "rules" : keeps ? "devices" : mayAny(session, ["neighbour.configure"]) ? "neighbours" : mayAny(session, ["notice.configure"]) ? "notices" : mayAny(session, ["webhook.manage"]) ? "webhooks" : mayAny(session, ["document.see"]) ? "documents" : "history";
  const wide = Grid.useBreakpoint().lg === true;
  return (
    <Page title="规则设置">
      <Tabs
        activeKey={tab ?? first} tabPlacement={wide ? "start" : "top"} className="settings-tabs" destroyOnHidden onChange={(key) => void navigate({ to: "/settings", search: key === first ? {} : { tab: key } })}
        items={[
          ...(configures ? [{ key: "rules", label: "派遣规则", children: <RulesTab /> }, { key: "precedents", label: "判例", children: <PrecedentsTab /> }, { key: "sources", label: "来源", children: <SourcesTab /> }, { key: "intake", label: "自动受理", children: <IntakeTab /> }, { key: "lights", label: "预警", children: <LightsTab /> }, { key: "reply-checks", label: "答复核验", children: <ReplyCheckTab /> }, { key: "text-codes", label: "短信验证", children: <TextCodeTab /> }, { key: "class-models", label: "类别模型", children: <ClassModelsTab /> }, { key: "duty", label: "值班", children: <DutyTab /> }, { key: "hours", label: "工作时间", children: <HoursTab /> }, { key: "layers", label: "分层响应", children: <LayersTab /> }] : []),
          ...(mayAny(session, ["neighbour.configure"]) ? [{ key: "neighbours", label: "邻市对接", children: <NeighboursTab /> }] : []),
          ...(keeps ? [{ key: "devices", label: "采集设备", children: <DevicesTab /> }, { key: "machine-kinds", label: "识别种类", children: <KindsTab /> }] : []),
          ...(mayAny(session, ["notice.configure"]) ? [{ key: "notices", label: "督办", children: <NoticesTab /> }] : []),
          ...(mayAny(session, ["referral.configure"]) ? [{ key: "referrals", label: "移交时限", children: <ReferralsTab /> }] : []),
          ...(mayAny(session, ["webhook.manage"]) ? [{ key: "webhooks", label: "Webhook", children: <WebhooksTab /> }] : []),
          ...(mayAny(session, ["indicator.configure"]) ? [{ key: "indicators", label: "考核权重", children: <WeightsTab /> }] : []),
          ...(mayAny(session, ["document.see"]) ? [{ key: "documents", label: "文书", children: <DocumentKindsTab /> }, { key: "organs", label: "机关信息", children: <OrgansTab /> }] : []),
          ...(mayAny(session, ["document.write"]) ? [{ key: "phrases", label: "用语库", children: <PhrasesTab /> }] : []),
          ...(mayAny(session, ["settings-history.see"]) ? [{ key: "history", label: "变更记录", children: <HistoryTab /> }] : []),
        ]}
      />
    </Page>
  );
}
