/** Signing in and out. */
import { get, post, remove } from "./client";
import type { Demo, OidcOffer, Session } from "./contract";

export const readSession = (signal?: AbortSignal) => get<Session>("/session", undefined, signal);
export const signIn = (credentials: { account: string; password: string; totp?: string }) => post<Session>("/session", credentials);
export const signOut = () => remove("/session");
/** What the button to the city's identity provider says; nothing where there is none. */
export const readOffer = (signal?: AbortSignal) => get<OidcOffer>("/session/oidc", undefined, signal);
/** The one-time code after the provider's word. */
export const secondFactor = (totp: string) => post<Session>("/session/oidc/totp", { totp });
/** Where the browser sets out for the provider. */
export const providerDoor = (page: "/desk/" | "/phone/") => `/api/v1/session/oidc/start?back_to=${encodeURIComponent(page)}`;
export const changePassword = (passwords: { old: string; new: string }) => post<void>("/session/password", passwords);
export const beginTotp = () => post<{ secret: string; otpauth_url: string }>("/session/totp");
export const confirmTotp = (code: string) => post<{ recovery_codes: string[] }>("/session/totp/confirm", { code });
export const renewRecoveryCodes = (password: string) => post<{ recovery_codes: string[] }>("/session/totp/recovery-codes", { password });
export const removeTotp = (password: string) => remove("/session/totp", { password });
/** Only the demonstration answers; elsewhere it is a 404. */
export const readDemo = (signal?: AbortSignal) => get<Demo>("/demo", undefined, signal);
