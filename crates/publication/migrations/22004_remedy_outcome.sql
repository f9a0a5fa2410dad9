-- A review may be refused, or not decided in time (行政复议法第三十四条).
alter table remedy_record drop constraint remedy_record_outcome_check;
alter table remedy_record add constraint remedy_record_outcome_check
    check (outcome in ('upheld', 'rejected', 'not-accepted', 'lapsed', 'ended', 'revoked', 'changed', 'unlawful', 'void'));
