/** A text in which some words stand out. */
export function Marked({ text, words }: { text: string; words: string }) {
  return <>{pieces(text, words).map((it, at) => (it.marked ? <mark key={at}>{it.text}</mark> : it.text))}</>;
}

/** The text in pieces; those that are one of the words are marked. */
export function pieces(text: string, words: string): { text: string; marked: boolean }[] {
  const wanted = words.split(/\s+/).filter(Boolean).map((it) => it.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  if (wanted.length === 0) return [{ text, marked: false }];
  return text.split(new RegExp(`(${wanted.join("|")})`)).map((it, at) => ({ text: it, marked: at % 2 === 1 })).filter((it) => it.text !== "");
}
