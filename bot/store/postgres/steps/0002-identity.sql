-- Which store it is: a random name, the same in a copy; is_whole is 0 in a copy that is not finished (bot.store.moving).
create table store_identity (
    "only" integer primary key check ("only" = 1), id text collate "C" not null, is_whole integer not null
);
insert into store_identity values (1, replace(cast(gen_random_uuid() as text), '-', ''), 1);
