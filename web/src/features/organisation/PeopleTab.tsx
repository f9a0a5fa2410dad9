/** The tree on the left, the people of the chosen unit on the right. */
import { PlusOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Input, Select, Table, Tree } from "antd";
import { useMemo, useState } from "react";
import { get, patch, post } from "../../api/client";
import type { Items, Organisation, Page, Person, Region } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { dateTime } from "../../format/time";
import { kindWords, roleCodes, roleWord } from "../../format/words";
import { mayAny, useSession } from "../session/session";
import { Empty, Failure, Loading } from "../shell/Page";
import { ApiKeysDialog } from "./ApiKeysDialog";
import { CertificateDialog } from "./CertificateDialog";
import { OrganisationDialog } from "./OrganisationDialog";
import { PasswordDialog, PersonDialog } from "./PersonDialog";
import { unitTree, useOrganisations } from "./units";

export function PeopleTab() {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const session = useSession();
  const manages = mayAny(session, ["person.manage"]);
  const arranges = mayAny(session, ["organisation.manage"]);
  const issues = mayAny(session, ["api-key.manage"]);
  const organisations = useOrganisations();
  const regions = useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", undefined, signal), staleTime: 10 * 60_000 });
  const region = (code: string) => (code === "" ? "全部" : regions.data?.items.find((it) => it.code === code)?.name ?? code);
  const [unit, setUnit] = useState<string | null>(null);
  const [q, setQ] = useState("");
  const [role, setRole] = useState<string | null>(null);
  const [person, setPerson] = useState<Person | "new" | null>(null);
  const [organisation, setOrganisation] = useState<Organisation | "new" | null>(null);
  const [reset, setReset] = useState<Person | null>(null);
  const [certified, setCertified] = useState<Person | null>(null);
  const [keyed, setKeyed] = useState<Person | null>(null);
  const tree = useMemo(() => unitTree(organisations.data?.items ?? []), [organisations.data]);
  const chosen = organisations.data?.items.find((it) => it.id === unit);

  const people = useInfiniteQuery({
    queryKey: ["people", { unit, q, role }], initialPageParam: "",
    queryFn: ({ pageParam, signal }) => get<Page<Person>>("/people", { organisation: unit, q, role, cursor: pageParam }, signal), getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = people.data?.pages.flatMap((page) => page.items) ?? [];
  const refresh = () => client.invalidateQueries({ queryKey: ["people"] });
  const act = useMutation({
    mutationFn: ({ of, verb }: { of: Person; verb: "disable" | "enable" | "unlock" | "reset-totp" | "unlink-provider" }) => post<void>(`/people/${of.id}/actions/${verb}`, {}, { version: of.version }),
    onSuccess: () => { void message.success("已保存"); void refresh(); },
    onError: (error) => { void message.error(asProblem(error).message); void refresh(); },
  });

  function perform(of: Person, key: string) {
    if (key === "edit") setPerson(of);
    else if (key === "reset") setReset(of);
    else if (key === "keys") setKeyed(of);
    else if (key === "certificate") setCertified(of);
    else if (key === "disable") {
      void modal.confirm({ title: `停用 ${of.name}？`, content: "停用后立即退出登录，无法再办理业务；历史记录保留。", okText: "停用", okButtonProps: { danger: true }, onOk: () => act.mutateAsync({ of, verb: "disable" }).catch(() => undefined) });
    } else act.mutate({ of, verb: key as "enable" | "unlock" | "reset-totp" | "unlink-provider" });
  }

  return (
    <div className="people">
      <section className="panel people-tree" aria-label="组织">
        <header><b>组织</b>{arranges && chosen && <Button size="small" onClick={() => setOrganisation(chosen)}>编辑</Button>}{arranges && <Button size="small" icon={<PlusOutlined />} onClick={() => setOrganisation("new")}>新增</Button>}</header>
        {organisations.isPending ? <Loading /> : organisations.error ? <Failure error={organisations.error} /> : (
          <Tree
            treeData={tree} fieldNames={{ key: "value", title: "title", children: "children" }} defaultExpandAll blockNode selectedKeys={unit ? [unit] : []}
            onSelect={(keys) => setUnit(keys.length > 0 ? String(keys[0]) : null)}
          />
        )}
      </section>
      <section className="panel" aria-label="人员">
        <div className="people-bar">
          <b>{chosen ? `${chosen.name} · ${kindWords[chosen.kind]}` : "全部人员"}</b>
          <span style={{ flex: 1 }} />
          <Input.Search aria-label="查找人员" placeholder="姓名或账号" allowClear onSearch={setQ} style={{ width: 190 }} />
          <Select aria-label="角色" allowClear placeholder="角色" value={role} onChange={(it: string | undefined) => setRole(it ?? null)} options={roleCodes.map((value) => ({ value, label: roleWord(value) }))} style={{ width: 130 }} />
          {manages && <Button type="primary" icon={<PlusOutlined />} onClick={() => setPerson("new")}>新增人员</Button>}
        </div>
        {people.error ? <Failure error={people.error} retry={() => void people.refetch()} /> : (
          <Table<Person>
            rowKey="id" size="small" dataSource={rows} loading={people.isPending} pagination={false} scroll={{ x: 760 }} locale={{ emptyText: people.isPending ? " " : <Empty title="没有人员">换个单位或条件，或新增人员。</Empty> }}
            columns={[
              { title: "姓名", dataIndex: "name", render: (_, it) => <><b style={{ fontWeight: 500 }}>{it.name}</b> {it.auxiliary && <span className="tag">协管</span>}</> },
              { title: "账号", dataIndex: "account", render: (it: string) => <span className="mono">{it}</span> },
              { title: "单位", render: (_, it) => it.organisation.name },
              { title: "角色", render: (_, it) => it.roles.map((code) => <span key={code} className="tag">{roleWord(code)}</span>) },
              { title: "管辖", render: (_, it) => it.regions.length === 0 ? <span className="quiet">随单位</span> : <span title={it.regions.join("、")}>{it.regions.map(region).join("、")}</span> },
              { title: "状态", render: (_, it) => (!it.active ? "已停用" : it.locked_until ? <span title={`至 ${dateTime(it.locked_until)}`}>已锁定</span> : it.totp_enabled ? "正常 · 动态口令" : "正常") },
              ...(manages ? [{
                title: <span className="visually-hidden">操作</span>, width: 70, render: (_: unknown, it: Person) => (
                  <Dropdown trigger={["click"]} menu={{
                    onClick: ({ key }) => perform(it, key),
                    items: [{ key: "edit", label: "编辑角色与管辖" }, { key: "reset", label: "重置密码" }, ...(it.roles.some((role) => role === "officer" || role === "legal_reviewer") ? [{ key: "certificate", label: "执法证" }] : []), ...(issues && it.roles.includes("machine") ? [{ key: "keys", label: "接口密钥" }] : []), ...(it.locked_until ? [{ key: "unlock", label: "解除锁定" }] : []), ...(it.totp_enabled ? [{ key: "reset-totp", label: "停用动态口令" }] : []), ...(it.provider_linked ? [{ key: "unlink-provider", label: "解除统一身份认证关联" }] : []), it.active ? { key: "disable", label: "停用账号", danger: true } : { key: "enable", label: "启用账号" }],
                  }}>
                    <Button size="small" type="text" aria-label={`${it.name} 的操作`}>操作</Button>
                  </Dropdown>
                ),
              }] : []),
            ]}
          />
        )}
        {people.hasNextPage && <div style={{ padding: 12, textAlign: "center" }}><Button loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>载入更多</Button></div>}
      </section>
      <PersonDialog person={person} unit={unit} close={() => setPerson(null)} saved={() => { setPerson(null); void message.success("已保存"); void refresh(); }} />
      <CertificateDialog person={certified} close={() => setCertified(null)} saved={() => { setCertified(null); void message.success("已保存"); }} />
      <ApiKeysDialog person={keyed} close={() => setKeyed(null)} />
      <PasswordDialog person={reset} close={() => setReset(null)} saved={() => { setReset(null); void message.success("密码已重置，该人员须在下次登录时修改"); }} />
      <OrganisationDialog
        organisation={organisation} parent={unit} close={() => setOrganisation(null)}
        save={async (fields) => {
          if (organisation === "new") await post("/organisations", fields);
          else if (organisation) await patch(`/organisations/${organisation.id}`, fields, { version: organisation.version });
          setOrganisation(null);
          void message.success("已保存");
          await client.invalidateQueries({ queryKey: ["organisations"] });
        }}
      />
    </div>
  );
}
