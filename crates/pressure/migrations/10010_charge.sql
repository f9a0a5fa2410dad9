-- The top of the ladder by rule (自动包案): each lead of a notice that ran out is put under a leader's charge once.
alter table notice_lead add column charged boolean not null default false;
