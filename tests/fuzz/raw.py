"""Bodies and headers that no form and no program of ours sends: wrong types, wrong lengths, wrong packing."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.e2e.desk import spreadsheet
from tests.faults.mutations import Mutations
from tests.fuzz.asking import Pieces
from tests.fuzz.kinds import CANARY, ELSEWHERE
from tests.fuzz.table import FORM, JSON, PARTS, Described

_BOUNDARY = "a-line-between"
_CHANNELS = {"/webhooks/telegram": "telegram", "/webhooks/zalo-oa": "zalo_oa", "/webhooks/zalo-bot": "zalo_bot"}


@dataclass(frozen=True, slots=True)
class Raw:
    """A request without its address."""

    method: str
    body: bytes | Pieces = b""
    headers: dict[str, str] = field(default_factory=dict)


_JSON_BODIES = (
    b"null",
    b"0",
    b"[]",
    b'"words"',
    b"{}",
    b"",
    b"\xff\xfe",
    b"NaN",
    b'{"text": NaN}',
    b'{"text": 1}',
    b'{"text": null, "choice": null}',
    b'{"text": {"a": []}, "id": []}',
    b'{"text": "a", "text": "b", "choice": null, "choice": "start"}',
    b'{"text": "\\ud800"}',
    b'{"choice": "\\udfff\\u0000"}',
    b'{"text": "\xed\xa0\x80"}',
    b'{"text": "a", "id": "\\ud800", "visit": "\\ud800", "commune": "\\ud800"}',
    b'{"text": ' + b"9" * 5000 + b"}",
    b'{"text": "a", "language": ' + b"9" * 4000 + b"}",
    b'{"text": 1e999, "id": -1e999}',
    b"[" * 8000,
    b'{"a":' * 2500 + b"1" + b"}" * 2500,
    b'{"text": "' + b"a" * 20_000 + b'"}',
    '{"text": "số"}'.encode("utf-16"),
    b"\xef\xbb\xbf" + b'{"text": "a"}',
)
_FORM_BODIES = (
    b"",
    b"&&&&====",
    b"text=%ff%fe&csrf=%ed%a0%80",
    b"text=%00&choice=%0d%0aX-Injected:%201",
    b"csrf=a&csrf=b&csrf[]=c&text=a&text=b",
    b"a=1&" * 500,
    b"a=" + b"x" * 20_000,
    b"number=" + b"9" * 5000,
    b"%",
    b"\xff\x00=\xff\x00",
    b"text=a;choice=b",
    "text=số".encode("utf-16"),
)
_CHARSETS = ("", "; charset=utf-16", "; charset=none", "; charset=utf-7", "; charset=\xff", "; charset=idna; charset=x")
_ODD_TYPES = ("", "x", "text/plain", "application/xml", "*/*", ";;;", "multipart/form-data", "text/html; charset=rot13")
_ODD_HEADERS: tuple[dict[str, str], ...] = (
    {"Host": ELSEWHERE},
    {"Host": ""},
    {"Host": "[::1"},
    {"Host": f"{CANARY}"},
    {"Host": "a:99999999"},
    {"X-Forwarded-Host": ELSEWHERE, "X-Forwarded-Proto": "javascript", "Forwarded": "for=_x"},
    {"X-Forwarded-For": "a, b, 999.1.1.1, ::ffff:1.2.3.4%x, "},
    {"X-Forwarded-For": ", ".join(["8.8.8.8"] * 300)},
    {"Cookie": "mot_cua_person=\xff; mot_cua_staff=%00; mot_cua_staff_told=W10=; =; ;"},
    {"Cookie": "mot_cua_staff_told=" + "A" * 1500},
    {"Cookie": "mot_cua_staff_told=WyJ3ZWIuc3RhZmYuZmxhc2guc2F2ZWQiLCB7ImEiOiBbMV19XQ=="},
    {"Accept-Language": "q=;;,*;q=zz, " + "vi," * 500},
    {"Accept-Language": "\xff\xfe"},
    {"If-Modified-Since": "yesterday", "If-None-Match": '"\xff'},
    {"If-Modified-Since": "Sun, 22 Nov 99999 99:99:99 GMT", "If-None-Match": "*"},
    {"Range": "bytes=99-1,-5,a-"},
    {"Accept-Encoding": "gzip;q=0, br;q=x, *"},
    {"Origin": "null"},
    {"Origin": f"https://{ELSEWHERE}"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Authorization": "Bearer \xff\x00".replace("\x00", "")},
    {"Authorization": "Basic " + "A" * 3000},
    {"Expect": "200-maybe"},
    {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": "x"},
    {"User-Agent": "\xff" * 200},
    {"Referer": "http://[", "Purpose": "prefetch"},
)
_METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "\u0047ET")


def wild(line: Described, chance: random.Random, count: int) -> Iterator[Raw]:
    """What is sent to a route besides what its description can say; the same for the same `chance`."""
    channel = _CHANNELS.get(line.path_pattern)
    mutations = None if channel is None else Mutations(channel, chance.randrange(10**6))
    for _ in range(count):
        if line.method != "POST":
            odd = dict(chance.choice(_ODD_HEADERS)) if chance.random() < 0.75 else {}
            yield Raw("GET" if odd else chance.choice(_METHODS), b"", odd)
        elif mutations is not None and chance.random() < 0.75:
            yield Raw("POST", mutations.next(), {"Content-Type": JSON})
        else:
            yield _posted(line, chance)


def _posted(line: Described, chance: random.Random) -> Raw:
    kind = chance.choice((line.body_type or FORM, FORM, JSON, PARTS))
    body = _parts(chance) if kind == PARTS else chance.choice(_JSON_BODIES if kind == JSON else _FORM_BODIES)
    kind = f"{kind}; boundary={_BOUNDARY}" if kind == PARTS else kind
    what = chance.randrange(8)
    if what == 0:
        return Raw("POST", body, {"Content-Type": chance.choice(_ODD_TYPES)})
    if what == 1:
        return Raw("POST", body, {"Content-Type": kind + chance.choice(_CHARSETS)})
    if what == 2:
        return Raw("POST", Pieces((body[:7] or b"x", b"&", body[7:] or b"y")), {"Content-Type": kind})
    if what == 3:
        return Raw("POST", *_packed(chance, body, kind))
    if what == 4:
        return Raw("POST", body, {"Content-Type": kind, **chance.choice(_ODD_HEADERS)})
    return Raw("POST", body, {"Content-Type": kind})


def _packed(chance: random.Random, body: bytes, kind: str) -> tuple[bytes, dict[str, str]]:
    how, packed = chance.choice(
        (
            ("gzip", gzip.compress(body)),
            ("gzip", _ZEROS),
            ("gzip", gzip.compress(body)[:-5]),
            ("gzip", b"\x1f\x8b not packed"),
            ("deflate", zlib.compress(b"\0" * 100_000)),
            ("deflate", body),
            ("br", b"\xff" * 20),
            ("zstd", b"(\xb5/\xfd\xff"),
            ("identity, gzip", body),
            ("x" * 100, body),
        )
    )
    return packed, {"Content-Type": kind, "Content-Encoding": how}


def _parts(chance: random.Random) -> bytes:
    """Forms with files: good ones, those that are none, and archives that would be large."""
    name = chance.choice(
        ("list.xlsx", "list.csv", "own.zip", "../../a.xlsx", "\x00.xlsx", "x" * 900, "a.pdf", "a.docx")
    )
    content = chance.choice(_FILES)
    file = (f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n').encode()
    whole = file + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
    return chance.choice(
        (whole, whole, whole, whole[:-6], file, b"--" + _BOUNDARY.encode() + b"\r\n\r\n\r\n", b"--x--")
    )


def _zip_of(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


_ZEROS = gzip.compress(b"\0" * 4_000_000)
_FILES = (
    spreadsheet(("1.900001", "Đăng ký khai sinh", "Hộ tịch", "Ủy ban nhân dân xã", "Toàn trình")),
    b"",
    b"PK\x03\x04" + b"\xff" * 100,
    # A spreadsheet of a few kilobytes that holds sixty megabytes.
    _zip_of({"xl/workbook.xml": b" " * 60_000_000, "[Content_Types].xml": b"<a/>"}),
    _zip_of({"../../etc/x": b"1", "/abs": b"2", "xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    b"%PDF-1.4\n%\xff",
    "Mã;Tên\n1.900001;=1+1\n".encode(),
    b'{"a": 1}',
)
