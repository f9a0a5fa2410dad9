-- What lies in each account of a programme now, so that no page sums the journal. Kept by the database with every line, whichever program
-- writes it; the check of the books compares it with the journal's own sum.
-- A program that still runs writes no line between the sum and the trigger.
lock table reward_entry in share row exclusive mode;

create table reward_balance (
    programme uuid   not null references reward_programme (id),
    account   text   not null,
    fen       bigint not null,
    primary key (programme, account)
);

insert into reward_balance (programme, account, fen)
select programme, account, sum(fen)::bigint from (
    select programme, to_account as account, fen from reward_entry
    union all select programme, from_account, -fen from reward_entry) as moved
group by programme, account;

create function reward_balance_moves() returns trigger language plpgsql as $$
begin
    insert into reward_balance as b (programme, account, fen)
    values (new.programme, new.from_account, -new.fen), (new.programme, new.to_account, new.fen)
    on conflict (programme, account) do update set fen = b.fen + excluded.fen;
    return null;
end $$;
create trigger reward_entry_moves after insert on reward_entry for each row execute function reward_balance_moves();
