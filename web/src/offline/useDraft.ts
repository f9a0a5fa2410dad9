/** A form's content as state that is also on the device, saved shortly after each change. */
import { useCallback, useEffect, useRef, useState } from "react";
import { dropDraft, loadDraft, saveDraft } from "./drafts";

export interface Draft<T> {
  value: T;
  edit: (change: Partial<T> | ((old: T) => T)) => void;
  /** False until the kept draft was looked up; forms wait for it so that typing never races it. */
  ready: boolean;
  restored: boolean;
  clear: () => Promise<void>;
}

export function useDraft<T extends object>(name: string, empty: T): Draft<T> {
  const [value, setValue] = useState<T>(empty);
  const [ready, setReady] = useState(false);
  const [restored, setRestored] = useState(false);
  const latest = useRef<{ value: T; dirty: boolean; gone: boolean }>({ value: empty, dirty: false, gone: false });

  useEffect(() => {
    let left = false;
    void loadDraft<T>(name).then((found) => {
      if (left) return;
      if (found) {
        latest.current.value = found;
        setValue(found);
        setRestored(true);
      }
      setReady(true);
    });
    return () => { left = true; };
  }, [name]);

  useEffect(() => {
    const state = latest.current;
    const flush = () => {
      if (!state.dirty || state.gone) return;
      state.dirty = false;
      void saveDraft(name, state.value);
    };
    const timer = setInterval(flush, 400);
    document.addEventListener("visibilitychange", flush);
    window.addEventListener("pagehide", flush);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", flush);
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [name]);

  const edit = useCallback((change: Partial<T> | ((old: T) => T)) => {
    const next = typeof change === "function" ? change(latest.current.value) : { ...latest.current.value, ...change };
    latest.current.value = next;
    latest.current.dirty = true;
    latest.current.gone = false;
    setValue(next);
  }, []);

  const clear = useCallback(async () => {
    latest.current.gone = true;
    latest.current.dirty = false;
    await dropDraft(name);
  }, [name]);

  return { value, edit, ready, restored, clear };
}
