/** Payment of fines (罚款缴纳): bills, what came, what goes back, and the provider's day files. */
import { address, get, post, put, send } from "./client";
import type { CaseFineBill, FineBill, FineBillLine, FineBillState, FineOrder, Items, Page, PayeeSetting, PaymentDay, PaymentDayRow, PaymentReceipt, PaymentRefund, PublicFineBill } from "./contract";

export interface BillFilter { state?: FineBillState; overdue?: boolean; q?: string; cursor?: string }

export const readCaseBill = (id: string, signal?: AbortSignal) => get<CaseFineBill>(`/cases/${id}/fine-bill`, undefined, signal);
export const makeBill = (id: string) => post<FineBill>(`/cases/${id}/fine-bill`, {});
export const divideFine = (bill: string, parts: { due_on: string; fen: number }[]) => put<FineBill>(`/fine-bills/${bill}/parts`, { parts });
export const listBills = (filter: BillFilter, signal?: AbortSignal) => get<Page<FineBillLine>>("/fine-bills", filter, signal);
export const billsFile = (filter: BillFilter) => address("/fine-bills/export", filter);

export const readPayee = (signal?: AbortSignal) => get<PayeeSetting>("/payment-payee", undefined, signal);
export const setPayee = (payee: { organ: string; bank: string; account: string }) => put<PayeeSetting>("/payment-payee", payee);

export const listReceipts = (filter: { suspense?: boolean; cursor?: string }, signal?: AbortSignal) => get<Page<PaymentReceipt>>("/payment-receipts", filter, signal);
export const settleReceipt = (id: string, code: string, reason: string) => post<PaymentReceipt>(`/payment-receipts/${id}/actions/settle`, { code, reason });
export const askRefund = (receipt: string, reason: string) => post<PaymentRefund>(`/payment-receipts/${receipt}/refunds`, { reason });
export const listRefunds = (filter: { waiting?: boolean; cursor?: string }, signal?: AbortSignal) => get<Page<PaymentRefund>>("/payment-refunds", filter, signal);
export const decideRefund = (id: string, approve: boolean, note?: string) => post<PaymentRefund>(`/payment-refunds/${id}/actions/decide`, note ? { approve, note } : { approve });

export const listDays = (signal?: AbortSignal) => get<Items<PaymentDay>>("/payment-days", undefined, signal);
export const readDay = (id: string, signal?: AbortSignal) => get<Items<PaymentDayRow>>(`/payment-days/${id}/rows`, undefined, signal);
export const settleDifference = (day: string, ordinal: number, reason: string) => post<void>(`/payment-days/${day}/rows/${ordinal}/actions/settle`, { reason });
export const importDay = async (day: string, file: Blob) => (await (await send("PUT", `/payment-days/${day}`, { body: file, headers: { "Content-Type": "text/csv" } })).json()) as PaymentDay;

export const readPublicBill = (code: string, signal?: AbortSignal) => get<PublicFineBill>(`/public/fine-bills/${encodeURIComponent(code)}`, undefined, signal);
export const orderPayment = (code: string, whole: boolean) => post<FineOrder>(`/public/fine-bills/${encodeURIComponent(code)}/orders`, { whole });
