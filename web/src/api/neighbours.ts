/** Neighbour cities (邻市): to whom leads are referred, from whom they are taken in. */
import { get, put } from "./client";
import type { Items, Neighbour, NeighbourInput } from "./contract";

export const listNeighbours = (signal?: AbortSignal) => get<Items<Neighbour>>("/neighbours", undefined, signal);
/** `version` is what the person saw; 0 for a neighbour that is not set up yet. */
export const saveNeighbour = (code: string, neighbour: NeighbourInput, version: number) => put<Neighbour>(`/neighbours/${encodeURIComponent(code)}`, neighbour, { version });
