-- When a password was given out, so that it runs out; empty where its owner chose it, or where nobody noted it.
alter table staff add column given_at text collate "C" not null default '';
