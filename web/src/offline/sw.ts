/**
 * The phone's service worker: opens the page without network and sends what waits when the browser wakes it.
 *
 * It answers only for its own scope. The API is never cached here: what may be read offline is in the database, where it has
 * an owner and an age.
 */
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";
import { sendWaiting, SYNC_TAG } from "./run";

interface WorkerEvent extends Event { waitUntil(work: Promise<unknown>): void }
interface FetchingEvent extends WorkerEvent { request: Request; respondWith(answer: Promise<Response>): void }
interface Worker {
  __WB_MANIFEST: (string | PrecacheEntry)[];
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(name: "fetch", listener: (event: FetchingEvent) => void): void;
  addEventListener(name: "sync", listener: (event: WorkerEvent & { tag: string }) => void): void;
  addEventListener(name: "message", listener: (event: WorkerEvent & { data: unknown }) => void): void;
  addEventListener(name: "activate", listener: (event: WorkerEvent) => void): void;
}
declare const self: Worker;

// Before precaching routes: a page of the scope is always the shell.
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.mode === "navigate" && url.pathname.startsWith("/phone")) event.respondWith(shell(event.request));
  else if (event.request.method === "GET" && url.pathname.startsWith("/api/v1/map")) event.respondWith(fresh(event.request));
});

async function shell(request: Request): Promise<Response> {
  return (await matchPrecache("/phone/index.html")) ?? fetch(request);
}

/** The base map changes seldom: from the network when there is one, else the last copy. */
async function fresh(request: Request): Promise<Response> {
  const cache = await caches.open("bihuan-map");
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const copy = await cache.match(request);
    if (copy) return copy;
    throw error;
  }
}

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(self.skipWaiting());
});
self.addEventListener("sync", (event) => {
  if (event.tag !== SYNC_TAG) return;
  event.waitUntil(sendWaiting().then((outcome) => {
    // A thrown error asks the browser to wake us again later.
    if (outcome && outcome.left > 0 && (outcome.stopped === "offline" || outcome.stopped === "busy")) throw new Error("more to send");
  }));
});
