/** Which role may do what: a matrix, read from the server's own list; who may arrange roles edits one column at a time. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox } from "antd";
import { useMemo, useState } from "react";
import { get, patch } from "../../api/client";
import type { Items, RightOfRole, Role } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { mayAny, useSession } from "../session/session";
import { Failure, Loading } from "../shell/Page";

export function RightsTab() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const arranges = mayAny(useSession(), ["role.manage"]);
  const roles = useQuery({ queryKey: ["roles"], queryFn: ({ signal }) => get<Items<Role>>("/roles", undefined, signal), staleTime: 10 * 60_000 });
  const [editing, setEditing] = useState<Role | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const sorted = useMemo(() => {
    const rights = new Map<string, RightOfRole>();
    for (const role of roles.data?.items ?? []) for (const right of role.rights) rights.set(right.name, right);
    return [...rights.values()].sort((a, b) => a.name.localeCompare(b.name));
  }, [roles.data]);
  if (roles.isPending) return <Loading />;
  if (roles.error) return <Failure error={roles.error} retry={() => void roles.refetch()} />;

  function begin(role: Role) {
    setEditing(role);
    setChosen(new Set(role.rights.map((it) => it.name)));
    setProblem(null);
  }
  const turn = (name: string, on: boolean) => setChosen((before) => { const next = new Set(before); if (on) next.add(name); else next.delete(name); return next; });
  async function save(role: Role) {
    setBusy(true);
    setProblem(null);
    try {
      await patch(`/roles/${role.code}`, { rights: [...chosen] }, { version: role.version });
      setEditing(null);
      void message.success(`已保存，立即对全部${role.name}生效`);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: ["roles"] });
    }
  }
  const before = new Set(editing?.rights.map((it) => it.name));
  const added = [...chosen].filter((it) => !before.has(it)).length;
  const taken = [...before].filter((it) => !chosen.has(it)).length;

  return (
    <>
      {editing ? (
        <div className="rights-bar" role="status">
          <span>正在调整<b>{editing.name}</b>：{added + taken === 0 ? "尚未改动" : [added > 0 && `增加 ${added} 项`, taken > 0 && `收回 ${taken} 项`].filter(Boolean).join("，")}</span>
          <Button onClick={() => setEditing(null)}>放弃</Button>
          <Button type="primary" disabled={added + taken === 0} loading={busy} onClick={() => void save(editing)}>保存</Button>
        </div>
      ) : <p className="quiet">权限 = 动作 × 角色 × 管辖。标注“决定”的动作协管人员一律不能办理。{arranges && "点击角色名称可以调整它的权限。"}</p>}
      {problem && <Alert role="alert" type="error" showIcon style={{ marginBottom: 10 }} title={problem.fields[0]?.detail ?? problem.message} {...(problem.citation ? { description: `依据：${problem.citation}` } : {})} />}
      <div className="rights-matrix" tabIndex={0} role="region" aria-label="角色权限矩阵">
        <table>
          <thead>
            <tr>
              <th scope="col" style={{ textAlign: "left" }}>权限</th>
              {roles.data.items.map((it) => (
                <th key={it.code} scope="col" data-editing={editing?.code === it.code || undefined}>
                  {arranges ? <button type="button" className="link" title={`调整${it.name}的权限`} disabled={busy} onClick={() => begin(it)}>{it.name}</button> : it.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((right) => (
              <tr key={right.name}>
                <th scope="row">{right.label}{right.decides && <span className="tag" style={{ marginLeft: 6 }}>决定</span>}<small className="mono">{right.name}</small></th>
                {roles.data.items.map((role) => {
                  if (editing?.code === role.code) {
                    return <td key={role.code} data-editing><Checkbox aria-label={`${role.name}：${right.label}`} checked={chosen.has(right.name)} disabled={right.decides && role.code === "auxiliary"} onChange={(event) => turn(right.name, event.target.checked)} /></td>;
                  }
                  return <td key={role.code}>{role.rights.some((it) => it.name === right.name) ? <b><span aria-hidden="true">✓</span><span className="visually-hidden">有</span></b> : <span className="visually-hidden">无</span>}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
