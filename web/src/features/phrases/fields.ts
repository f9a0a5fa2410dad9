/** The fields of documents that phrases are written for, in the order people write them. */
export const phraseFields = [
  "facts", "fact", "course", "defence", "reasons", "ground", "education", "violated", "basis", "correction", "measures", "consequence", "findings", "discretion",
  "conclusion", "risks", "advice", "conditions", "materials", "ways", "contact", "remarks", "note",
] as const;

/** What a field says with a phrase put in at the caret. */
export function inserted(text: string, phrase: string, from: number, until: number): { text: string; caret: number } {
  const [start, end] = [Math.max(0, Math.min(from, text.length)), Math.max(0, Math.min(Math.max(from, until), text.length))];
  return { text: text.slice(0, start) + phrase + text.slice(end), caret: start + phrase.length };
}
