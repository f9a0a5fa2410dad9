/** The state of a lead in a word. Neutral on purpose: colour belongs to the light. */
import type { LeadState } from "../api/contract";
import { isOpen, stateWords } from "../format/words";
import "./StateTag.css";

export function StateTag({ state }: { state: LeadState }) {
  return <span className={`state-tag${isOpen(state) ? "" : " state-tag-final"}`}>{stateWords[state] ?? state}</span>;
}

/** Marks what the simulator made; nothing simulated may pass for real. */
export function SimulatedTag() {
  return <span className="simulated-tag" title="由仿真程序生成，不是真实事件">模拟</span>;
}
