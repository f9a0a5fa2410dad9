-- An instruction that its leader, or who has the lead in charge after him, took back (撤回批示): it waits for no answer, and "answer" says why.
alter table instruction add column withdrawn boolean not null default false;
