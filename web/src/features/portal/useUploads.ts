/** Photos travel while the person is still writing, one after the other, and go on where they stopped. */
import { useCallback, useEffect, useRef, useState } from "react";
import { uploadResumable } from "../../api/files";
import { asProblem, type Problem } from "../../api/problem";
import type { LocalPhoto, PhotoState } from "../../street/photos";

export interface Uploads {
  /** Resolves with all file ids, or throws what stopped them. */
  all: () => Promise<string[]>;
  state: (photo: LocalPhoto) => PhotoState | null;
  stuck: string | null;
  left: number;
  retry: () => void;
}

const TRIES = 4;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

export function useUploads(photos: LocalPhoto[], learned: (id: string, change: Partial<LocalPhoto>) => void): Uploads {
  const [shares, setShares] = useState<Record<string, number>>({});
  const [stuck, setStuck] = useState<Problem | null>(null);
  const running = useRef<Promise<void> | null>(null);
  const latest = useRef(photos);
  latest.current = photos;
  // Ids learned while React has not yet drawn the new state.
  const known = useRef(new Map<string, string>());

  const sendAll = useCallback((): Promise<void> => {
    running.current ??= (async () => {
      setStuck(null);
      for (;;) {
        const photo = latest.current.find((it) => !it.file && !known.current.has(it.id));
        if (!photo) return;
        let address = photo.upload;
        for (let attempt = 1; ; attempt++) {
          try {
            const file = await uploadResumable(new Blob([photo.data], { type: photo.type }), {
              address,
              remember: (it) => { address = it; learned(photo.id, { upload: it }); },
              progress: (share) => setShares((old) => ({ ...old, [photo.id]: share })),
            });
            known.current.set(photo.id, file);
            learned(photo.id, { file });
            break;
          } catch (error) {
            const problem = asProblem(error);
            // The person took the photo away meanwhile: nothing is lost.
            if (!latest.current.some((it) => it.id === photo.id)) break;
            const hopeless = problem.status >= 400 && problem.status < 500 && ![408, 409, 425, 429].includes(problem.status);
            if (attempt >= TRIES || hopeless) throw problem;
            await pause(1000 * 2 ** attempt);
          }
        }
      }
    })().catch((error: unknown) => {
      setStuck(asProblem(error));
      throw error;
    }).finally(() => { running.current = null; });
    return running.current;
  }, [learned]);

  const waiting = photos.filter((it) => !it.file).length;
  useEffect(() => {
    if (waiting > 0) sendAll().catch(() => undefined);
  }, [waiting, sendAll]);
  useEffect(() => {
    const back = () => { sendAll().catch(() => undefined); };
    window.addEventListener("online", back);
    return () => window.removeEventListener("online", back);
  }, [sendAll]);

  return {
    all: async () => {
      while (latest.current.some((it) => !it.file && !known.current.has(it.id))) await sendAll();
      return latest.current.map((it) => it.file ?? known.current.get(it.id)).filter((it): it is string => !!it);
    },
    state: (photo) => {
      if (photo.file) return { words: "已上传" };
      if (stuck) return { words: "未上传", bad: true };
      return { words: "上传中", share: shares[photo.id] ?? 0 };
    },
    stuck: stuck && waiting > 0 ? (stuck.offline ? "网络不通，照片还没传完，已存在本机；网络恢复会自动继续。" : stuck.message) : null,
    left: waiting,
    retry: () => { sendAll().catch(() => undefined); },
  };
}
