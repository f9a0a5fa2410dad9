-- Coverage (覆盖情况) reads the looks of a few weeks. They come nearly in the order of their time, so a block range index is small and enough.
create index machine_event_at on machine_event using brin (at);
