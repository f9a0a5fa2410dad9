/** Campaigns (全域整治): one exposure, every unit grid of an area. */
import { get, post } from "./client";
import type { Campaign, CampaignGrid, CampaignTask, GridChecked, Items } from "./contract";

export interface NewCampaign { name: string; class_code: string; look_for: string; area: string; due_on: string; lead?: string }
export interface GridAnswer { found: boolean; note?: string; photos: string[]; position?: { x: number; y: number } }

export const listCampaigns = (open: boolean | undefined, signal?: AbortSignal) => get<Items<Campaign>>("/campaigns", { open }, signal);
export const readCampaign = (id: string, signal?: AbortSignal) => get<Campaign>(`/campaigns/${id}`, undefined, signal);
export const listCampaignGrids = (id: string, signal?: AbortSignal) => get<Items<CampaignGrid>>(`/campaigns/${id}/grids`, undefined, signal);
export const startCampaign = (campaign: NewCampaign) => post<Campaign>("/campaigns", campaign);
export const endCampaign = (of: { id: string; version: number }, note: string) => post<Campaign>(`/campaigns/${of.id}/actions/end`, { note }, { version: of.version });
export const listCampaignTasks = (signal?: AbortSignal) => get<Items<CampaignTask>>("/campaign-tasks", undefined, signal);
export const checkGrid = (of: { campaign: string; grid: string }, answer: GridAnswer) => post<GridChecked>(`/campaigns/${of.campaign}/grids/${of.grid}/actions/check`, answer);
