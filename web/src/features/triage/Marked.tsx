/** The reporter's words, with those marked that decided the proposed class. */
import { Fragment } from "react";

export function pieces(text: string, words: readonly string[]): { text: string; marked: boolean }[] {
  const wanted = [...new Set(words.filter((it) => it.length > 0))].sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ text, marked: false }];
  const pattern = new RegExp(`(${wanted.map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`);
  return text.split(pattern).filter((it) => it !== "").map((it) => ({ text: it, marked: wanted.includes(it) }));
}

export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return <>{pieces(text, words).map((it, index) => (it.marked ? <mark key={index}>{it.text}</mark> : <Fragment key={index}>{it.text}</Fragment>))}</>;
}
