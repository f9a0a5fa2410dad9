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
        void client.invalidateQueries({ queryKey: ["answers"] });
      }, 1500);
    };
    const changed = (event: LeadEvent | null) => {
      const shown = event ? client.getQueryData<Lead>(["lead", event.id]) : undefined;
      // The version stays when only the history grew, by a remark or a warning: that is to be seen too. What is older is shown already.
      if (event && shown && shown.version <= event.version) {
        void client.invalidateQueries({ queryKey: ["lead", event.id] });
        void client.invalidateQueries({ queryKey: ["history", event.id] });
      }
      refreshLists();
    };
    const stops = [
      onEvent<LeadEvent | null>("lead", changed),
      onEvent<LeadEvent | null>("notice", (event) => {
        if (event) void client.invalidateQueries({ queryKey: ["notice", event.id] });
        void client.invalidateQueries({ queryKey: ["notices"] });
        void client.invalidateQueries({ queryKey: ["notice-counts"] });
      }),
      onEvent<LeadEvent | null>("case", (event) => {
        if (event) void client.invalidateQueries({ queryKey: ["case", event.id] });
        void client.invalidateQueries({ queryKey: ["cases"] });
      }),
      // Limits whose time has come; they stand in the history and turn the light.
      onEvent<LeadEvent | null>("docket", changed),
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
