/** Words of publication that are chosen from (公开与信用用语). */
export const withholdWords = { "insignificant": "不具有一定社会影响", "state-secret": "涉及国家秘密", "business-secret": "涉及商业秘密", "privacy": "涉及个人隐私", "safety": "危及国家安全、公共安全、经济安全或者社会稳定", "minor": "当事人是未成年人" } as const;
export const withdrawWords = { revoked: "决定被撤销", changed: "决定依法变更", unlawful: "决定被确认违法", void: "决定被确认无效" } as const;
export const outcomeWords = { upheld: "维持", rejected: "驳回申请或者诉讼请求", "not-accepted": "不予受理", lapsed: "逾期不作决定", ended: "终止、撤回或者调解结案", revoked: "撤销", changed: "变更", unlawful: "确认违法", void: "确认无效" } as const;
export const kindWords = { review: "行政复议", suit: "行政诉讼" } as const;
export const partWords = { number: "决定书文号", organ: "处罚机关", party: "当事人", credit_code: "统一社会信用代码", matter: "案由", facts: "主要违法事实", basis: "处罚依据", penalty: "处罚内容" } as const;

/** What this room writes into the ledger of a case (台账). */
export const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

/** A text cut where marked words stand, so that they can be shown as marks. */
export function cut(text: string, marks: readonly string[]): { words: string; marked: boolean }[] {
  const found = [...new Set(marks)].filter(Boolean).sort((one, other) => other.length - one.length);
  let pieces = [{ words: text, marked: false }];
  for (const mark of found) {
    pieces = pieces.flatMap((piece) => {
      if (piece.marked || !piece.words.includes(mark)) return [piece];
      return piece.words.split(mark).flatMap((words, index) => (index === 0 ? [{ words, marked: false }] : [{ words: mark, marked: true }, { words, marked: false }]));
    });
  }
  return pieces.filter((piece) => piece.words !== "");
}
