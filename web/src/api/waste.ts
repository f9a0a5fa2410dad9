/** Construction waste (建筑垃圾): the register and the permits. */
import { address, get, post, put, send } from "./client";
import type { Page } from "./contract";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type WastePlace = Schemas["WastePlace"];
export type WholeWastePlace = Schemas["WholeWastePlace"];
export type WastePlaceFacts = Schemas["WastePlaceFacts"];
export type WastePlaceKind = Schemas["WastePlaceKind"];
export type WasteCarrier = Schemas["WasteCarrier"];
export type WasteVehicle = Schemas["WasteVehicle"];
export type WasteDriver = Schemas["WasteDriver"];
export type WastePaper = Schemas["WastePaper"];
export type NewWastePaper = Schemas["NewWastePaper"];
export type WastePermitRow = Schemas["WastePermitRow"];
export type WholeWastePermit = Schemas["WholeWastePermit"];
export type WastePermitVersion = Schemas["WastePermitVersion"];
export type WastePermitContent = Schemas["WastePermitContent"];
export type WastePermitVerb = Schemas["WastePermitVerb"];
export type WasteMap = Schemas["WasteMap"];
export type WasteVehicleImport = Schemas["WasteVehicleImport"];
/** Longitude and latitude. */
export type Spot = [number, number];

interface Paged { q?: string | undefined; closed?: boolean | undefined; cursor?: string | undefined }

export const readMap = (signal?: AbortSignal) => get<WasteMap>("/waste/map", undefined, signal);
export const listPlaces = (filter: Paged & { kind?: string | undefined }, signal?: AbortSignal) => get<Page<WastePlace>>("/waste/places", filter, signal);
export const readPlace = (id: string, signal?: AbortSignal) => get<WholeWastePlace>(`/waste/places/${id}`, undefined, signal);
export const addPlace = (of: Schemas["NewWastePlace"]) => post<WastePlace>("/waste/places", of);
export const changePlace = (id: string, of: Schemas["WastePlaceChange"]) => put<WastePlace>(`/waste/places/${id}`, of);
export const listCarriers = (filter: Paged, signal?: AbortSignal) => get<Page<WasteCarrier>>("/waste/carriers", filter, signal);
export const readCarrier = (id: string, signal?: AbortSignal) => get<Schemas["WholeWasteCarrier"]>(`/waste/carriers/${id}`, undefined, signal);
export const addCarrier = (of: Schemas["NewWasteCarrier"]) => post<WasteCarrier>("/waste/carriers", of);
export const changeCarrier = (id: string, of: Schemas["WasteCarrierChange"]) => put<WasteCarrier>(`/waste/carriers/${id}`, of);
export const listVehicles = (filter: Paged & { carrier?: string | undefined }, signal?: AbortSignal) => get<Page<WasteVehicle>>("/waste/vehicles", filter, signal);
export const readVehicle = (id: string, signal?: AbortSignal) => get<Schemas["WholeWasteVehicle"]>(`/waste/vehicles/${id}`, undefined, signal);
export const addVehicle = (of: Schemas["NewWasteVehicle"]) => post<WasteVehicle>("/waste/vehicles", of);
export const changeVehicle = (id: string, of: Schemas["WasteVehicleChange"]) => put<WasteVehicle>(`/waste/vehicles/${id}`, of);
export const importVehicles = async (file: Blob) => (await (await send("POST", "/waste/vehicles/imports", { body: file, headers: { "Content-Type": "text/csv" } })).json()) as WasteVehicleImport;
export const addDriver = (of: Schemas["NewWasteDriver"]) => post<WasteDriver>("/waste/drivers", of);
export const changeDriver = (id: string, of: Schemas["WasteDriverChange"]) => put<WasteDriver>(`/waste/drivers/${id}`, of);
export const revealDriver = (id: string, reason: string) => post<Schemas["RevealedWasteDriver"]>(`/waste/drivers/${id}/actions/reveal`, { reason });
export const listReveals = (id: string, signal?: AbortSignal) => get<Schemas["WasteReveals"]>(`/waste/drivers/${id}/reveals`, undefined, signal);
export const addPaper = (of: NewWastePaper) => post<WastePaper>("/waste/papers", of);
export const removePaper = (id: string) => post<void>(`/waste/papers/${id}/actions/remove`, {});
export const listPermits = (filter: { q?: string | undefined; state?: string | undefined; mine?: boolean | undefined; cursor?: string | undefined }, signal?: AbortSignal) => get<Page<WastePermitRow>>("/waste/permits", filter, signal);
export const readPermit = (id: string, signal?: AbortSignal) => get<WholeWastePermit>(`/waste/permits/${id}`, undefined, signal);
export const applyForPermit = (of: Schemas["NewWastePermit"]) => post<WholeWastePermit>("/waste/permits", of);
export const actOnPermit = (id: string, verb: WastePermitVerb, version: number, of: { text?: string | undefined; content?: WastePermitContent | undefined }) => post<WholeWastePermit>(`/waste/permits/${id}/actions/${verb}`, of, { version });
export const permitSheet = (id: string) => address(`/waste/permits/${id}/print`);
export const registerFile = (what: "places" | "carriers" | "vehicles" | "permits") => address(`/waste/exports/${what}`);

/** Every page of a list, up to a thousand rows: for choices in a form. */
export async function all<T>(page: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  for (let turn = 0; turn < 20; turn++) {
    const next = await page(cursor);
    rows.push(...next.items);
    cursor = next.next_cursor ?? undefined;
    if (!cursor) break;
  }
  return rows;
}
