/** How an answer was given, by whom, and what proves it. */
import { Typography } from "antd";
import type { Answer } from "../../api/contract";
import { proofWord } from "./answers";

export function Proof({ of }: { of: Answer }) {
  const proof = proofWord(of.proof);
  if (!proof) return null;
  return proof.digest
    ? <>{of.status && <>对方应答 {of.status} · </>}<Typography.Text className="mono" title={of.proof ?? ""} copyable={{ text: of.proof ?? "", tooltips: ["复制凭据", "已复制"] }}>{proof.text}</Typography.Text></>
    : <span className="answer-words">{proof.text}</span>;
}
