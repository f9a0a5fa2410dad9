/** Who is at the desk, and what the desk offers them. */
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, type ReactNode } from "react";
import { onSignedOut } from "../../api/client";
import type { Session } from "../../api/contract";
import { asProblem } from "../../api/problem";
import { readSession } from "../../api/session";
import { cameBack } from "./provider";

export const sessionKey = ["session"] as const;

/** Makes `session` the one of this page and forgets what another person saw. */
export function beginSession(client: QueryClient, session: Session | null): void {
  // `clear()` would also drop the query that the page watches, and the page would never notice.
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
  client.setQueryData<Session | null>(sessionKey, session);
}

/** The session, or null when nobody is signed in. */
export function useSessionQuery() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        return await readSession(signal);
      } catch (error) {
        if (asProblem(error).status === 401) return null;
        throw error;
      }
    },
    staleTime: 5 * 60_000,
    retry: (count, error) => asProblem(error).status !== 401 && count < 3,
  });
}

const Current = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  const client = useQueryClient();
  useEffect(() => onSignedOut(() => beginSession(client, null)), [client]);
  // Who is signed in need not read why another try came to nothing.
  useEffect(() => { cameBack(); }, []);
  return <Current.Provider value={session}>{children}</Current.Provider>;
}

export function useSession(): Session {
  const session = useContext(Current);
  if (!session) throw new Error("useSession outside of the signed-in part of the desk");
  return session;
}

/** True when the person holds one of the rights; the server decides again on every request. */
export const mayAny = (session: Session, names: readonly string[]): boolean =>
  names.some((name) => session.rights.includes(name));
