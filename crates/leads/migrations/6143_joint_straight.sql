-- Between which units whoever is on the spot calls straight through (一键直呼), without the dispatcher. Nobody as `from_unit` is everybody.
create table joint_straight (
    region    text not null,
    from_unit uuid,
    to_unit   uuid not null,
    unique nulls not distinct (region, from_unit, to_unit)
);
