"""What the server says of damage in its own files is told with what to do."""

from __future__ import annotations

from psycopg import errors

from bot.errors import DamagedStore, StoreError
from bot.store.postgres.connection import PostgresDriver


def test_only_its_two_codes_of_damage_are_taken_for_it() -> None:
    driver = PostgresDriver("postgresql://somebody:secret@nowhere/mot-cua")
    for kind in (errors.DataCorrupted, errors.IndexCorrupted):
        told = driver.told(kind("invalid page in block 3 of relation base/16384/16390"))
        assert isinstance(told, DamagedStore)
        assert told.what == f"{kind.__name__}: invalid page in block 3 of relation base/16384/16390"
        assert "python -m bot restore FILE --replace" in told.mend
    for other in (errors.InternalError_, errors.DiskFull, errors.UndefinedTable):
        assert type(driver.told(other("something else"))) is StoreError
