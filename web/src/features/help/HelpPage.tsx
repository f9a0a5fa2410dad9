/** The guide (用户手册) inside the desk: the same text as in the repository, opened at the reader's own role. */
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Fragment, useEffect, useMemo } from "react";
import { useSession } from "../session/session";
import { Page } from "../shell/Page";
import { blocks, type Block, type Inline } from "./markdown";
import "./help.css";

const texts = import.meta.glob<string>("../../../../docs/guide/*.md", { query: "?raw", import: "default", eager: true });
const guide: Record<string, string> = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path.split("/").at(-1)?.replace(".md", "") ?? "", text]));

const chapters: { key: string; label: string; roles: string[] }[] = [
  { key: "README", label: "总览", roles: [] },
  { key: "operator", label: "受理员", roles: ["operator"] }, { key: "shift-leader", label: "值班长", roles: ["shift_leader"] }, { key: "dispatcher", label: "派遣员", roles: ["dispatcher"] },
  { key: "collector", label: "采集员、执法队员", roles: ["collector", "officer", "auxiliary"] }, { key: "handler", label: "处置人员、负责人", roles: ["unit_handler", "unit_leader"] },
  { key: "cases", label: "办案、审核、审批", roles: ["legal_reviewer"] },
  { key: "centre", label: "办案中心", roles: [] },
  { key: "referrals", label: "案件移交、监管部门", roles: ["liaison"] },
  { key: "waste", label: "建筑垃圾、企业", roles: ["enterprise"] },
  { key: "administrator", label: "系统管理员", roles: ["administrator"] }, { key: "citizen", label: "市民", roles: [] }, { key: "refusals", label: "被拒绝时说什么", roles: [] },
];

export function HelpPage() {
  const { page } = useSearch({ strict: false }) as { page?: string };
  const navigate = useNavigate();
  const session = useSession();
  const own = chapters.find((it) => session.roles.some((role) => it.roles.includes(role.code)))?.key ?? "README";
  const shown = page && guide[page] ? page : own;
  const content = useMemo(() => blocks(guide[shown] ?? ""), [shown]);
  useEffect(() => { document.getElementById("main")?.scrollTo(0, 0); }, [shown]);
  return (
    <Page title="使用帮助">
      <div className="guide">
        <nav aria-label="手册目录">
          {chapters.filter((it) => guide[it.key]).map((it) => (
            <button key={it.key} type="button" aria-current={it.key === shown ? "page" : undefined} onClick={() => void navigate({ to: "/help", search: { page: it.key } })}>
              {it.label}{it.key === own && it.key !== "README" && <small>我的角色</small>}
            </button>
          ))}
        </nav>
        <article className="panel guide-text">{content.map((it, index) => <Show key={index} block={it} />)}</article>
      </div>
    </Page>
  );
}

function Show({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading": {
      // The page's own heading is the first.
      const Level = `h${Math.min(block.level + 1, 5)}` as "h2";
      return <Level><Words of={block.text} /></Level>;
    }
    case "paragraph": return <p><Words of={block.text} /></p>;
    case "code": return <pre tabIndex={0}>{block.text}</pre>;
    case "list": {
      const items = block.items.map((it, index) => <li key={index}><Words of={it} /></li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "table": return (
      <div className="guide-table" tabIndex={0} role="region" aria-label="表格">
        <table>
          <thead><tr>{block.head.map((it, index) => <th key={index} scope="col"><Words of={it} /></th>)}</tr></thead>
          <tbody>{block.rows.map((row, index) => <tr key={index}>{row.map((it, cell) => <td key={cell}><Words of={it} /></td>)}</tr>)}</tbody>
        </table>
      </div>
    );
  }
}

function Words({ of }: { of: Inline[] }) {
  return (
    <>
      {of.map((it, index) => {
        if (it.kind === "code") return <code key={index}>{it.text}</code>;
        if (it.kind === "strong") return <strong key={index}>{it.text}</strong>;
        if (it.kind === "link") {
          const key = it.to.replace(".md", "");
          // What stands outside the guide is for whoever runs the program, and not on this server.
          return guide[key] ? <Link key={index} to="/help" search={{ page: key }}>{it.text}</Link> : <Fragment key={index}>{it.text}</Fragment>;
        }
        return <Fragment key={index}>{it.text}</Fragment>;
      })}
    </>
  );
}
