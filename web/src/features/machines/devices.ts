/** Devices (采集设备) as they are registered. */
import type { Device, DeviceInput, DeviceKind, LonLat } from "../../api/contract";

export const codePattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
/** What stands has a place of its own; what moves tells it with each event. */
export const fixedKinds: DeviceKind[] = ["video", "sensor"];

export interface DeviceFields { name: string; kind: DeviceKind; address: string; sender: string | null; active: boolean; position: LonLat | null }

/** `simulated` is kept as it was: who made a device does not change with its name. */
export const deviceInput = ({ name, kind, address, sender, active, position }: DeviceFields, simulated: boolean): DeviceInput => ({
  name: name.trim(), kind, address: address.trim(), sender: sender ?? null, active, simulated, position: position ? { x: position.lon, y: position.lat, system: "wgs84" } : null,
});
export const inputOf = (of: Device): DeviceInput =>
  deviceInput({ name: of.name, kind: of.kind, address: of.address, sender: of.sender ?? null, active: of.active, position: of.lon != null && of.lat != null ? { lon: of.lon, lat: of.lat } : null }, of.simulated);
