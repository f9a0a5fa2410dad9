-- The lines of one award, the newest first: the check of the books asks for each.
create index reward_entry_award on reward_entry (award, id desc) where award is not null;
-- A number of finance pays one award.
create index reward_award_reference on reward_award (region, reference) where reference is not null;
