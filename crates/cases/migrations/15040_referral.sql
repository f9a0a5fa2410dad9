-- The referral that a case comes from (案件线索移交).
alter table enforcement_case add column referral_id uuid;
alter table enforcement_case add column referral_number text;
