/** Rewards (天天有奖): programmes, awards that wait for a person, payouts, and the account of every fen. The tab stands in the address. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { listRewardProgrammes } from "../../api/rewards";
import { Failure, Loading, Page } from "../shell/Page";
import { AccountTab } from "./AccountTab";
import { AwardsTab } from "./AwardsTab";
import { PayoutsTab } from "./PayoutsTab";
import { ProgrammesTab } from "./ProgrammesTab";
import "./rewards.css";

export function RewardsPage() {
  const { tab = "awards" } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const programmes = useQuery({ queryKey: ["reward-programmes"], queryFn: ({ signal }) => listRewardProgrammes(signal) });
  return (
    <Page title="天天有奖" wide intro="同一问题只奖最先上报的人；预算、上限和每一分的去向都在这里">
      {programmes.error ? <Failure error={programmes.error} retry={() => void programmes.refetch()} /> : !programmes.data ? <Loading /> : (
        <Tabs
          activeKey={tab} onChange={(to) => void navigate({ to: "/rewards", search: { tab: to } as never, replace: true })}
          items={[
            { key: "awards", label: "奖励", children: <AwardsTab programmes={programmes.data.items} /> },
            { key: "payouts", label: "发放", children: <PayoutsTab programmes={programmes.data.items} /> },
            { key: "account", label: "账目", children: <AccountTab programmes={programmes.data.items} /> },
            { key: "programmes", label: "方案", children: <ProgrammesTab programmes={programmes.data.items} /> },
          ]}
        />
      )}
    </Page>
  );
}
