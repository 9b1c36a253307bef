-- Whose data were deleted, for when a backup is restored: the last deletion of each person, by their keyed hash.
create table erasures (person text collate "C" primary key, at text collate "C" not null);
create index erasures_at on erasures (at);
