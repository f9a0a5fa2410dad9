-- In which order newest positions changed (变动序号): who asks again asks for what is greater. Given once for each move out of the inbox, and one
-- node moves at a time, so that numbers become visible in their order. No index: a row is written again with every move, and stays where it is.
create sequence track_change;
alter table track_now add column changed bigint not null default 0;
