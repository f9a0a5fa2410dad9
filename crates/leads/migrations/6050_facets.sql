-- Leads are also found by class and source together with words. Those that stand get the same words as those that come.
update docket_words w
set words = w.words
    || case when l.class_code is null then '{}' else array['class=' || left(l.class_code, 2), 'class=' || left(l.class_code, 5)] end
    || array['source=' || l.source]
from lead l
where l.region = w.region and l.id = w.docket_id;
