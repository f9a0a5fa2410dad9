/** Takes a step with a lead and brings the page's data up to date. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { act } from "../../api/leads";
import type { ActionBodies, Lead, Verb } from "../../api/contract";
import { asProblem } from "../../api/problem";

export function useAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ lead, verb, body }: { lead: { id: string; version: number }; verb: Verb; body: ActionBodies[Verb] }) => act(lead, verb, body as never),
    onSuccess: (next, { lead }) => {
      if (next && typeof next === "object" && "offers" in next) client.setQueryData<Lead>(["lead", lead.id], next);
      else void client.invalidateQueries({ queryKey: ["lead", lead.id] });
      void client.invalidateQueries({ queryKey: ["history", lead.id] });
      void client.invalidateQueries({ queryKey: ["suggestions", lead.id] });
      void client.invalidateQueries({ queryKey: ["counts"] });
      void client.invalidateQueries({ queryKey: ["todo"] });
    },
    onError: (error, { lead }) => {
      if (asProblem(error).stale) {
        void client.invalidateQueries({ queryKey: ["lead", lead.id] });
        void client.invalidateQueries({ queryKey: ["history", lead.id] });
      }
    },
  });
}
