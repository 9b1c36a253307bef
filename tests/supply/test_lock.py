"""What is in a release: read from the lock, described as CycloneDX, under licences that fit."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.supply.lock import Locked, locked, of_a_release
from tests.supply.sbom import licence, made

DECISION = Path(__file__).parents[2] / "docs" / "decisions" / "0001-libraries.md"
FREE = re.compile(
    r"MIT|BSD|Apache|Python Software Foundation|PSF|Public Domain|0BSD|Zlib|CC0|dependency licenses", re.IGNORECASE
)
LENT = {"certifi", "fpdf2", "num2words", "psycopg", "psycopg-binary", "psycopg-pool", "python-telegram-bot"}
"""Under the LGPL or the MPL: used as they are, as packages of their own, and explained in the decision."""
LOCK = """
[[package]]
name = "mot-cua"
version = "0.1.0"
dependencies = [{ name = "a" }]
[package.dev-dependencies]
dev = [{ name = "tool" }]
[[package]]
name = "a"
version = "1"
dependencies = [{ name = "b", marker = "python_full_version < '3.12'" }]
sdist = { url = "u", hash = "sha256:02" }
wheels = [{ url = "u", hash = "sha256:01" }]
[[package]]
name = "b"
version = "1"
dependencies = [{ name = "a" }]
[[package]]
name = "b"
version = "2"
[[package]]
name = "tool"
version = "9"
"""


def test_a_lock_is_read(tmp_path: Path) -> None:
    path = tmp_path / "uv.lock"
    path.write_text(LOCK, encoding="utf-8")
    a, b, b2 = Locked("a", "1", ("01", "02")), Locked("b", "1", ()), Locked("b", "2", ())
    assert of_a_release(path) == (a, b, b2)
    assert locked(path) == (a, b, b2, Locked("tool", "9", ()))


def test_tools_are_in_no_release() -> None:
    names = {one.name for one in of_a_release()}
    assert {"aiohttp", "psycopg-binary", "yarl"} <= names
    assert names.isdisjoint({"pytest", "mypy", "schemathesis", "detect-secrets", "hypothesis"})
    assert all(one.hashes for one in locked())


def test_every_licence_lets_the_assistant_be_mit() -> None:
    bound = {one.name: licence(one.name) for one in of_a_release() if not FREE.search(licence(one.name))}
    assert bound.keys() == LENT, bound
    assert all(re.search(r"LGPL|Lesser|MPL|Mozilla", said) for said in bound.values())
    assert not any(re.search(r"\bA?GPL", licence(one.name)) for one in of_a_release())


def test_what_is_lent_is_explained() -> None:
    text = DECISION.read_text(encoding="utf-8")
    assert [name for name in sorted(LENT) if f"`{name}`" not in text] == []


def test_the_bill_names_each_library_with_hashes_and_licence() -> None:
    document = json.loads(made())
    told = {(one["name"], one["version"]): one for one in document["components"]}
    assert told.keys() == {(one.name, one.version) for one in of_a_release()}
    assert all(one["licenses"] and one["hashes"] for one in told.values())
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")


def test_the_same_lock_gives_the_same_bill() -> None:
    assert made() == made()
