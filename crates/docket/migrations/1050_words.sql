-- The month is put in front of each word for the index alone, at every report. A function over a query runs a query each time; of text
-- functions alone it is one expression, which PostgreSQL takes into the statement itself. So the words are kept as one text.
drop index docket_words_search;
drop function words_of_month(integer, text[]);
alter table docket_words alter column words type text using array_to_string(words, ' ');
create function words_of_month(month integer, words text) returns text[] language sql immutable parallel safe
    return string_to_array(month::text || replace(words, ' ', ' ' || month::text), ' ');
-- What was written last waits in a list of its own until somebody sorts it into the index: whoever finds the list full does, while his
-- report and those that share its commit wait. A short list is sorted sooner than one of 4 MB (the default).
create index docket_words_search on docket_words using gin (words_of_month(month, words)) with (gin_pending_list_limit = 128);
