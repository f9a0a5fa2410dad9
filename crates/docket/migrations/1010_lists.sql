-- What the lists of a million dockets walk along. Home districts stand in keys, not here: a list is of a jurisdiction, whatever its home.
drop index docket_state, docket_due;
create index docket_state on docket (state, id desc);
create index docket_open on docket (id desc) where open;
create index docket_due on docket (due_at, id) where open and due_at is not null;
create index docket_holder_role on docket (holder_role, id desc) where holder_role is not null and open;
