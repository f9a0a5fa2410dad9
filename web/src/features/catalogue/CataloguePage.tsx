/** The catalogue (分类目录): classes and their limits, regions and grids, components. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { Page } from "../shell/Page";
import { ClassesTab } from "./ClassesTab";
import { ComponentsTab } from "./ComponentsTab";
import { MapDataImport } from "./MapDataImport";
import { RegionsTab } from "./RegionsTab";
import { ToSettleTab } from "./ToSettleTab";
import "./catalogue.css";

export function CataloguePage() {
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  return (
    <Page title="分类目录" wide extra={tab === "regions" || tab === "components" ? <MapDataImport key={tab} first={tab} /> : null}>
      <Tabs
        activeKey={tab ?? "classes"} destroyOnHidden onChange={(key) => void navigate({ to: "/catalogue", search: key === "classes" ? {} : { tab: key } })}
        items={[
          { key: "classes", label: "分类与时限", children: <ClassesTab /> }, { key: "to-settle", label: "待定时限", children: <ToSettleTab /> },
          { key: "regions", label: "区划与网格", children: <RegionsTab /> }, { key: "components", label: "城市部件", children: <ComponentsTab /> },
        ]}
      />
    </Page>
  );
}
