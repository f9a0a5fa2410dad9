-- Who follows a lead up by name until its source has the answer.
alter table lead add column follower uuid;
create index lead_follower on lead (follower, id desc) where follower is not null;
