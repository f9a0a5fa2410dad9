/** The guide's own Markdown, as far as the guide uses it: headings, paragraphs, lists, tables, code, links, emphasis. */
export type Inline = { kind: "text" | "code" | "strong"; text: string } | { kind: "link"; text: string; to: string };
export type Block =
  | { kind: "heading"; level: number; text: Inline[] }
  | { kind: "paragraph"; text: Inline[] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] }
  | { kind: "code"; text: string };

export function inline(text: string): Inline[] {
  const parts: Inline[] = [];
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)/g;
  let at = 0;
  for (const found of text.matchAll(pattern)) {
    if (found.index > at) parts.push({ kind: "text", text: text.slice(at, found.index) });
    if (found[1] !== undefined) parts.push({ kind: "code", text: found[1] });
    else if (found[2] !== undefined) parts.push({ kind: "strong", text: found[2] });
    else parts.push({ kind: "link", text: found[3] ?? "", to: found[4] ?? "" });
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ kind: "text", text: text.slice(at) });
  return parts;
}

const cells = (line: string): Inline[][] => line.trim().replace(/^\||\|$/g, "").split("|").map((it) => inline(it.trim()));
const item = /^(?:-|\d+\.)\s+(.*)$/;

export function blocks(text: string): Block[] {
  const lines = text.replace(/\r/g, "").split("\n");
  const out: Block[] = [];
  let at = 0;
  const peek = () => lines[at] ?? "";
  while (at < lines.length) {
    const line = peek();
    if (line.trim() === "") { at += 1; continue; }
    if (line.startsWith("```")) {
      const code: string[] = [];
      at += 1;
      while (at < lines.length && !peek().startsWith("```")) { code.push(peek()); at += 1; }
      at += 1;
      out.push({ kind: "code", text: code.join("\n") });
      continue;
    }
    const heading = /^(#{1,4})\s+(.*)$/.exec(line);
    if (heading) {
      out.push({ kind: "heading", level: heading[1]?.length ?? 1, text: inline(heading[2] ?? "") });
      at += 1;
    } else if (line.startsWith("|")) {
      const head = cells(line);
      at += 2;
      const rows: Inline[][][] = [];
      while (peek().startsWith("|")) { rows.push(cells(peek())); at += 1; }
      out.push({ kind: "table", head, rows });
    } else if (item.test(line)) {
      const ordered = !line.startsWith("-");
      const items: string[] = [];
      for (; at < lines.length; at++) {
        const found = item.exec(peek());
        if (found && !peek().startsWith("-") === ordered) items.push(found[1] ?? "");
        else if (/^\s{2,}\S/.test(peek()) && items.length > 0) items[items.length - 1] += peek().trim();
        else break;
      }
      out.push({ kind: "list", ordered, items: items.map(inline) });
    } else {
      const words: string[] = [];
      while (at < lines.length && peek().trim() !== "" && !/^(#{1,4}\s|\||```)/.test(peek()) && !(words.length > 0 && item.test(peek()))) { words.push(peek().trim()); at += 1; }
      // Chinese lines are joined without a space.
      out.push({ kind: "paragraph", text: inline(words.join("")) });
    }
  }
  return out;
}
