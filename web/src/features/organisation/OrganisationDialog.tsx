import { Form, Input, InputNumber, Select, Switch, TreeSelect } from "antd";
import type { Organisation, OrganisationKind } from "../../api/contract";
import { kindWords } from "../../format/words";
import { FormDialog } from "../shell/FormDialog";
import { useUnitTree } from "./units";

type Fields = Pick<Organisation, "name" | "kind" | "parent_id" | "region" | "sort" | "active">;

export function OrganisationDialog({ organisation, parent, close, save }: { organisation: Organisation | "new" | null; parent: string | null; close: () => void; save: (fields: Fields) => Promise<void> }) {
  const tree = useUnitTree();
  const initial: Partial<Fields> = organisation && organisation !== "new" ? organisation : { parent_id: parent, kind: "squad", sort: 100, active: true };
  return (
    <FormDialog<Fields> open={organisation !== null} title={organisation === "new" ? "新增单位" : "编辑单位"} initial={initial} close={close} save={(fields) => save({ ...fields, parent_id: fields.parent_id ?? null })}>
      <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请输入名称" }]}><Input maxLength={60} autoFocus /></Form.Item>
      <Form.Item name="kind" label="类型"><Select options={(Object.keys(kindWords) as OrganisationKind[]).map((value) => ({ value, label: kindWords[value] }))} /></Form.Item>
      <Form.Item name="parent_id" label="上级"><TreeSelect treeData={tree} treeDefaultExpandAll allowClear showSearch={{ treeNodeFilterProp: "title" }} placeholder="没有上级" /></Form.Item>
      <Form.Item name="region" label="管辖区划代码" extra="县区 6 位、镇街 9 位、社区 12 位。" rules={[{ required: true, pattern: /^(\d{6}|\d{9}|\d{12}|\d{15})$/, message: "请输入 6、9、12 或 15 位数字" }]}><Input className="mono" inputMode="numeric" /></Form.Item>
      <Form.Item name="sort" label="排序"><InputNumber min={0} max={9999} /></Form.Item>
      <Form.Item name="active" label="启用" valuePropName="checked"><Switch /></Form.Item>
    </FormDialog>
  );
}
