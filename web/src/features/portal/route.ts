/** The addresses of the portal, without a router library: eleven pages. */
import { useSyncExternalStore } from "react";

export type Route = { page: "home" } | { page: "report" } | { page: "follow"; code: string; fresh: boolean } | { page: "receipt"; code: string } | { page: "privacy" } | { page: "rewards" } | { page: "towed" } | { page: "pay"; code: string } | { page: "decisions" } | { page: "decision"; id: string } | { page: "my-case" } | { page: "openness"; id?: string } | { page: "officer"; code: string } | { page: "lost" };

export function parse(path: string, search: string): Route {
  const code = new URLSearchParams(search).get("t");
  if (code) return { page: "follow", code: tidy(code), fresh: false };
  const parts = path.split("/").filter(Boolean);
  if (parts.length === 0 || parts[0] === "index.html") return { page: "home" };
  // Without a code the question is which one: it is asked on the first page.
  if (parts[0] === "follow" && parts.length === 1) return { page: "home" };
  if (parts[0] === "report" && parts.length === 1) return { page: "report" };
  if (parts[0] === "rewards" && parts.length === 1) return { page: "rewards" };
  if (parts[0] === "towed" && parts.length === 1) return { page: "towed" };
  if (parts[0] === "pay" && parts.length <= 2) return { page: "pay", code: tidy(decodeURIComponent(parts[1] ?? "")) };
  if (parts[0] === "decisions" && parts.length === 1) return { page: "decisions" };
  if (parts[0] === "decisions" && parts[1] && parts.length === 2) return { page: "decision", id: decodeURIComponent(parts[1]) };
  if (parts[0] === "openness" && parts.length === 1) return { page: "openness" };
  if (parts[0] === "openness" && parts[1] && parts.length === 2) return { page: "openness", id: decodeURIComponent(parts[1]) };
  if (parts[0] === "officer" && parts[1] && parts.length === 2) return { page: "officer", code: tidy(decodeURIComponent(parts[1])) };
  if (parts[0] === "my-case" && parts.length === 1) return { page: "my-case" };
  if (parts[0] === "privacy" && parts.length === 1) return { page: "privacy" };
  if (parts[0] === "follow" && parts[1] && parts[2] === "receipt") return { page: "receipt", code: tidy(decodeURIComponent(parts[1])) };
  if (parts[0] === "follow" && parts[1]) return { page: "follow", code: tidy(decodeURIComponent(parts[1])), fresh: search.includes("new") };
  return { page: "lost" };
}

/** People type numbers with spaces and copy them with quotes. */
export const tidy = (code: string) => code.replace(/[\s"'“”]/g, "");

const subscribe = (listener: () => void) => {
  window.addEventListener("popstate", listener);
  return () => window.removeEventListener("popstate", listener);
};
const here = () => location.pathname + location.search;

export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, here);
  const [path = "/", search = ""] = address.split("?");
  return parse(path, search ? `?${search}` : "");
}

export function go(to: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", to);
  else history.replaceState(null, "", to);
  window.dispatchEvent(new PopStateEvent("popstate"));
  window.scrollTo(0, 0);
}

export const followAddress = (code: string) => `/follow/${encodeURIComponent(code)}`;
export const receiptAddress = (code: string) => `${followAddress(code)}/receipt`;
