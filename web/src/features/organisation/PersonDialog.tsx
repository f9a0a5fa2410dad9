import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select, Switch, TreeSelect } from "antd";
import { get, patch, post } from "../../api/client";
import type { Items, Person, Region } from "../../api/contract";
import { roleCodes, roleWord } from "../../format/words";
import { FormDialog } from "../shell/FormDialog";
import { useUnitTree } from "./units";

interface Fields { account?: string; name: string; organisation_id: string; roles: string[]; regions: string[]; password?: string; auxiliary: boolean }

export function PersonDialog({ person, unit, close, saved }: { person: Person | "new" | null; unit: string | null; close: () => void; saved: () => void }) {
  const tree = useUnitTree();
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 10 * 60_000 });
  const fresh = person === "new";
  const initial: Partial<Fields> = person && person !== "new"
    ? { name: person.name, organisation_id: person.organisation.id, roles: person.roles, regions: person.regions, auxiliary: person.auxiliary }
    : { roles: [], regions: [], auxiliary: false, ...(unit ? { organisation_id: unit } : {}) };
  return (
    <FormDialog<Fields>
      open={person !== null} title={fresh ? "新增人员" : "编辑人员"} initial={initial} close={close}
      save={async (fields) => {
        if (fresh) await post("/people", fields);
        else if (person) await patch(`/people/${person.id}`, fields, { version: person.version });
        saved();
      }}
    >
      {fresh && <Form.Item name="account" label="账号" rules={[{ required: true, pattern: /^[a-z][a-z0-9_.-]{2,31}$/, message: "小写字母开头，3–32 位字母、数字" }]}><Input autoComplete="off" spellCheck={false} autoFocus /></Form.Item>}
      <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true, message: "请输入姓名" }]}><Input maxLength={40} autoComplete="off" /></Form.Item>
      <Form.Item name="organisation_id" label="所属单位" rules={[{ required: true, message: "请选择单位" }]}><TreeSelect treeData={tree} treeDefaultExpandAll showSearch={{ treeNodeFilterProp: "title" }} /></Form.Item>
      <Form.Item name="roles" label="角色" rules={[{ type: "array", min: 1, required: true, message: "至少选择一个角色" }]}><Select mode="multiple" options={roleCodes.map((value) => ({ value, label: roleWord(value) }))} /></Form.Item>
      <Form.Item name="regions" label="管辖区域" extra="只能看到和办理这些区域内的线索。"><Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={(regions.data?.items ?? []).map((it) => ({ value: it.code, label: `${it.name} ${it.code}` }))} /></Form.Item>
      {fresh && (
        <Form.Item noStyle shouldUpdate={(before: Fields, after: Fields) => before.roles !== after.roles}>
          {({ getFieldValue }) => ((getFieldValue("roles") as string[] | undefined)?.includes("machine")
            ? <p className="quiet">机器来源没有密码，保存后在“操作 · 接口密钥”中新增密钥。</p>
            : <Form.Item name="password" label="初始密码" extra="首次登录时须修改。" rules={[{ required: true, min: 10, message: "不少于 10 个字符" }]}><Input.Password autoComplete="new-password" /></Form.Item>)}
        </Form.Item>
      )}
      <Form.Item name="auxiliary" label="协管人员" extra="协管人员可以巡查、劝导、协助，不能作出决定。" valuePropName="checked"><Switch /></Form.Item>
    </FormDialog>
  );
}

export function PasswordDialog({ person, close, saved }: { person: Person | null; close: () => void; saved: () => void }) {
  return (
    <FormDialog<{ password: string }>
      open={person !== null} title={`重置 ${person?.name ?? ""} 的密码`} initial={{}} close={close} okText="重置"
      save={async (fields) => { if (person) { await post(`/people/${person.id}/actions/reset-password`, fields, { version: person.version }); saved(); } }}
    >
      <Form.Item name="password" label="新密码" extra="请当面或电话告知本人，首次登录时须修改。" rules={[{ required: true, min: 10, message: "不少于 10 个字符" }]}><Input.Password autoComplete="new-password" autoFocus /></Form.Item>
    </FormDialog>
  );
}
