/** Vehicles: where they are, what their day was made of (车辆位置与轨迹). */
import { get } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type VehicleState = Schemas["VehicleState"];
export type VehiclePosition = Schemas["VehiclePosition"];
export type VehiclePositions = Schemas["VehiclePositions"];
export type VehiclePoint = Schemas["VehiclePoint"];
export type VehicleCard = Schemas["VehicleCard"];
export type VehicleDay = Schemas["VehicleDay"];
export type VehicleJourney = Schemas["VehicleJourney"];
export type VehicleCounts = Schemas["VehicleCounts"];

/** All vehicles; with `since` those that changed after the answer whose `next` it was. */
export const listVehicles = (since?: number, signal?: AbortSignal) => get<VehiclePositions>("/vehicles", { since }, signal);
export const readVehicle = (id: number, day?: string, signal?: AbortSignal) => get<VehicleCard>(`/vehicles/${id}`, { day }, signal);
export const readTrack = (id: number, day: string, signal?: AbortSignal) => get<VehicleDay>(`/vehicles/${id}/track`, { day }, signal);
export const countVehicles = (signal?: AbortSignal) => get<VehicleCounts>("/vehicle-counts", undefined, signal);
