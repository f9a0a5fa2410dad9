/** Sends the secret of a report of this device until the server has it, or takes none any more. */
import { useEffect } from "react";
import { asProblem } from "../../api/problem";
import { keepRewardSecret } from "../../api/rewards";
import { dropSecret, secretOf, settled } from "./mine";

const FIRST = 2_000;
const LONGEST = 60_000;

export function useSecret(code: string) {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wait = FIRST;
    let over = false;
    const send = async () => {
      clearTimeout(timer);
      const kept = secretOf(code);
      if (over || !kept?.key) return;
      try {
        await keepRewardSecret(kept.code, kept.secret, kept.key);
        settled(code);
      } catch (error) {
        const met = asProblem(error).code;
        // Refused for good. What the server did not take claims nothing; the telephone that was left still does.
        if (met === "reward-secret-late" || met === "reward-proof-wrong") return dropSecret(code);
        if (!over) timer = setTimeout(() => void send(), wait);
        wait = Math.min(LONGEST, wait * 2);
      }
    };
    const again = () => void send();
    window.addEventListener("online", again);
    void send();
    return () => {
      over = true;
      clearTimeout(timer);
      window.removeEventListener("online", again);
    };
  }, [code]);
}
