-- What file review and case analysis ask for: cases by the day they were decided or ended otherwise. The steps stand literally, as the queries have them.
create index case_step_concluded on case_step (at, region, case_id)
    where action in ('decide', 'decide-on-spot', 'decide-no-penalty', 'withdraw', 'terminate');
-- The use of a power: cases of a matter and township.
create index case_officer_case on case_officer (case_id, ordinal);
create index enforcement_case_matter on enforcement_case (matter_code, region, id);
