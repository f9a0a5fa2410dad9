/** Putting the page on the home screen, where the browser offers it. */
import { useSyncExternalStore } from "react";

interface InstallEvent extends Event { prompt(): Promise<unknown> }

let offered: InstallEvent | null = null;
const listeners = new Set<() => void>();
const tell = (event: InstallEvent | null) => {
  offered = event;
  for (const listener of listeners) listener();
};
// The browser asks once, long before anybody opens the page that has the button.
globalThis.addEventListener?.("beforeinstallprompt", (event) => {
  event.preventDefault();
  tell(event as InstallEvent);
});
globalThis.addEventListener?.("appinstalled", () => tell(null));

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The way to install, or null when the browser does not offer it (now). */
export function useInstall(): (() => Promise<void>) | null {
  const event = useSyncExternalStore(subscribe, () => offered);
  if (!event) return null;
  return async () => {
    await event.prompt();
    tell(null);
  };
}
