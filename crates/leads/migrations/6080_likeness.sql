-- Likely duplicates and hot spots are looked up by place. A cell is two thousandths of a degree a side: some 220 metres by 190, so that a
-- circle of 150 metres lies in few of them. What is open comes first in a cell, the newest first.
create function place_cell(lon double precision, lat double precision) returns bigint language sql immutable parallel safe
    return floor(lat * 500)::bigint * 1000000 + floor(lon * 500)::bigint;
create index docket_place on docket (place_cell(lon, lat), open, id desc) where lon is not null and lat is not null;
-- The very same words, the newest first.
create index lead_digest_newest on lead (text_digest, id desc);
drop index lead_digest;
