/** What is public in advance and in process (事前公开、事中公示), and certificates that are shown. */
import { get, post } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Disclosure = Schemas["Disclosure"];
export type DisclosureKind = Schemas["DisclosureKind"];
export type PublicDisclosure = Schemas["PublicDisclosure"];
export type PublicDisclosureHead = Schemas["PublicDisclosureHead"];
export type ShownCertificate = Schemas["ShownCertificate"];

export const listDisclosures = (signal?: AbortSignal) => get<Schemas["Disclosures"]>("/disclosures", undefined, signal);
export const draftDisclosure = (of: Schemas["NewDisclosure"]) => post<Schemas["DraftedDisclosure"]>("/disclosures", of);
export const stepDisclosure = (id: string, step: string, reason: string) => post<void>(`/disclosures/${id}/actions/${step}`, { reason });
export const showCertificate = () => post<Schemas["CertificateCode"]>("/certificate-codes", {});
export const listPublicDisclosures = (signal?: AbortSignal) => get<{ items: PublicDisclosureHead[] }>("/public/disclosures", undefined, signal);
export const readPublicDisclosure = (id: string, signal?: AbortSignal) => get<PublicDisclosure>(`/public/disclosures/${encodeURIComponent(id)}`, undefined, signal);
export const readCertificate = (code: string, signal?: AbortSignal) => get<ShownCertificate>(`/public/certificates/${encodeURIComponent(code)}`, undefined, signal);
