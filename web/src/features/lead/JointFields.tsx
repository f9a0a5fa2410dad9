/** The fields of joint tasks (联合处置): which units, what is asked of them. */
import { Form, Input, Select, TreeSelect } from "antd";
import type { Lead } from "../../api/contract";
import { useUnitTree } from "../organisation/units";
import { isLive } from "./joint";

/** As many units assist at once as the server takes. */
const MOST = 8;

export function JointUnits({ name, lead, required }: { name: "units" | "assisting"; lead: Lead; required?: boolean }) {
  const tree = useUnitTree();
  const busy = lead.joint_tasks.filter((it) => it.state === "waiting" || it.state === "taken").map((it) => it.unit.name);
  return (
    <Form.Item
      name={name} label={required ? "协办单位" : "协办单位（选填）"} extra={busy.length > 0 ? `已在协办：${busy.join("、")}` : undefined}
      rules={[...(required ? [{ required: true, message: "请选择协办单位" }] : []), { type: "array" as const, max: MOST, message: `最多 ${MOST} 个单位` }]}
    >
      <TreeSelect treeData={tree} multiple showSearch={{ treeNodeFilterProp: "title" }} treeDefaultExpandAll placeholder="可选多个单位" />
    </Form.Item>
  );
}

export function JointUnit({ lead }: { lead: Lead }) {
  const tree = useUnitTree();
  return (
    <Form.Item name="unit" label="需要哪个单位" rules={[{ required: true, message: "请选择单位" }, { validator: (_, id: string) => (id === lead.unit?.id ? Promise.reject(new Error("该单位就是主办单位")) : Promise.resolve()) }]}>
      <TreeSelect treeData={tree} showSearch={{ treeNodeFilterProp: "title" }} treeDefaultExpandAll placeholder="选择单位" />
    </Form.Item>
  );
}

/** Asked for as soon as units are chosen. */
export function JointAsk({ required }: { required?: boolean }) {
  const form = Form.useFormInstance();
  const assisting = Form.useWatch("assisting", form) as string[] | undefined;
  const asks = required || (assisting?.length ?? 0) > 0;
  if (!asks) return null;
  return <Form.Item name="ask" label="协办要求" rules={[{ required: true, whitespace: true, message: "请写明要协办什么" }]}><Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={1000} /></Form.Item>;
}

export function JointLive({ lead }: { lead: Lead }) {
  return (
    <Form.Item name="unit" label="撤回哪个单位的协办" rules={[{ required: true, message: "请选择单位" }]}>
      <Select options={lead.joint_tasks.filter(isLive).map((it) => ({ value: it.unit.id, label: `${it.unit.name}（${it.state_label}）` }))} />
    </Form.Item>
  );
}
