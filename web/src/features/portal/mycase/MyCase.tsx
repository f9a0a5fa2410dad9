/** 我的案件: what a party of a case sees and does, on a phone first, in plain words and large type. */
import { useCallback, useEffect, useState } from "react";
import type { MyCase as Case } from "../../../api/contract";
import { readMyCase } from "../../../api/myCase";
import { asProblem, type Problem } from "../../../api/problem";
import { Busy, Notice } from "../../../street/controls";
import { Enter } from "./Enter";
import { Stand } from "./Stand";
import "./mycase.css";

export default function MyCase() {
  const [of, setOf] = useState<Case | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [outside, setOutside] = useState(false);
  const [said, setSaid] = useState("");
  const load = useCallback(async (signal?: AbortSignal) => {
    try {
      setOf(await readMyCase(signal));
      setOutside(false);
      setProblem(null);
    } catch (error) {
      if (signal?.aborted) return;
      const failed = asProblem(error);
      if (failed.code === "party-session-missing") { setOf(null); setOutside(true); } else setProblem(failed);
    }
  }, []);
  useEffect(() => {
    const stop = new AbortController();
    void load(stop.signal);
    return () => stop.abort();
  }, [load]);
  /** What is written stays on the device; who stayed away too long enters anew and goes on. */
  const again = useCallback(async () => { setSaid(""); await load(); }, [load]);

  if (outside) return <Enter said={said} entered={() => void again()} />;
  if (problem && !of) {
    return <div className="stack narrow my-case"><h1>我的案件</h1><Notice kind="bad" live>{problem.message}</Notice><div><button type="button" className="button" onClick={() => void again()}>再试一次</button></div></div>;
  }
  if (!of) return <div className="waiting"><Busy words="正在打开…" /></div>;
  return <Stand of={of} again={again} left={(words) => { setSaid(words); setOf(null); setOutside(true); }} />;
}
