/** Words about kinds of documents, and which of them are looked for. */
import type { DocumentKind } from "../../api/contract";

export const signerWords: Record<string, string> = {
  O2: "两名执法人员", P: "当事人", W: "见证人", H: "机构负责人", L: "法制审核员", D: "机关负责人", M: "听证主持人", R: "记录人", K: "保管人",
};

/** The kinds that hold these words, those without a template only where all are wanted. */
export function matching(kinds: readonly DocumentKind[], words: string, all: boolean): DocumentKind[] {
  const wanted = words.trim().toLowerCase();
  return kinds.filter((it) => (all || it.template != null) && `${it.code} ${it.name} ${it.purpose}`.toLowerCase().includes(wanted));
}
