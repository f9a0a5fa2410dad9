-- Which machine accounts may send as a source; any of the county where none is named.
alter table source add column senders uuid[] not null default '{}';
