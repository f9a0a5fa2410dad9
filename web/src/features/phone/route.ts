/** Addresses of the phone behind the hash: the offline shell is one file, whatever the server makes of paths. */
import { useSyncExternalStore } from "react";

export type Route =
  | { page: "tasks" } | { page: "report" } | { page: "me" } | { page: "on-spot" } | { page: "rechecks" } | { page: "recheck"; id: string } | { page: "campaigns" } | { page: "property" } | { page: "campaign"; id: string; grid: string }
  | { page: "task"; id: string } | { page: "act"; id: string; verb: string } | { page: "send"; seq: number };

export function parse(hash: string): Route {
  const [name, id, verb] = hash.replace(/^#\/?/, "").split("/");
  if (name === "report") return { page: "report" };
  if (name === "rechecks" && id) return { page: "recheck", id };
  if (name === "rechecks") return { page: "rechecks" };
  if (name === "campaigns" && id && verb) return { page: "campaign", id, grid: verb };
  if (name === "campaigns") return { page: "campaigns" };
  if (name === "on-spot") return { page: "on-spot" };
  if (name === "property") return { page: "property" };
  if (name === "me") return { page: "me" };
  if (name === "task" && id && verb) return { page: "act", id, verb };
  if (name === "task" && id) return { page: "task", id };
  if (name === "send" && id) return { page: "send", seq: Number(id) };
  return { page: "tasks" };
}

const subscribe = (listener: () => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};
export function useRoute(): Route {
  return parse(useSyncExternalStore(subscribe, () => location.hash));
}
export function go(hash: string, how: "push" | "replace" = "push"): void {
  if (how === "replace") location.replace(hash);
  else location.hash = hash;
}
