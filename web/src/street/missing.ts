/** What a form still lacks, by field; a field that the person touched is no longer complained about. */
export type Missing = Record<string, string>;

export const touched = (missing: Missing, field: string): Missing => Object.fromEntries(Object.entries(missing).filter(([name]) => name !== field));
