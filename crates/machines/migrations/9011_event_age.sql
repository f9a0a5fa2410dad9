-- Events are dropped after their period, the oldest first.
create index machine_event_age on machine_event (region, taken_at);
