/** Organisation and people (组织人员): the tree, its people, their roles and rights, and who signed in. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { mayAny, useSession } from "../session/session";
import { Page } from "../shell/Page";
import { PeopleTab } from "./PeopleTab";
import { RightsTab } from "./RightsTab";
import { SignInsTab } from "./SignInsTab";
import "./organisation.css";

export function OrganisationPage() {
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const session = useSession();
  return (
    <Page title="组织人员" wide>
      <Tabs
        activeKey={tab ?? "people"} destroyOnHidden onChange={(key) => void navigate({ to: "/organisation", search: key === "people" ? {} : { tab: key } })}
        items={[{ key: "people", label: "组织与人员", children: <PeopleTab /> }, ...(mayAny(session, ["role.see"]) ? [{ key: "rights", label: "角色与权限", children: <RightsTab /> }] : []), ...(mayAny(session, ["sign-in.see"]) ? [{ key: "sign-ins", label: "登录审计", children: <SignInsTab /> }] : [])]}
      />
    </Page>
  );
}
