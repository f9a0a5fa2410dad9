/** Which role may do what: a matrix, read from the server's own list. */
import { useQuery } from "@tanstack/react-query";
import { get } from "../../api/client";
import type { Items, RightOfRole, Role } from "../../api/contract";
import { Failure, Loading } from "../shell/Page";

export function RightsTab() {
  const roles = useQuery({ queryKey: ["roles"], queryFn: ({ signal }) => get<Items<Role>>("/roles", undefined, signal), staleTime: 10 * 60_000 });
  if (roles.isPending) return <Loading />;
  if (roles.error) return <Failure error={roles.error} retry={() => void roles.refetch()} />;
  const rights = new Map<string, RightOfRole>();
  for (const role of roles.data.items) for (const right of role.rights) rights.set(right.name, right);
  const sorted = [...rights.values()].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <p className="quiet">权限 = 动作 × 角色 × 管辖。标注“决定”的动作协管人员一律不能办理。</p>
      <div className="rights-matrix" tabIndex={0} role="region" aria-label="角色权限矩阵">
        <table>
          <thead><tr><th scope="col" style={{ textAlign: "left" }}>权限</th>{roles.data.items.map((it) => <th key={it.code} scope="col">{it.name}</th>)}</tr></thead>
          <tbody>
            {sorted.map((right) => (
              <tr key={right.name}>
                <th scope="row">{right.label}{right.decides && <span className="tag" style={{ marginLeft: 6 }}>决定</span>}<small className="mono">{right.name}</small></th>
                {roles.data.items.map((role) => <td key={role.code}>{role.rights.some((it) => it.name === right.name) ? <b><span aria-hidden="true">✓</span><span className="visually-hidden">有</span></b> : <span className="visually-hidden">无</span>}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
