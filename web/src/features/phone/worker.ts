/** Registers the service worker and tells when a new version waits; nothing is reloaded behind a person's back. */
import { useEffect, useState } from "react";

export function useUpdate(): { ready: boolean; apply: () => void } {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null);
  useEffect(() => {
    if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
    let timer: ReturnType<typeof setInterval> | undefined;
    let look: (() => void) | undefined;
    void navigator.serviceWorker.register("/phone/sw.js", { scope: "/phone/", updateViaCache: "none" }).then((registration) => {
      const watch = (worker: ServiceWorker | null) => {
        if (!worker) return;
        const check = () => { if (worker.state === "installed" && navigator.serviceWorker.controller) setWaiting(worker); };
        check();
        worker.addEventListener("statechange", check);
      };
      watch(registration.waiting);
      registration.addEventListener("updatefound", () => watch(registration.installing));
      look = () => { if (document.visibilityState === "visible") registration.update().catch(() => undefined); };
      document.addEventListener("visibilitychange", look);
      timer = setInterval(look, 30 * 60_000);
    }).catch(() => undefined);
    return () => {
      clearInterval(timer);
      if (look) document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return {
    ready: waiting !== null,
    apply: () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting?.postMessage("take-over");
    },
  };
}
