-- Where the seed will come from and the day it is drawn on are fixed with the list (事先约定): rounds from before have neither.
alter table review_round add column seed_source text check (length(seed_source) between 1 and 200);
alter table review_round add column draw_on date;
alter table review_round add constraint review_round_announced_check check ((seed_source is null) = (draw_on is null));
