import { expect, test } from "vitest";
import { answerStates, isAnswerState, isOpenAnswer, lastTry, maySendAgain, proofWord } from "./answers";

test("the last try is told once", () => {
  expect(lastTry({ attempts: 0 })).toBe("尚未发送");
  expect(lastTry({ attempts: 1 })).toBe("等待应答");
  expect(lastTry({ attempts: 3, status: 503, error: "对方应答 503" })).toBe("对方应答 503");
  expect(lastTry({ attempts: 2, error: "无法连接对方" })).toBe("无法连接对方");
  expect(lastTry({ attempts: 1, status: 200, error: null })).toBe("对方应答 200");
});

test("a digest is shortened, a person's words are not", () => {
  expect(proofWord(`sha256:${"ab".repeat(32)}`)).toEqual({ text: "sha256:abababababab…", digest: true });
  expect(proofWord("电话答复，来电人满意")).toEqual({ text: "电话答复，来电人满意", digest: false });
  expect(proofWord(null)).toBeNull();
});

test("what is done is left alone, and nothing is sent to nowhere", () => {
  expect(answerStates.filter((state) => isOpenAnswer({ state }))).toEqual(["owed", "dead", "waiting"]);
  expect(answerStates.filter((state) => maySendAgain({ state }, true))).toEqual(["owed", "dead"]);
  expect(answerStates.filter((state) => maySendAgain({ state }, false))).toEqual(["dead"]);
});

test("an address names a state or none", () => {
  expect(isAnswerState("dead")).toBe(true);
  expect(isAnswerState("gone")).toBe(false);
  expect(isAnswerState(undefined)).toBe(false);
});
