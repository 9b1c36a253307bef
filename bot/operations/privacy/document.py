"""The privacy register as a document to read: `docs/privacy.md` is made from `bot.store.register`."""

from __future__ import annotations

from collections.abc import Iterator

from bot.settings import Settings
from bot.store.register import ROW, Entry, Nature, Register, Term

_HEAD = """# What is stored, why, and for how long

Made from the [register](../bot/store/register) by `python -m bot privacy register --write docs/privacy.md`; a change
by hand is lost. Tests hold the register to the tables of both engines, to the daily round that deletes, to what goes
when a person asks for it, and to the text that citizens read. What is kept elsewhere (browsers, files, memory) is in
[SECURITY.md](../SECURITY.md).

What is held just now, and what the daily round would delete, is told by `python -m bot privacy report` and
`python -m bot privacy forget --dry-run`.
"""
_PARTS = {
    "citizens": "Of the people who write",
    "counts": "Sums",
    "staff": "Of staff, and what they do",
    "catalogue": "The catalogue, and what is said beside it",
    "running": "What the program needs to run",
}
_NATURES = {
    Nature.ADDRESS: ("platform address", "an id by which a platform can be told to write to the person"),
    Nature.HASH: ("keyed hash", "the same for the same person; who it is cannot be told without the key"),
    Nature.WORDS: ("free words, masked", "what somebody wrote, without numbers and addresses that tell who they are"),
    Nature.USE: ("what was done", "what a person did or chose; of nobody once the row has no hash"),
    Nature.STAFF: ("staff's own", "data of a member of staff, and what they did"),
    Nature.SECRET: ("secret", "by which somebody could pretend to be staff, or us"),
    Nature.NONE: ("nothing", "says nothing of any person"),
}
_PROTECTION = {
    Nature.ADDRESS: "as it is, since a platform wants it so; in no log line, no page of staff, no download",
    Nature.HASH: "HMAC-SHA256 with the secret key, which is neither in the database nor in a backup",
    Nature.WORDS: "private numbers are taken out before it is written; in no log line",
    Nature.USE: "under the keyed hash only; staff see sums of it, and a bad rating as a case without a person",
    Nature.STAFF: "seen by whoever the table names; the log of changes is only added to",
    Nature.SECRET: "passwords as argon2id, tokens of browsers and codes as SHA-256; what has to be used again as it "
    "is: tokens of Zalo, secrets of telephones' codes",
    Nature.NONE: "against being changed: by the rights of the database, and lines in the log of changes",
}
"""How each is protected besides what holds for all."""
_FOR_ALL = """
Whatever it is: the database and its backups can be read by their owner only; a backup is encrypted for its recipients
(age, GPG); a server is spoken to by TLS where `DATABASE_URL` asks for it (`sslmode=verify-full`), and `doctor` warns
where it does not. The database itself is not encrypted: the disk under it has to be. Keys and algorithms
are listed in [keys.md](keys.md).

| of a person | how it is protected |
|---|---|"""
_OF_CITIZENS = frozenset({Nature.ADDRESS, Nature.HASH, Nature.WORDS, Nature.USE})


def document(register: Register) -> str:
    """Markdown. Days are those of the settings' defaults."""
    return "\n".join(_lines(register)) + "\n"


def _lines(register: Register) -> Iterator[str]:
    yield _HEAD
    yield "## Words used\n"
    yield "| of a person | what it means |"
    yield "|---|---|"
    yield from (f"| {name} | {meaning} |" for name, meaning in _NATURES.values())
    yield "\n## How it is protected"
    yield _FOR_ALL
    yield from (f"| {_NATURES[nature][0]} | {_PROTECTION[nature]} |" for nature in Nature)
    yield "\n## Terms\n"
    yield "| term | how long | counted from | applied by |"
    yield "|---|---|---|---|"
    for term in register.terms.values():
        by = "the daily round" if term.is_daily else term.by
        yield f"| {term.name} | {how_long(term)} | {term.since or 'the moment it was written'} | {by} |"
    for part, title in _PARTS.items():
        yield f"\n## {title}"
        for entry in register.entries:
            if entry.part == part:
                yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"\n### {', '.join(f'`{table}`' for table in entry.tables)}\n"
    rows = f"Rows: {entry.rows}. Why: {entry.why}. Seen by: {entry.seen_by}."
    yield f"{rows} Only on PostgreSQL." if entry.only_on else rows
    if entry.note:
        yield entry.note
    if left := entry.left_out.get(ROW):
        yield f"Not in what a person is given who asks what is held of them: {left}."
    yield "\n| column | of a person | why | how long | when the person asks |"
    yield "|---|---|---|---|---|"
    for column in entry.columns:
        nature = _NATURES[column.nature][0]
        kept, asked = _kept(entry, column.name), _asked(entry, column.name, column.nature)
        yield f"| `{column.name}` | {nature} | {column.why} | {kept} | {asked} |"


def _kept(entry: Entry, column: str) -> str:
    """What takes the column alone comes before what takes its row."""
    ends = entry.ends_of(column)
    alone = tuple(end for end in ends if column in end.takes)
    return "; at the latest ".join(how_long(end.term) for end in alone or ends) or entry.otherwise


def _asked(entry: Entry, column: str, nature: Nature) -> str:
    if ROW in entry.on_request:
        return "deleted"
    if column in entry.on_request:
        return "emptied"
    if entry.stays:
        return entry.stays
    if nature in _OF_CITIZENS:
        return "stays, of nobody" if entry.on_request else "stays: nobody knows of whom"
    return "–"


def how_long(term: Term, value: int | None = None) -> str:
    """`value`: of its setting; by default the one that holds where nothing is set."""
    if not term.setting:
        return term.fixed
    name = term.setting.lower()
    unit = name.rpartition("_")[2]
    return f"`{term.setting}` ({Settings.model_fields[name].default if value is None else value} {unit})"
