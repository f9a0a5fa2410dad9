-- When the unit of a filed sighting's lead said that it was fixed; nothing while it has not, or after closing was left to people (自动结案).
alter table sighting add column replied_at timestamptz;
-- Why its lead was not closed without a person.
alter table sighting add column closing_left text;
create index sighting_replied on sighting (region, id) where replied_at is not null and state = 'filed';
