/** Live events of the server, shared by all parts of a page over one connection that comes back by itself. */
import { API } from "./client";

export type Connection = "connecting" | "live" | "lost";
export type EventName = "lead" | "notice" | "case" | "centre" | "docket" | "notification" | "counts" | "resync";
type Listener = (data: unknown) => void;

const listeners = new Map<EventName, Set<Listener>>();
const watchers = new Set<(state: Connection) => void>();
const names: EventName[] = ["lead", "notice", "case", "centre", "docket", "notification", "counts", "resync"];

let source: EventSource | null = null;
let state: Connection = "connecting";
let attempts = 0;
let retry: ReturnType<typeof setTimeout> | undefined;

function tell(next: Connection) {
  if (next === state) return;
  state = next;
  for (const watch of watchers) watch(state);
}

/** Opens the connection; harmless when it is already open. */
export function connect(): void {
  if (source) return;
  clearTimeout(retry);
  source = new EventSource(`${API}/events`);
  source.onopen = () => { attempts = 0; tell("live"); };
  source.onerror = () => {
    tell("lost");
    // The browser gives up for good after an HTTP error (for example while the server restarts): start again ourselves.
    if (source?.readyState === EventSource.CLOSED) {
      source = null;
      retry = setTimeout(connect, Math.min(30_000, 1000 * 2 ** attempts++));
    }
  };
  for (const name of names) {
    source.addEventListener(name, (event) => {
      let data: unknown = null;
      try { data = JSON.parse((event as MessageEvent<string>).data || "null"); } catch { /* a broken line is not worth a broken page */ }
      for (const listener of listeners.get(name) ?? []) listener(data);
    });
  }
}

export function disconnect(): void {
  clearTimeout(retry);
  source?.close();
  source = null;
  tell("connecting");
}

export function onEvent<T>(name: EventName, listener: (data: T) => void): () => void {
  const set = listeners.get(name) ?? new Set<Listener>();
  listeners.set(name, set);
  set.add(listener as Listener);
  return () => set.delete(listener as Listener);
}

export const connectionState = (): Connection => state;
export function onConnection(watch: (state: Connection) => void): () => void {
  watchers.add(watch);
  return () => watchers.delete(watch);
}
