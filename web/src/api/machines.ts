/** Machine sources (机器来源): what devices saw, the devices, and the kinds that they recognise. */
import { API, get, post, put } from "./client";
import type { Device, DeviceInput, Items, MachineKind, MachineKindRules, Page, Sighting, SightingState, SightingWithEvents } from "./contract";

export interface SightingFilter { state?: SightingState; device?: string; kind?: string; cursor?: string }

export const listSightings = (filter: SightingFilter, signal?: AbortSignal) => get<Page<Sighting>>("/sightings", filter, signal);
export const readSighting = (id: string, signal?: AbortSignal) => get<SightingWithEvents>(`/sightings/${id}`, undefined, signal);

interface Seen { id: string; version: number }
export const confirmSighting = (of: Seen, body: { class_code?: string; note?: string }) => post<Sighting>(`/sightings/${of.id}/actions/confirm`, body, { version: of.version });
export const dismissSighting = (of: Seen, body: { note?: string }) => post<Sighting>(`/sightings/${of.id}/actions/dismiss`, body, { version: of.version });

export const listDevices = (filter: { q?: string; cursor?: string }, signal?: AbortSignal) => get<Page<Device>>("/devices", filter, signal);
/** `version` is what the person saw; 0 for a device that is not registered yet. */
export const saveDevice = (code: string, device: DeviceInput, version: number) => put<Device>(`/devices/${encodeURIComponent(code)}`, device, { version });

export const listKinds = (signal?: AbortSignal) => get<Items<MachineKind>>("/machine-kinds", undefined, signal);
/** `resume` lets the kind file by itself again and forgets the verdicts that paused it. */
export const saveKind = (of: Pick<MachineKind, "number" | "version">, rules: MachineKindRules, resume = false) =>
  put<MachineKind>(`/machine-kinds/${of.number}`, { rules, resume }, { version: of.version });

/** Where the platforms of devices send what they see. */
export const eventsAddress = (origin: string) => `${origin}${API}/machine-events`;
