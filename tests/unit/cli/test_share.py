"""`python -m bot share`: links, texts and files about a service, for a team and a place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.support import FAILED, UNUSABLE
from bot.dialogue.signed_links import ShareLink, Signer
from tests.unit.cli.conftest import PUBLIC, SECRET
from tests.unit.operations.sharing.reading import codes_on, pages_of

pytestmark = pytest.mark.usefixtures("public_address")

TEAM = ("--team", "Tổ công nghệ số cộng đồng thôn 1")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["share", *words])


def done(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.output


def add_team(commune: str) -> None:
    result = CliRunner().invoke(main, ["team", "add", TEAM[1], commune])
    assert result.exit_code == 0, result.output


def link_in(said: str) -> ShareLink | None:
    address = said.strip()
    assert address.startswith(f"{PUBLIC}/s/")
    return Signer(SECRET.encode()).share_link(address.rpartition("/")[2])


@pytest.mark.parametrize(
    ("words", "link"),
    [
        (["1.900001"], ShareLink("1900001")),
        (["1900001", "--commune", "bình mẫu"], ShareLink("1900001", 0, "99001")),
        (["1.900001", "--commune", "H99.101"], ShareLink("1900001", 0, "99002")),
        (["moving-home"], ShareLink("e-moving-home")),
        (["Hộ tịch"], ShareLink("f-ho-tich")),
        (["1.900004"], ShareLink("1900005")),
    ],
)
def test_a_link(words: list[str], link: ShareLink) -> None:
    assert link_in(done(*words)) == link


def test_a_team_is_found_by_either_of_its_official_names() -> None:
    add_team("An Mẫu")
    for name in ("tổ chuyển đổi số cộng đồng thôn 1", "Tổ công nghệ số cộng đồng Thôn 1"):
        assert link_in(done("moving-home", "--team", name)) == ShareLink("e-moving-home", 1, "99002")
    assert link_in(done("1.900001", "--commune", "An Mẫu", *TEAM)) == ShareLink("1900001", 1, "99002")


def test_teams_of_one_name_are_told_apart_by_their_commune() -> None:
    for commune in ("An Mẫu", "Bình Mẫu"):
        add_team(commune)
    found = run("1.900001", *TEAM)
    message = f"there are teams called {TEAM[1]!r} in An Mẫu, Bình Mẫu: give --commune\n"
    assert (found.exit_code, found.output) == (FAILED, message)
    assert link_in(done("1.900001", "--commune", "Bình Mẫu", *TEAM)) == ShareLink("1900001", 2, "99001")


def test_texts_are_printed() -> None:
    assert done("1.900001", "--format", "text").split("\n")[0] == "Đăng ký khai sinh"
    assert done("1.900001", "--format", "spoken", "--commune", "An Mẫu").startswith(
        "Thưa bà con xã An Mẫu. Xin báo bà con về thủ tục "
    )


def test_everything_is_written_to_one_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "sheets"
    said = done("1.900001", "--output", str(folder)).splitlines()
    names = ["link.txt", "tin-nhan.txt", "loa.txt", "ma.svg", "ma.png", "a4.pdf", "a5.pdf"]
    assert said == [str(folder / f"1-900001-{name}") for name in names]
    assert sorted(folder.iterdir()) == sorted(map(Path, said))
    link = (folder / "1-900001-link.txt").read_text(encoding="utf-8").strip()
    for poster in ("a4", "a5"):
        (page,) = pages_of((folder / f"1-900001-{poster}.pdf").read_bytes())
        assert codes_on(page) == [link]


def test_json_for_scripts(tmp_path: Path) -> None:
    said = json.loads(done("1.900001", "--commune", "An Mẫu", "--json", "--format", "qr", "--output", str(tmp_path)))
    shown = {key: said[key] for key in ("target", "kind", "name", "team", "commune", "at_home", "as_of")}
    assert shown == {
        "target": "1.900001",
        "kind": "procedure",
        "name": "Đăng ký khai sinh",
        "team": "",
        "commune": "xã An Mẫu",
        "at_home": "Làm được toàn bộ tại nhà, trên mạng, bằng tài khoản VNeID.",
        "as_of": "2026-10-03",
    }
    assert [Path(file).name for file in said["files"]] == ["1-900001-ma.svg", "1-900001-ma.png"]
    assert link_in(said["link"]) == ShareLink("1900001", 0, "99002")


@pytest.mark.parametrize("sheet", ["a4", "a5", "overview"])
def test_the_most_used_in_one_file(tmp_path: Path, sheet: str) -> None:
    file = tmp_path / "hay-dung.pdf"
    made = run("--most-used", "--commune", "An Mẫu", "--format", sheet, "--output", str(file))
    assert (made.exit_code, made.stdout) == (0, f"{file}\n")
    link = done("1.900001", "--commune", "An Mẫu").strip()
    assert [codes_on(page) for page in pages_of(file.read_bytes())] == [[link]]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["1.123456"], "'1.123456' is no procedure, situation in life or field of this catalogue\n"),
        (["1.900001", "--commune", "Xa Lạ"], "'Xa Lạ' is no commune or ward of this catalogue\n"),
        (
            ["1.900001", "--commune", "Tây Mẫu"],
            "'Tây Mẫu' may mean several: Bình Mẫu (H99.100), An Mẫu (H99.101). Give the code of one\n",
        ),
        (
            ["1.900001", *TEAM],
            f'there is no team called {TEAM[1]!r}; to add it: python -m bot team add "{TEAM[1]}" COMMUNE\n',
        ),
        (
            ["1.900001", *TEAM, "--commune", "An Mẫu"],
            f'there is no team called {TEAM[1]!r} in An Mẫu; to add it: python -m bot team add "{TEAM[1]}" H99.101\n',
        ),
    ],
)
def test_what_is_wrong_is_told(words: list[str], message: str) -> None:
    found = run(*words)
    assert (found.exit_code, found.output) == (FAILED, message)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    found = run("1.900001", "--output", str(tmp_path / "file"))
    assert (found.exit_code, found.output) == (FAILED, f"{tmp_path / 'file'} cannot be made: File exists\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "name a TARGET, or give --most-used"),
        (["1.900001", "--format", "overview"], "name a TARGET, or give --most-used"),
        (["1.900001", "--format", "a4"], "--format a4 writes files: give --output FOLDER"),
        (["--most-used"], "--most-used goes with --output FILE.pdf and --format a4, a5 or overview"),
        (["--most-used", "--output", "x.zip"], "--most-used writes a PDF: give --output FILE.pdf"),
        (
            ["--most-used", "1.900001", "--output", "x.pdf"],
            "--most-used goes with --output FILE.pdf and --format a4, a5 or overview",
        ),
    ],
)
def test_wrong_use(words: list[str], message: str) -> None:
    found = run(*words)
    assert (found.exit_code, found.output.splitlines()[-1]) == (UNUSABLE, f"Error: {message}")


def test_without_a_public_address_there_is_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUBLIC_URL")
    found = run("1.900001")
    message = "PUBLIC_URL: citizens need the public address of this service; for example "
    assert (found.exit_code, found.output) == (UNUSABLE, f"{message}PUBLIC_URL={PUBLIC}\n")
