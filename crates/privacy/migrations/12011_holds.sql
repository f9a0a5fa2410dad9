-- Holds that stand already are marked on their leads, where everything that erases and drops looks.
update lead l set data_held = true from retention_hold h where h.region = l.region and h.lead = l.id and h.released_at is null;
-- A telephone may have been left with more than a hundred reports.
alter table privacy_request drop constraint privacy_request_leads_check;
alter table privacy_request add constraint privacy_request_leads_check check (cardinality(leads) between 1 and 1000);
