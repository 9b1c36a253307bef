-- A row for each secret key that was ever used; and, while one follows another, whom the newer one knows.
create table secret_keys (
    fingerprint text collate "C" primary key, since text collate "C" not null, begun_at text collate "C" not null,
    finished_at text collate "C"
);
create table rekeyed (
    person text collate "C" primary key, fingerprint text collate "C" not null, at text collate "C" not null
);
