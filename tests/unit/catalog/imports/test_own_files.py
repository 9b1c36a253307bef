"""Newer words of a release, or newer lists, taken over into a catalogue that has gone its own way."""

from __future__ import annotations

from bot.catalog.comparing import compare
from bot.catalog.imports.findings import examine
from bot.catalog.imports.model import Action, Answer
from bot.catalog.imports.own_files import OwnPart, TakenOver, part_of, take_over
from bot.catalog.imports.settle import settle
from bot.catalog.load import check_contents, read_catalogue
from bot.catalog.model import Catalogue
from bot.catalog.province import source_of
from tests.unit.catalog.conftest import SHIPPED
from tests.unit.catalog.imports.made_lists import ISSUE, accepted, contents_of, find, list_of, reading

CONTENTS = contents_of()
BIRTH, COPY, LAND = "1.900001", "1.900002", "1.900003"


def test_what_is_the_same_changes_nothing_but_where_it_stands(second: Catalogue) -> None:
    for part in OwnPart:
        taken = take_over(CONTENTS, second, part_of(CONTENTS, part))
        assert (taken.left_out, check_contents(taken.contents)) == ((), ())
        same = {path: content for path, content in taken.contents.items() if path != "sources.toml"}
        assert same == {path: content for path, content in CONTENTS.items() if path != "sources.toml"}
        assert compare(second, read_catalogue(taken.contents)).is_empty


def test_the_parts_are_apart_and_leave_what_is_the_provinces_own() -> None:
    shipped = contents_of(SHIPPED)
    lists, words = (part_of(shipped, part).files.keys() - {"sources.toml"} for part in OwnPart)
    assert lists & words == set()
    assert shipped.keys() - lists - words == {"province.toml", "sources.toml", "targets.csv", "decisions.csv"}


def test_newer_words_follow_what_was_replaced_and_leave_out_what_is_not_known(second: Catalogue) -> None:
    rows = [one for one in list_of(second) if one.code != LAND]
    read = reading(*rows)
    (removed,) = find(second, read, whole=True)
    answers = {removed.id: Answer(Action.REMOVE, COPY)}
    published = settle(CONTENTS, second, examine(second, read, True, answers), answers, ISSUE).contents
    aliases = "phrase,codes\ntách đất,1.900003; 1.999999\nkhông còn,1.999999\n".encode()
    release = {
        **CONTENTS,
        "lexicon/aliases/moi.csv": aliases,
        "labels.csv": CONTENTS["labels.csv"] + "1.999999,,Chưa có ở đây,\n".encode(),
    }
    taken = take_over(published, read_catalogue(published), part_of(release, OwnPart.WORDS))
    assert check_contents(taken.contents) == ()
    assert taken.contents["lexicon/aliases/moi.csv"].decode() == f"phrase,codes\ntách đất,{COPY}\n"
    assert taken.left_out == (
        "labels.csv: 1.999999,,Chưa có ở đây,",
        "lexicon/aliases/moi.csv: tách đất,1.900002; 1.999999",
        "lexicon/aliases/moi.csv: không còn,1.999999",
    )
    after = read_catalogue(taken.contents)
    assert compare(read_catalogue(published), after).is_empty
    services = source_of(after.sources, "services.csv")
    assert services is not None
    assert services.as_of == ISSUE.as_of


def test_newer_lists_keep_the_words(second: Catalogue) -> None:
    read = reading(*list_of(second)[1:])
    answers = accepted(find(second, read, whole=True))
    newer = settle(CONTENTS, second, examine(second, read, True, answers), answers, ISSUE).contents
    taken = take_over(CONTENTS, second, part_of(newer, OwnPart.LISTS))
    assert (check_contents(taken.contents), taken.left_out) == ((), ())
    assert compare(read_catalogue(newer), read_catalogue(taken.contents)).is_empty
    assert taken.contents["most_used.csv"] == CONTENTS["most_used.csv"]


def test_what_does_not_fit_is_told(second: Catalogue) -> None:
    broken = {**CONTENTS, "labels.csv": b"code\n"}
    taken: TakenOver = take_over(CONTENTS, second, part_of(broken, OwnPart.WORDS))
    assert [problem.path for problem in check_contents(taken.contents)] == ["labels.csv"]
