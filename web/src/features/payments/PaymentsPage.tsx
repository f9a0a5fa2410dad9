/** Payment (缴款): bills, money that fits nothing, refunds, the provider's days, the account. The tab stands in the address. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { Page } from "../shell/Page";
import { BillsTab } from "./BillsTab";
import { DaysTab } from "./DaysTab";
import { PayeeTab } from "./PayeeTab";
import { RefundsTab } from "./RefundsTab";
import { SuspenseTab } from "./SuspenseTab";
import "./payments.css";

export function PaymentsPage() {
  const { tab = "bills" } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  return (
    <Page title="缴款" wide intro="罚款决定与收缴分离：执法人员开具缴款通知，当事人凭码缴纳，到账自动入案">
      <Tabs
        activeKey={tab} onChange={(to) => void navigate({ to: "/payments", search: { tab: to } as never, replace: true })} destroyOnHidden
        items={[
          { key: "bills", label: "缴款通知", children: <BillsTab /> },
          { key: "suspense", label: "待查款", children: <SuspenseTab /> },
          { key: "refunds", label: "退款", children: <RefundsTab /> },
          { key: "days", label: "对账", children: <DaysTab /> },
          { key: "payee", label: "收款账户", children: <PayeeTab /> },
        ]}
      />
    </Page>
  );
}
