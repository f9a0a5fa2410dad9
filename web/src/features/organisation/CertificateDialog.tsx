/** A person's certificate of enforcement and the qualification to review (执法证、法制审核资格). */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Checkbox, DatePicker, Form, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { get, put } from "../../api/client";
import type { EnforcementCertificate, Person } from "../../api/contract";
import { FormDialog } from "../shell/FormDialog";
import { Failure, Loading } from "../shell/Page";

interface Fields { number?: string; valid_from?: Dayjs | null; valid_until?: Dayjs | null; legal_qualified?: boolean }

export function CertificateDialog({ person, close, saved }: { person: Person | null; close: () => void; saved: () => void }) {
  const client = useQueryClient();
  const held = useQuery({ queryKey: ["certificate", person?.id], enabled: person !== null, staleTime: 0, gcTime: 0, queryFn: ({ signal }) => get<EnforcementCertificate>(`/people/${person?.id}/certificate`, undefined, signal) });
  if (!person) return null;
  const day = (text: string | null | undefined) => (text ? dayjs(text) : null);
  const initial: Fields = { number: held.data?.number ?? "", valid_from: day(held.data?.valid_from), valid_until: day(held.data?.valid_until), legal_qualified: held.data?.legal_qualified ?? false };
  return (
    <FormDialog<Fields>
      key={held.data?.version ?? "waits"} open title={`执法证 · ${person.name}`} initial={initial} close={close}
      save={async (it) => {
        const body = { number: it.number?.trim() || null, valid_from: it.valid_from?.format("YYYY-MM-DD") ?? null, valid_until: it.valid_until?.format("YYYY-MM-DD") ?? null, legal_qualified: it.legal_qualified ?? false };
        await put(`/people/${person.id}/certificate`, body, held.data && held.data.version > 0 ? { version: held.data.version } : {});
        void client.invalidateQueries({ queryKey: ["case-officers"] });
        saved();
      }}
    >
      {held.isPending ? <Loading rows={3} /> : held.error ? <Failure error={held.error} retry={() => void held.refetch()} /> : null}
      <Form.Item name="number" label="执法证号" extra="不填即没有执法证。"><Input maxLength={40} autoComplete="off" /></Form.Item>
      <Form.Item name="valid_from" label="有效期起"><DatePicker /></Form.Item>
      <Form.Item name="valid_until" label="有效期止"><DatePicker /></Form.Item>
      <Form.Item name="legal_qualified" valuePropName="checked"><Checkbox>可以从事法制审核（取得法律职业资格，或者不是初次从事）</Checkbox></Form.Item>
    </FormDialog>
  );
}
