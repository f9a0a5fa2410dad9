/** What the phone's pages know from the device: who is signed in, what waits, and whether there is a network. */
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { Session } from "../../api/contract";
import { dropNote, kept, readNote, writeNote, type Send, type SentNote } from "../../offline/database";
import { listSends } from "../../offline/queue";
import { onQueueChange } from "../../offline/run";

const networkSubscribe = (listener: () => void) => {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
};
export const useOnline = () => useSyncExternalStore(networkSubscribe, () => navigator.onLine);

export interface QueueView { sends: Send[]; sent: SentNote[]; signedOut: boolean; ready: boolean }

/** The queue as it stands on the device, renewed after each change from here, another tab or the service worker. */
export function useQueue(): QueueView {
  const [view, setView] = useState<QueueView>({ sends: [], sent: [], signedOut: false, ready: false });
  const read = useCallback(async () => {
    const db = await kept();
    const [sends, sent, signedOut] = await Promise.all([listSends(db), db.getAllFromIndex("sent", "at"), readNote<boolean>("signed-out")]);
    setView({ sends, sent: sent.reverse(), signedOut: signedOut ?? false, ready: true });
  }, []);
  useEffect(() => {
    void read();
    return onQueueChange(() => void read());
  }, [read]);
  return view;
}

export interface Person { session: Session; setSession: (session: Session | null) => void; queue: QueueView; say: (words: string) => void }
export const PersonContext = createContext<Person | null>(null);
export function usePerson(): Person {
  const found = useContext(PersonContext);
  if (!found) throw new Error("the page is shown to signed-in people only");
  return found;
}

/** Forgets the person and what was kept for reading; what waits to be sent stays. */
export async function forgetPerson(person: string): Promise<void> {
  const db = await kept();
  await Promise.all([dropNote("session"), dropNote(`todo:${person}`), dropNote("signed-out"), db.clear("leads"), db.clear("thumbnails")]);
}

export const rememberSession = (session: Session) => Promise.all([writeNote("session", session), writeNote("signed-out", false)]);

/** Asks the browser not to clear unsent work when space is short. */
export async function askToPersist(): Promise<boolean | null> {
  try {
    if (await navigator.storage.persisted()) return true;
    return await navigator.storage.persist();
  } catch {
    return null;
  }
}
