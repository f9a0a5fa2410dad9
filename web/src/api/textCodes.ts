/** When a public report needs a code by text message (短信验证). */
import { get, put } from "./client";
import type { TextCodeMode, TextCodeSettings } from "./contract";

export const readTextCodeSettings = (signal?: AbortSignal) => get<TextCodeSettings>("/text-code-settings", undefined, signal);
export const saveTextCodeSettings = (settings: { mode: TextCodeMode; daily_most: number }) => put<TextCodeSettings>("/text-code-settings", settings);
