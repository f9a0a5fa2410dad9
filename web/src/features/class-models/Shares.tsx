/** How many of the tried leads had their class proposed first (首个推荐正确), a bar each. */
import type { ClassModelReport } from "../../api/contract";
import { percent, percentWord, sharesOf } from "./models";

export function Shares({ of }: { of: ClassModelReport }) {
  if (of.tried === 0) return <span className="quiet">没有可以试算的线索</span>;
  return (
    <dl className="shares">
      {sharesOf(of).map((it) => (
        <div key={it.key} data-kind={it.key} title={`${it.tried} 件里首个推荐正确 ${it.right} 件`}>
          <dt>{it.label}</dt>
          <dd><span className="share-bar" aria-hidden="true"><i style={{ inlineSize: `${percent(it.right, it.tried) ?? 0}%` }} /></span><b>{percentWord(it.right, it.tried)}</b></dd>
        </div>
      ))}
    </dl>
  );
}
