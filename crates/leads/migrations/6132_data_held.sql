-- Nothing of this lead's data is erased or dropped while somebody holds it (暂停删除). Who holds it, and why, knows the room of privacy.
alter table lead add column data_held boolean not null default false;
