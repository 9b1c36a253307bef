"""The keys beside the database: the one of now alone in its file, as ever, and those before it in another."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.store.keyring import EARLIER_FILE, Keyring, kept_keyring, load_keyring, replace_key
from bot.store.person import KEY_FILE, fingerprint, kept_secret

A, B, C = (letter * 32 for letter in (b"a", b"b", b"c"))


def test_a_key_takes_the_place_of_another_which_stays_known(tmp_path: Path) -> None:
    first = load_keyring(tmp_path)
    second = replace_key(tmp_path, is_leaked=False)
    third = replace_key(tmp_path, is_leaked=True)
    assert first == Keyring(first.current)
    assert second == Keyring(second.current, (first.current,))
    assert third == Keyring(third.current, (first.current,), (second.current,))
    assert (load_keyring(tmp_path), kept_keyring(tmp_path), kept_secret(tmp_path)) == (third, third, third.current)
    assert len({first.current, second.current, third.current}) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [KEY_FILE, EARLIER_FILE]
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("odd", [A + b"\n", b"\xff\x00" * 20, b"hex:" + A, b"with spaces " + A])
def test_a_key_of_any_bytes_is_kept_as_it_is(tmp_path: Path, odd: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(odd)
    assert replace_key(tmp_path, is_leaked=False).previous == (odd,)
    assert load_keyring(tmp_path).previous == (odd,)


def test_without_a_key_nothing_is_replaced_or_made(tmp_path: Path) -> None:
    assert kept_keyring(tmp_path) is None
    with pytest.raises(ValueError, match="there is no key"):
        replace_key(tmp_path, is_leaked=False)
    assert list(tmp_path.iterdir()) == []


def test_broken_off_between_the_two_files_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_keyring(tmp_path)
    replaced = Path.replace

    def break_off(self: Path, target: Path) -> Path:
        if target.name == KEY_FILE:
            raise OSError(28, "No space left on device")
        return replaced(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", break_off)
        with pytest.raises(OSError, match="No space"):
            replace_key(tmp_path, is_leaked=False)
    assert load_keyring(tmp_path) == before
    assert replace_key(tmp_path, is_leaked=False).earlier == (before.current,)


def test_lines_that_are_none_of_ours_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(A)
    lines = ["# a remark", "previous short", f"previous  {B.decode()} ", "leaked hex:zz", "", f"other {C.decode()}"]
    (tmp_path / EARLIER_FILE).write_text("\n".join(lines))
    assert load_keyring(tmp_path) == Keyring(A, (B,))


def test_a_key_that_cannot_be_kept_does_not_last(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not load_keyring(tmp_path / "file").is_lasting


def test_what_is_leaked_is_nothing_else_and_the_current_key_is_not_earlier() -> None:
    ring = Keyring(A).among((A, B, C, B), (A, C))
    assert ring == Keyring(A, (B,), (C,))
    assert ring.fingerprints == {fingerprint(key) for key in (A, B, C)}
    assert Keyring(A, (B,), (C,), frozenset({B})).met_under == (C,)


def test_no_key_is_printed() -> None:
    assert repr(Keyring(A, (B,), (C,), frozenset({B}))) == "Keyring(is_lasting=True)"
