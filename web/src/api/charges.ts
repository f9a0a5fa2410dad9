/** What leaders have in charge (包案), and how levels respond (分层响应). */
import { get, put } from "./client";
import type { ChargedLead, LayerSettings, Page } from "./contract";

export const listCharges = (mine: boolean, cursor?: string, signal?: AbortSignal) => get<Page<ChargedLead>>("/charges", { mine, cursor }, signal);
export const readLayerSettings = (signal?: AbortSignal) => get<LayerSettings>("/layer-settings", undefined, signal);
export const saveLayerSettings = (settings: LayerSettings) => put<LayerSettings>("/layer-settings", settings);
