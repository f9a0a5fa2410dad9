-- The audit of changes is now that of every setting, whichever room it is in, and can be read by district, kind and person.
ALTER TABLE identity_change ADD COLUMN region text NOT NULL DEFAULT '';
CREATE INDEX identity_change_actor ON identity_change (actor_id, at DESC, id DESC);
CREATE INDEX identity_change_action ON identity_change (action, at DESC, id DESC);
