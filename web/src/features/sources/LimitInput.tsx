/** How long something may take: a number and its unit, or nothing. */
import { Button, InputNumber, Select, Space } from "antd";
import { useState } from "react";
import type { LimitUnit, SourceLimit } from "../../api/contract";
import { unitWords } from "../../format/words";

const units = (Object.keys(unitWords) as LimitUnit[]).map((value) => ({ value, label: value === "urgent_day" ? `${unitWords[value]}（24 小时）` : unitWords[value] }));

/** `value` and `onChange` come from the form's item. */
export function LimitInput({ id, label, value, onChange, empty }: { id?: string; label: string; value?: SourceLimit | null; onChange?: (limit: SourceLimit | null) => void; empty: string }) {
  const [unit, setUnit] = useState<LimitUnit>(value?.unit ?? "working_day");
  const shown = value?.unit ?? unit;
  return (
    <Space.Compact block>
      <InputNumber {...(id ? { id } : {})} value={value?.value ?? null} min={0.5} max={3650} placeholder={empty} style={{ flex: 1 }} onChange={(it) => onChange?.(it === null ? null : { value: it, unit: shown })} />
      <Select aria-label={`${label}的单位`} value={shown} options={units} style={{ width: 150 }} popupMatchSelectWidth={false} onChange={(it: LimitUnit) => { setUnit(it); if (value) onChange?.({ ...value, unit: it }); }} />
      {value && <Button aria-label={`清除${label}`} onClick={() => onChange?.(null)}>清除</Button>}
    </Space.Compact>
  );
}
