-- Leads are also found by class, source and rare ends together with words. Those that stand get the same words as those that come.
update docket_words w
set words = w.words
    || coalesce(' class=' || left(l.class_code, 2) || ' class=' || left(l.class_code, 5), '')
    || ' source=' || l.source
    || case when d.state in ('rejected', 'merged', 'voided') then ' state=' || d.state else '' end
from lead l join docket d on d.region = l.region and d.id = l.id
where l.region = w.region and l.id = w.docket_id;
