/** Property of cases and towed vehicles (涉案财物、拖移车辆). */
import { API, get, post, put } from "./client";
import type { Page } from "./contract";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type PropertyRow = Schemas["PropertyRow"];
export type PropertyItem = Schemas["PropertyItem"];
export type PropertyMovement = Schemas["PropertyMovement"];
export type PropertyOffer = Schemas["PropertyOffer"];
export type PropertyDuty = Schemas["PropertyDuty"];
export type PropertyPlace = Schemas["PropertyPlace"];
export type PropertyPerson = Schemas["PropertyPerson"];
export type PropertyBalance = Schemas["PropertyBalance"];
export type PropertyMeasure = Schemas["PropertyMeasure"];
export type MovementKind = Schemas["PropertyMovementKind"];
export type CaseProperty = Schemas["CasePropertyView"];
export type NewItem = Schemas["NewPropertyItem"];
export type NewMovement = Schemas["NewPropertyMovement"];
export type NewTow = Schemas["NewPropertyTow"];
export type NewPlace = Schemas["NewPropertyPlace"];
export type PlaceChange = Schemas["PropertyPlaceChange"];
export type Stocktake = Schemas["Stocktake"];
export type WholeStocktake = Schemas["WholeStocktake"];
export type ScanAnswer = Schemas["ScanAnswer"];
export type FoundTow = Schemas["FoundTow"];
export type Fetcher = Schemas["RevealedPropertyFetcher"];

export interface PropertyFilter { q?: string; state?: string; measure?: string; place?: string; cursor?: string }

export const listProperty = (filter: PropertyFilter, signal?: AbortSignal) => get<Page<PropertyRow>>("/property/items", filter, signal);
export const readProperty = (id: string, signal?: AbortSignal) => get<PropertyItem>(`/property/items/${id}`, undefined, signal);
export const listDue = (signal?: AbortSignal) => get<Schemas["PropertyDuties"]>("/property/due", undefined, signal);
export const listPlaces = (signal?: AbortSignal) => get<{ items: PropertyPlace[] }>("/property/places", undefined, signal);
export const listPeople = (signal?: AbortSignal) => get<{ items: PropertyPerson[] }>("/property/people", undefined, signal);
export const addPlace = (place: NewPlace) => post<{ id: string }>("/property/places", place);
export const changePlace = (id: string, change: PlaceChange) => put<{ id: string }>(`/property/places/${id}`, change);
export const caseProperty = (id: string, signal?: AbortSignal) => get<CaseProperty>(`/cases/${id}/property`, undefined, signal);
export const enterProperty = (id: string, items: NewItem[]) => post<Schemas["EnteredProperty"]>(`/cases/${id}/property`, { items });
export const moveProperty = (id: string, movement: NewMovement) => post<Schemas["NotedPropertyMovement"]>(`/property/items/${id}/movements`, movement);
export const revealFetcher = (id: string, ordinal: number, reason: string) => post<Fetcher>(`/property/items/${id}/movements/${ordinal}/actions/reveal`, { reason });
export const takeTow = (tow: NewTow) => post<Schemas["TakenTow"]>("/property/tows", tow);
export const tellDriver = (id: string, how: string) => post<void>(`/property/items/${id}/actions/tell`, { how });
export const lookUpTow = (plate: string, vin_end: string) => post<FoundTow>("/public/towed-vehicles", { plate, vin_end });
export const listStocktakes = (signal?: AbortSignal) => get<{ items: Stocktake[] }>("/property/stocktakes", undefined, signal);
export const readStocktake = (id: string, signal?: AbortSignal) => get<WholeStocktake>(`/property/stocktakes/${id}`, undefined, signal);
export const startStocktake = (place: string) => post<{ id: string }>("/property/stocktakes", { place });
export const scanLabel = (id: string, code: string) => post<ScanAnswer>(`/property/stocktakes/${id}/scans`, { code });
export const finishStocktake = (id: string) => post<WholeStocktake>(`/property/stocktakes/${id}/actions/finish`, {});
export const settleDifference = (id: string, code: string, reason: string, missing: boolean) => post<WholeStocktake>(`/property/stocktakes/${id}/lines/${code}/actions/settle`, { reason, missing });
export const readBalance = (month: string, signal?: AbortSignal) => get<Schemas["PropertyBalances"]>("/property/balance", { month }, signal);
export const balanceAddress = (month: string) => `${API}/property/balance/export?month=${month}`;
export const labelsAddress = (ids: readonly string[], paper: string) => `${API}/property/labels?items=${ids.join(",")}&paper=${paper}`;
