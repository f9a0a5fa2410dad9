/** Who on duty is nearest (就近值班人员), sharing one's own place while on duty, and calling straight through (一键直呼). */
import { get, post, put, remove } from "./client";
import type { DutyPositionSettings, Items, JointPair, OnDutyNear, OwnSharing } from "./contract";

export const nearestTo = (lead: string, signal?: AbortSignal) => get<OnDutyNear>(`/leads/${lead}/nearest`, undefined, signal);
export const readSharing = (signal?: AbortSignal) => get<OwnSharing>("/duty/position", undefined, signal);
export const sharePlace = (place: { x: number; y: number; accuracy: number; at: string }) => post<OwnSharing>("/duty/position", place);
export const stopSharing = () => remove("/duty/position");
export const readDutyPositions = (signal?: AbortSignal) => get<DutyPositionSettings>("/duty-position-settings", undefined, signal);
export const saveDutyPositions = (settings: DutyPositionSettings) => put<DutyPositionSettings>("/duty-position-settings", settings);
export const readJointPairs = (signal?: AbortSignal) => get<Items<JointPair>>("/joint-pairs", undefined, signal);
export const saveJointPairs = (items: JointPair[]) => put<Items<JointPair>>("/joint-pairs", { items });
