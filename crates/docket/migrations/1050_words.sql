-- What was written last waits in a list of its own until somebody sorts it into the index: whoever finds the list full does, and his
-- report waits for it. Short lists are sorted in milliseconds.
alter index docket_words_search set (gin_pending_list_limit = 256);
