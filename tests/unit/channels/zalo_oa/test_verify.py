"""Signatures: the vector that goes with the formula, and what must not pass for one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_oa.verify import SigningKey, Verifier, mac, signature_of
from tests.unit.channels.zalo_oa.payloads import payload

VECTOR = payload("signature_test_vector")
BODY: bytes = VECTOR["raw_body_utf8"].encode()
SIGNATURE: str = VECTOR["header"]["X-ZEvent-Signature"]
KEY: str = VECTOR["oa_secret_key"]
VERIFIER = Verifier(VECTOR["app_id"], (SigningKey("FIRST", KEY), SigningKey("SECOND", "ANOTHER_KEY")))


def sign(body: bytes, timestamp: bytes, key: str = KEY) -> str:
    return "mac=" + mac(VECTOR["app_id"], body, timestamp, key)


def test_the_vector() -> None:
    assert len(BODY) == VECTOR["raw_body_bytes"]
    assert sign(BODY, VECTOR["timestamp"].encode()) == SIGNATURE
    assert VERIFIER.signed_by(SIGNATURE, BODY) == "FIRST"


@pytest.mark.parametrize("variant", sorted(VECTOR["must_fail"]))
def test_what_must_fail(variant: str) -> None:
    assert VERIFIER.signed_by(f"mac={VECTOR['must_fail'][variant]}", BODY) is None


@pytest.mark.parametrize(
    "body",
    [json.dumps(json.loads(BODY), ensure_ascii=False).encode(), json.dumps(json.loads(BODY)).encode(), BODY + b" "],
)
def test_the_same_event_in_other_bytes_fails(body: bytes) -> None:
    assert VERIFIER.signed_by(SIGNATURE, body) is None


def test_either_key_signs() -> None:
    assert VERIFIER.signed_by(sign(BODY, b"1719990853474", "ANOTHER_KEY"), BODY) == "SECOND"
    assert VERIFIER.signed_by(sign(BODY, b"1719990853474", "NO_KEY"), BODY) is None
    assert Verifier(VECTOR["app_id"], ()).signed_by(SIGNATURE, BODY) is None


@pytest.mark.parametrize(
    ("body", "timestamp"),
    [
        (b'{"timestamp":1719990853474}', b"1719990853474"),
        (b'{"timestamp" : 1719990853474.0 }', b"1719990853474.0"),
        (b'{"timestamp": "0001"}', b"0001"),
        (rb'{"message":{"text":"\"timestamp\":\"5\""},"timestamp":"6"}', b"6"),
        (b'{"message":{"timestamp":"5"},"timestamp":"6"}', b"6"),
        (b'{"timestamp":"6","message":{"timestamp":"5"}}', b"6"),
        (b"{}", b""),
        (b"no json", b""),
        (b"\xff\xfe", b""),
    ],
)
def test_the_timestamp_is_taken_as_it_is_written(body: bytes, timestamp: bytes) -> None:
    assert VERIFIER.signed_by(sign(body, timestamp), body) == "FIRST"


def test_nobodys_words_are_taken_for_the_timestamp() -> None:
    body = rb'{"message":{"text":"\"timestamp\":\"5\""},"timestamp":"6"}'
    assert VERIFIER.signed_by(sign(body, b"5"), body) is None


@pytest.mark.parametrize(
    "form", [SIGNATURE.upper().replace("MAC=", "mac="), SIGNATURE.removeprefix("mac="), f" {SIGNATURE} "]
)
def test_how_the_header_may_be_written(form: str) -> None:
    assert VERIFIER.signed_by(str(signature_of({"x-zevent-signature": form})), BODY) == "FIRST"


@pytest.mark.parametrize(
    "headers", [{}, {"X-ZEvent-Signature": ""}, {"X-ZEvent-Signature": "  "}, {"Signature": "mac=1"}]
)
def test_no_header(headers: dict[str, str]) -> None:
    assert signature_of(headers) is None


def test_keys_are_not_shown() -> None:
    assert repr(SigningKey("NAME", "hidden")) == "SigningKey(setting='NAME')"


@given(st.text(), st.binary())
def test_anything_is_survived(signature: str, body: bytes) -> None:
    assert VERIFIER.signed_by(signature, body) is None
