/** Live events refresh what the pages show; many events in a second become one refresh. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { Counts, Lead, LeadEvent, Notification } from "../../api/contract";
import { connect, connectionState, disconnect, onConnection, onEvent } from "../../api/events";

export const useConnection = () => useSyncExternalStore(onConnection, connectionState);

export function useLive(onNotification?: (notification: Partial<Notification> | null) => void): void {
  const client = useQueryClient();
  useEffect(() => {
    connect();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refreshLists = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: ["leads"] });
        void client.invalidateQueries({ queryKey: ["todo"] });
        void client.invalidateQueries({ queryKey: ["counts"] });
      }, 1500);
    };
    const stops = [
      onEvent<LeadEvent | null>("lead", (event) => {
        const shown = event ? client.getQueryData<Lead>(["lead", event.id]) : undefined;
        if (event && shown && shown.version < event.version) {
          void client.invalidateQueries({ queryKey: ["lead", event.id] });
          void client.invalidateQueries({ queryKey: ["history", event.id] });
        }
        refreshLists();
      }),
      onEvent<Counts | null>("counts", (counts) => {
        if (counts && typeof counts === "object" && "queues" in counts) client.setQueryData(["counts"], counts);
        else void client.invalidateQueries({ queryKey: ["counts"] });
      }),
      onEvent<Partial<Notification> | null>("notification", (notification) => {
        void client.invalidateQueries({ queryKey: ["notifications"] });
        onNotification?.(notification);
      }),
      // After a gap nobody knows what was missed.
      onEvent("resync", () => void client.invalidateQueries()),
      onConnection((state) => { if (state === "live") refreshLists(); }),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [client, onNotification]);
  useEffect(() => disconnect, []);
}
