-- A photo that a person took back from the public page of this lead; empty for one that is shown there.
alter table lead_photo add column withheld_at timestamptz;
