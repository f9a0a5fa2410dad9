-- The services of penalty decisions by the day they were entered: the share of decisions that went with their companions is counted over them.
create index case_step_decision_served on case_step (region, at) where action in ('serve-decision', 'hand-decision');
