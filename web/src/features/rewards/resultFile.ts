/** The file that finance sends back, whatever program wrote it. */

/** The text of a file: UTF-8 where it is that, otherwise GB 18030, as spreadsheets of Chinese systems write it. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** The line of the first number such as `2.02E+17`, which a spreadsheet made of a long one; its last digits are lost. */
export function roundedLine(text: string): number | null {
  const at = text.split(/\r?\n/).findIndex((line) => line.split(",").some((cell) => /^\s*"?'?-?\d+(\.\d+)?E\+\d+"?\s*$/i.test(cell)));
  return at < 0 ? null : at + 1;
}
