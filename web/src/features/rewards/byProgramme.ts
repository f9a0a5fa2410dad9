/** The ids of awards, by programme: one request approves those of one. */
export function byProgramme(awards: { id: string; programme: string }[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const { id, programme } of awards) groups.set(programme, [...(groups.get(programme) ?? []), id]);
  return [...groups.values()];
}
