/** Takes a step with a lead and brings the page's data up to date. */
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { act } from "../../api/leads";
import type { ActionBodies, Lead, Verb } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";

/** The server took the step: `next` is the lead as it then stands, or null where that is not known. */
export function applied(client: QueryClient, id: string, next: Lead | null): void {
  if (next && typeof next === "object" && "offers" in next) client.setQueryData<Lead>(["lead", id], next);
  else void client.invalidateQueries({ queryKey: ["lead", id] });
  void client.invalidateQueries({ queryKey: ["history", id] });
  void client.invalidateQueries({ queryKey: ["suggestions", id] });
  void client.invalidateQueries({ queryKey: ["counts"] });
  void client.invalidateQueries({ queryKey: ["todo"] });
}

/** The server said no: what the page shows may be out of date. */
export function refused(client: QueryClient, id: string, problem: Problem): void {
  if (!problem.stale) return;
  void client.invalidateQueries({ queryKey: ["lead", id] });
  void client.invalidateQueries({ queryKey: ["history", id] });
}

export function useAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ lead, verb, body }: { lead: { id: string; version: number }; verb: Verb; body: ActionBodies[Verb] }) => act(lead, verb, body as never),
    onSuccess: (next, { lead }) => applied(client, lead.id, next),
    onError: (error, { lead }) => refused(client, lead.id, asProblem(error)),
  });
}
