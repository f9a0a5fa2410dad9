/** Class models (类别模型): learned from the city's own leads, tried, chosen and given back. */
import { get, post, put } from "./client";
import type { ClassModel, ClassModelChoice, ClassModels, ClassTrial } from "./contract";

export const listClassModels = (signal?: AbortSignal) => get<ClassModels>("/class-models", undefined, signal);
/** Asks for a new model; it is learned beside the requests. */
export const trainClassModel = () => post<ClassModel>("/class-models");
/** `version` is what the person saw. */
export const chooseClassModel = (choice: ClassModelChoice, version: number) => put<ClassModels>("/class-models/choice", choice, { version });
export const tryClassModel = (number: number, text: string) => post<ClassTrial>(`/class-models/${number}/try`, { text });
