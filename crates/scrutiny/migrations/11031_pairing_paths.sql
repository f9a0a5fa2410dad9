-- What is asked for each lead when pairs are looked for: whether it was verified anew, and who fixed when.
create index reverification_item_docket on reverification_item (docket_id);
create index scrutiny_act_fixed on scrutiny_act (region, at) where verb = 'fix';
