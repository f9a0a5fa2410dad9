/** Visitors received about a lead (接访): who received them and when, what was said, when they come again, what they were told. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, DatePicker, Form, Input, Select } from "antd";
import dayjs from "dayjs";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { get, post } from "../../api/client";
import type { Items, Lead, Page, Person, Reception } from "../../api/contract";
import { now } from "../../format/clock";
import { dateTime } from "../../format/time";
import { mayAny, useSession } from "../session/session";
import { FormDialog } from "../shell/FormDialog";

interface Fields { received_by?: string; received_at: Dayjs; summary: string; next_on?: Dayjs; reply?: string }

/** The clock is the city's, whatever the computer is set to. */
const cityInstant = (at: Dayjs) => `${at.format("YYYY-MM-DDTHH:mm")}:00+08:00`;

export function LeadReceptions({ lead }: { lead: Lead }) {
  const client = useQueryClient();
  const session = useSession();
  const [entering, setEntering] = useState(false);
  const path = `/leads/${lead.id}/receptions`;
  const query = useQuery({ queryKey: ["receptions", lead.id], queryFn: ({ signal }) => get<Items<Reception>>(path, undefined, signal), retry: false });
  // Who receives is one of thousands: the server looks for the name.
  const [words, setWords] = useState("");
  const people = useQuery({ queryKey: ["people", "search", words], enabled: entering, placeholderData: keepPreviousData, queryFn: ({ signal }) => get<Page<Person>>("/people", { q: words, limit: 50 }, signal), retry: false });
  const may = mayAny(session, ["lead.remark"]);
  const items = query.data?.items ?? [];
  // Of leads of other sources it shows only what is there.
  if (query.error || (items.length === 0 && !(may && lead.source === "petition"))) return null;
  return (
    <section className="panel" aria-labelledby="receptions">
      <h2 id="receptions">接访 {may && <Button size="small" style={{ float: "right" }} onClick={() => setEntering(true)}>登记接访</Button>}</h2>
      {items.length === 0 ? <p className="quiet">还没有接访记录。</p> : (
        <ol className="instructions">
          {items.map((it) => (
            <li key={it.round}>
              <p>{it.summary}</p>
              <small className="quiet">{dateTime(it.received_at)} 由 {it.received_by.name} 接访{it.entered_by.id === it.received_by.id ? "" : `，${it.entered_by.name} 登记`}</small>
              {it.next_on && <p className="quiet">约定 {it.next_on} 再次接访或回访</p>}
              {it.reply && <p className="instruction-answer">答复来访人：{it.reply}</p>}
            </li>
          ))}
        </ol>
      )}
      <FormDialog<Fields>
        open={entering} title="登记接访" initial={{ received_at: dayjs(dateTime(now())) }} close={() => setEntering(false)}
        save={async ({ received_by, received_at, summary, next_on, reply }) => {
          const saved = await post<Items<Reception>>(path, { received_by: received_by ?? null, received_at: cityInstant(received_at), summary, next_on: next_on?.format("YYYY-MM-DD") ?? null, reply: reply?.trim() ? reply : null });
          client.setQueryData(["receptions", lead.id], saved);
          void client.invalidateQueries({ queryKey: ["lead", lead.id] });
          setEntering(false);
        }}
      >
        <Form.Item name="received_by" label="接访人（不选为本人）"><Select allowClear showSearch={{ filterOption: false, onSearch: (it) => setWords(it.trim()) }} placeholder="输入姓名查找" notFoundContent={people.isFetching ? "正在查找…" : people.error ? "人员名单无法读取" : "没有这个人"} options={(people.data?.items ?? []).filter((it) => it.active).map((it) => ({ value: it.id, label: `${it.name} · ${it.organisation.name}` }))} /></Form.Item>
        <Form.Item name="received_at" label="接访时间" rules={[{ required: true, message: "请选择接访时间" }]}><DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" style={{ width: "100%" }} /></Form.Item>
        <Form.Item name="summary" label="接访情况" rules={[{ required: true, whitespace: true, message: "请写明接访情况" }]} extra="不写来访人的姓名、电话：它们保存在报料人信息里。"><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
        <Form.Item name="next_on" label="下次约定（选填）"><DatePicker style={{ width: "100%" }} /></Form.Item>
        <Form.Item name="reply" label="答复来访人（选填）"><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
      </FormDialog>
    </section>
  );
}
