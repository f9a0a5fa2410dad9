/** The articles that a matter cites, with their text where the library has the statute; what is meant stands out. */
import { Link } from "@tanstack/react-router";
import type { CitedArticle } from "../../api/contract";

export function Articles({ of, law }: { of: CitedArticle[]; law: string }) {
  const statute = of.find((it) => it.statute)?.statute;
  return (
    <>
      {of.map((it) => (
        <div className="law-article" key={`${it.penalty}-${it.article}`}>
          <h3>{it.penalty ? "处罚依据" : "违反"} {it.cited}{statute && <> · <Link to="/law/statutes/$id" params={{ id: statute.id }} hash={`a${it.article}`}>第 {it.article} 条全文</Link></>}</h3>
          {it.paragraphs.flatMap((paragraph, at) => paragraph.lines.map((line, index) => (
            <p key={`${at}-${index}`} className={`${paragraph.meant && (paragraph.items.length === 0 || index === 0 || paragraph.items.includes(index)) ? "meant" : ""}${index > 0 ? " item" : ""}`}>
              {paragraph.items.includes(index) ? <mark>{line}</mark> : line}
            </p>
          )))}
          {it.statute && it.paragraphs.length === 0 && <p>库中的《{it.statute.title}》（{it.statute.dated}）没有第 {it.article} 条，版本可能不同，请核对。</p>}
        </div>
      ))}
      {statute ? <p className="quiet">《{statute.title}》{statute.dated} 版。文本日期可能早于施行日期，何时施行以该法附则为准。灰色部分是同条的其他款项。</p> : <p className="quiet">库中还没有《{law}》的全文。管理员用 <span className="mono">bihuan import laws</span> 导入法规后，这里显示条文。</p>}
    </>
  );
}
