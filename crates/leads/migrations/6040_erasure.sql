-- Which leads a subject of the vault stands on: asked when a person wants to be erased.
create index lead_reporter_subject on lead (reporter_subject) where reporter_subject is not null;
