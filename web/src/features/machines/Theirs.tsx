/** Somebody else saved meanwhile: what stands now, beside what was typed. */
import { Alert } from "antd";
import { differences } from "../settings/history";

export function Theirs({ title, latest, mine, names = {}, take }: { title: string; latest: object; mine: object; names?: Record<string, string>; take: () => void }) {
  const lines = differences(latest, mine, names);
  return (
    <Alert
      role="alert" type="warning" showIcon style={{ marginBottom: 16 }} title={title}
      description={
        <>
          {lines.length > 0 && <ul className="settings-changes">{lines.map((it) => <li key={it.field}><span className="quiet">{it.field}</span> 现在是 {it.before}，您填的是 <ins>{it.after}</ins></li>)}</ul>}
          <p style={{ margin: "6px 0 0" }}>核对后再次保存，即以您填的为准；或者 <button type="button" className="link" onClick={take}>改用最新内容</button></p>
        </>
      }
    />
  );
}
