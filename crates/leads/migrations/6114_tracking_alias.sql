-- A second tracking code of a lead (另给的查询码): handed out while the database was away, for a report that turned out to be there already.
create table tracking_alias (
    code    text primary key,
    region  text not null,
    lead_id uuid not null,
    foreign key (region, lead_id) references lead (region, id) on delete cascade
);
create index tracking_alias_lead on tracking_alias (region, lead_id);
