"""`python -m bot rating-link`: an address that the service itself understands, and a code to print."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.support import FAILED, UNUSABLE
from bot.dialogue.signed_links import RatingLink, Signer
from bot.operations.times import now
from bot.ratings.model import Origin
from bot.ratings.periods import day_of
from tests.unit.cli.conftest import PUBLIC, SECRET
from tests.unit.operations.sharing.reading import codes_on, pages_of

pytestmark = pytest.mark.usefixtures("public_address")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["rating-link", *words])


def read(result: Result) -> RatingLink | None:
    assert result.exit_code == 0, result.output
    address = result.output.strip()
    assert address.startswith(f"{PUBLIC}/danh-gia/")
    return Signer(SECRET.encode()).rating_link(address.rpartition("/")[2])


def test_the_address_is_one_of_ours() -> None:
    until = day_of(now()) + timedelta(days=90)
    assert read(run("1.900001")) == RatingLink("1.900001", "", "", Origin.COUNTER, "quay", until)
    link = read(run("1.900001", "--agency", "H99.100", "--kind", "team", "--id", "to-3", "--days", "7"))
    week = day_of(now()) + timedelta(days=7)
    assert link == RatingLink("1.900001", "H99.100", "", Origin.TEAM, "to-3", week)


def test_for_one_rating() -> None:
    link = read(run("1.900001", "--single", "--commune", "H99.101"))
    assert link is not None
    assert (link.is_single, link.commune, link.id[:5]) == (True, "H99.101", "quay-")


def test_the_code_is_drawn_beside(tmp_path: Path) -> None:
    read(run("1.900001", "--qr", str(tmp_path / "ma.svg")))
    assert "<svg" in (tmp_path / "ma.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["1.123456"], "'1.123456' is not in this catalogue; it may still exist, codes change often\n"),
        (["1.900001", "--agency", "H99.05"], "'H99.05' does not decide on 1.900001\n"),
        (["1.900001", "--commune", "H1"], "'H1' is no commune of this catalogue\n"),
        (["1.900001", "--id", "quầy"], "--id 'quầy': at most 24 of A-Z a-z 0-9 _ -\n"),
        (["1.900001", "--days", "0"], "--days 0: a link holds from 1 to 366 days\n"),
        (["1.900001", "--qr", "ma.gif"], "ma.gif: a code is drawn as .svg or .png\n"),
    ],
)
def test_what_is_wrong_is_told(words: list[str], message: str) -> None:
    found = run(*words)
    assert (found.exit_code, found.output) == (FAILED, message)


def test_without_a_public_address_there_is_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUBLIC_URL")
    found = run("1.900001")
    message = "PUBLIC_URL: citizens need the public address of this service; for example "
    assert (found.exit_code, found.output) == (UNUSABLE, f"{message}PUBLIC_URL={PUBLIC}\n")


def test_sheets_for_the_desk_are_written_beside(tmp_path: Path) -> None:
    result = run("1.900001", "--sheet", str(tmp_path / "to.pdf"), "--tent", str(tmp_path / "gap.pdf"))
    address = result.output.strip()
    assert [codes_on(page) for page in pages_of((tmp_path / "to.pdf").read_bytes())] == [[address]]
    assert [codes_on(page) for page in pages_of((tmp_path / "gap.pdf").read_bytes())] == [[address] * 2]


def test_a_link_for_a_team_is_named_after_it() -> None:
    CliRunner().invoke(main, ["team", "add", "Tổ thôn 3", "H99.100"])
    link = read(run("1.900001", "--team", "1", "--days", "7"))
    until = day_of(now()) + timedelta(days=7)
    assert link == RatingLink("1.900001", "H99.100", "H99.100", Origin.TEAM, "team_1", until, team=1)
    CliRunner().invoke(main, ["team", "close", "1"])
    for number in ("1", "2"):
        refused = run("1.900001", "--team", number)
        assert (refused.exit_code, f"there is no open team {number}" in refused.output) == (FAILED, True)
