"""Lists that staff upload, decide about and compare."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from aiohttp import ClientResponse, FormData

from bot.catalog.imports.model import Action, Answer
from bot.store.drafts import DraftState
from bot.store.staff import Role
from bot.web.uploads import MOST_UPLOADS
from tests.unit.catalog.conftest import SECOND_PROVINCE
from tests.unit.catalog.imports.made_lists import use
from tests.unit.web.staff.conftest import START, Browser, Office

DRAFTS = "/staff/danh-muc/nhap"
HEADINGS = ("Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện", "Mức độ")
BIRTH = ("1.900001", "Đăng ký khai sinh", "Hộ tịch", "Phường Bình Mẫu\nXã An Mẫu", "Một phần")
COPY = ("1.900002", "Cấp bản sao trích lục hộ tịch", "Hộ tịch", "H99 H99.100", "Toàn trình")
LAND = ("1.900003", "Tách, hợp thửa đất", "Đất đai", "Kho bạc", "Mức độ 4")
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')
_FINDING = re.compile(r'name="finding" value="([0-9a-f]{10})"')


def listed(*rows: tuple[str, ...]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([HEADINGS, *rows])
    return written.getvalue().encode("utf-8")


async def send(browser: Browser, files: dict[str, bytes], *, csrf: str | None = None, **fields: str) -> ClientResponse:
    found = _CSRF.search(await browser.text(DRAFTS))
    assert found is not None
    form = FormData({"csrf": found[1] if csrf is None else csrf, **fields})
    for name, content in files.items():
        form.add_field("files", content, filename=name, content_type="application/octet-stream")
    return await browser.client.post(DRAFTS, data=form, allow_redirects=False)


async def draft(browser: Browser, *rows: tuple[str, ...], **fields: str) -> str:
    """The address of a draft with these rows."""
    response = await send(browser, {"danh-muc.csv": listed(*rows)}, **fields)
    assert response.status == 303, await response.text()
    return response.headers["Location"]


async def findings(browser: Browser, address: str) -> list[str]:
    """Their ids, in the order of the page; one may have two forms."""
    return list(dict.fromkeys(_FINDING.findall(await browser.text(address))))


@pytest.fixture
async def editor(office: Office, browser: Browser) -> Browser:
    await office.hire("lan", Role.EDITOR)
    await browser.log_in("lan")
    return browser


async def test_a_list_is_uploaded_looked_at_and_decided(office: Office, editor: Browser) -> None:
    address = await draft(editor, BIRTH, COPY, whole="yes", reason="danh mục tháng 12")
    assert address == f"{DRAFTS}/1"
    page = await editor.get(address)
    assert page.of("dd")[:5] == ["danh-muc.csv", "toàn bộ danh mục", "đang xem xét", "2", "2"]
    everywhere = "Ủy ban nhân dân phường Bình Mẫu, Ủy ban nhân dân xã An Mẫu"
    assert [line for line in page.of("p") if "1.90000" in line] == [
        f"Mã 1.900001 sẽ giảm mức độ. Mới: một phần. Đang dùng: toàn trình ({everywhere})",
        "Ở thủ tục 1.900001: Đăng ký khai sinh",
        "Danh mục mới không có mã 1.900003: Tách thửa hoặc hợp thửa đất",
    ]
    assert f"{DRAFTS}/1?loai=removed" in [where for _, where in page.links]
    worse, removed = await findings(editor, address)
    answered = await editor.post(f"{address}/tra-loi", at=address, finding=worse, answer="keep:", loai="level_worse")
    assert (answered.status, answered.headers["Location"]) == (303, f"{address}?loai=level_worse")
    assert "Đã lưu 1 lựa chọn." in (await editor.get(address)).of("p")
    typed = await editor.post(f"{address}/tra-loi", at=address, finding=removed, answer="value", value="1.900002")
    assert typed.status == 303
    decided = await office.store.office.drafts.decisions(1)
    assert {one: decision.answer for one, decision in decided.items()} == {
        worse: Answer(Action.KEEP),
        removed: Answer(Action.REMOVE, "1.900002"),
    }
    after = await editor.get(address)
    assert (after.of("dd")[4], "/staff/danh-muc?nhap=1" in [where for _, where in after.links]) == ("0", True)
    log = await office.store.office.staff.entries(3)
    assert [(e.act.at, e.act.actor, e.act.action, e.subject, e.act.reason) for e in reversed(log)] == [
        (START, "lan", "draft_add", "draft:1", "danh mục tháng 12"),
        (START, "lan", "draft_decide", "draft:1", ""),
        (START, "lan", "draft_decide", "draft:1", ""),
    ]


async def test_the_columns_and_the_difference_are_shown(editor: Browser) -> None:
    address = await draft(editor, BIRTH, COPY, tier="commune")
    page = await editor.get(address)
    assert page.of("dd")[5:] == ["Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện", "Mức độ"]
    assert "cấp xã, 2 dòng" in page.of("p")
    difference = await editor.get(f"{address}/khac-biet")
    assert [line for line in difference.of("li") if line.startswith("1.9")] == [
        "1.900001 Đăng ký khai sinh: toàn trình → một phần: Ủy ban nhân dân phường Bình Mẫu, Ủy ban nhân dân xã An Mẫu"
    ]
    assert "Còn 1 chỗ chưa chọn. Chọn hết rồi mới công bố được. Xem chỗ chưa chọn" in difference.of("p")


async def test_what_was_not_taken_is_told(editor: Browser) -> None:
    title = b"DANH MUC THU TUC HANH CHINH BI BAI BO,,,,\n"
    response = await send(editor, {"a.csv": listed(BIRTH), "b.csv": title + listed(COPY), "c.csv": listed(LAND)})
    assert response.status == 422
    again = await send(editor, {"a.csv": listed(BIRTH, ("DANH MỤC BỊ BÃI BỎ",) * 5, COPY)})
    page = await editor.get(again.headers["Location"])
    assert "a.csv, table: 1 dòng thuộc phần bãi bỏ nên không lấy. Anh/chị xem có cần bỏ thủ tục nào không." in page.of(
        "li"
    )


async def test_all_of_a_kind_are_agreed_to_after_being_told_how_many(office: Office, editor: Browser) -> None:
    address = await draft(editor, BIRTH, COPY, LAND)
    confirm = f"{address}/ca-loai?loai=level_worse"
    page = await editor.get(confirm)
    assert "Anh/chị sắp đồng ý 1 đề xuất thuộc loại: Mức độ giảm. Sau đó vẫn chọn lại từng chỗ được." in page.of("p")
    other = await editor.post(f"{address}/ca-loai", at=confirm, kind="level_worse", count="2")
    assert (other.status, await office.store.office.drafts.decisions(1)) == (409, {})
    agreed = await editor.post(f"{address}/ca-loai", at=confirm, kind="level_worse", count="1", loai="level_worse")
    assert (agreed.status, len(await office.store.office.drafts.decisions(1))) == (303, 1)
    await editor.text(f"{address}/ca-loai?loai=nothing", 404)


async def test_every_proposal_is_agreed_to_after_being_told_of_which_kinds(office: Office, editor: Browser) -> None:
    address = await draft(editor, BIRTH, COPY, LAND, whole="yes")
    confirm = f"{address}/ca-loai"
    assert ("Đồng ý mọi đề xuất (2)", confirm) in (await editor.get(address)).links
    page = await editor.get(confirm)
    assert (page.of("dt"), page.of("dd")) == (["Đổi tên", "Mức độ giảm"], ["1", "1"])
    assert "Còn 2 chỗ chưa có đề xuất, anh/chị chọn từng chỗ." in page.of("p")
    agreed = await editor.post(confirm, at=confirm, kind="", count="2", loai="")
    assert (agreed.status, agreed.headers["Location"]) == (303, address)
    decided = await office.store.office.drafts.decisions(1)
    assert {one.answer for one in decided.values()} == {use("partial"), use("Tách, hợp thửa đất")}


async def test_the_page_goes_on_with_the_next_finding(editor: Browser) -> None:
    address = await draft(editor, BIRTH, LAND)
    first, second, *_, third = await findings(editor, address)
    gone_on = await editor.post(f"{address}/tra-loi", at=address, finding=first, answer="keep:")
    assert gone_on.headers["Location"] == f"{address}#f-{second}"
    last = await editor.post(f"{address}/tra-loi", at=address, finding=third, answer="leave_out:")
    left = await findings(editor, address)
    assert last.headers["Location"] == f"{address}#f-{left[-1]}"
    again = await editor.post(f"{address}/tra-loi", at=address, finding=first, answer="ask:", **{"tat-ca": "1"})
    assert again.headers["Location"] == f"{address}?tat-ca=1#f-{first}"


async def test_an_agency_is_typed_by_its_name(office: Office, editor: Browser) -> None:
    address = await draft(editor, LAND)
    page = await editor.get(address)
    assert "Ở thủ tục 1.900003: Tách, hợp thửa đất" in page.of("p")
    (agency,) = re.findall(r'id="value-(\w+)"[^>]* list="names-agency"', await editor.text(address))
    wrong = await editor.post(f"{address}/tra-loi", at=address, finding=agency, answer="value", value="Sở Lạ")
    text = await wrong.text()
    assert (wrong.status, 'value="Sở Lạ"' in text, "Chưa lưu: danh mục không có tên" in text) == (422, True, True)
    names = "Sở Nông nghiệp và Môi trường; UBND cấp xã"
    typed = await editor.post(f"{address}/tra-loi", at=address, finding=agency, answer="value", value=names)
    assert typed.status == 303
    assert (await office.store.office.drafts.decisions(1))[agency].answer == use("H99.05 H99.100-H99.101")


async def test_what_is_typed_has_a_form_of_its_own(editor: Browser) -> None:
    """The key Enter sends the first button of a form: it must be the one beside what was typed."""
    address = await draft(editor, LAND)
    forms = re.findall(r"<form.*?</form>", await editor.text(address), re.DOTALL)
    typed = [form for form in forms if 'name="value"' in form]
    assert [re.findall(r'<button[^>]* value="([^"]*)"', form) for form in typed] == [["value"], ["value"]]


async def test_a_closed_draft_is_taken_up_again(office: Office, editor: Browser) -> None:
    address = await draft(editor, BIRTH)
    (worse,) = await findings(editor, address)
    await editor.post(f"{address}/tra-loi", at=address, finding=worse, answer="keep:")
    await editor.post(f"{address}/bo", at=address, reason="nhầm tệp")
    closed = await editor.text(address)
    assert (f'{address}/bo"' in closed, f'{address}/mo-lai"' in closed) == (False, True)
    opened = await editor.post(f"{address}/mo-lai", at=address, reason="không nhầm")
    assert (opened.status, opened.headers["Location"]) == (303, address)
    assert [one.state for one in await office.store.office.drafts.listed()] == [DraftState.OPEN]
    assert [one.answer for one in (await office.store.office.drafts.decisions(1)).values()] == [Answer(Action.KEEP)]
    entry = (await office.store.office.staff.entries(1))[0]
    assert (entry.act.action, entry.subject, entry.act.reason) == ("draft_reopen", "draft:1", "không nhầm")
    assert (await editor.post(f"{address}/mo-lai", at=address)).status == 404


async def test_answers_that_make_no_sense_are_not_kept(office: Office, editor: Browser) -> None:
    address = await draft(editor, LAND)
    for answer in ("use:", "remove:1.900001", "?", "value"):
        for finding in await findings(editor, address):
            response = await editor.post(f"{address}/tra-loi", at=address, finding=finding, answer=answer)
            assert response.status == 422, answer
    unknown = await editor.post(f"{address}/tra-loi", at=address, finding="0" * 10, answer="keep:")
    assert (unknown.status, await office.store.office.drafts.decisions(1)) == (422, {})


async def test_an_answer_is_taken_back(office: Office, editor: Browser) -> None:
    address = await draft(editor, BIRTH)
    (worse,) = await findings(editor, address)
    await editor.post(f"{address}/tra-loi", at=address, finding=worse, answer="keep:")
    assert await findings(editor, address) == []
    assert await findings(editor, f"{address}?tat-ca=1") == [worse]
    await editor.post(f"{address}/tra-loi", at=address, finding=worse, answer="ask:")
    assert (await findings(editor, address), await office.store.office.drafts.decisions(1)) == ([worse], {})


async def test_a_draft_is_given_up(office: Office, editor: Browser) -> None:
    address = await draft(editor, BIRTH)
    (worse,) = await findings(editor, address)
    dropped = await editor.post(f"{address}/bo", at=address, reason="nhầm tệp")
    assert (dropped.status, dropped.headers["Location"]) == (303, DRAFTS)
    assert [one.state for one in await office.store.office.drafts.listed()] == [DraftState.DROPPED]
    again = await editor.post(f"{address}/bo", at=DRAFTS)
    late = await editor.post(f"{address}/tra-loi", at=DRAFTS, finding=worse, answer="keep:")
    assert (again.status, late.status) == (404, 422)
    assert (await editor.get(DRAFTS)).of("td") == [
        *("danh-muc.csv", "một phần danh mục", "đã bỏ", "lan", "08:00 22/11/2026")
    ]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Anh/chị chọn tệp để tải lên."),
        ({"cu.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600}, "Tệp cu.doc theo dạng cũ."),
        ({"trong.csv": b"a,b\n"}, "trong.csv"),
        ({"a.csv": listed(BIRTH), "khong.csv": b""}, "Tệp khong.csv không có dòng nào."),
        ({"cong.xls": b"<html><table><tr><td>1.900001"}, "Tệp cong.xls thực ra là trang web."),
        ({"khac.zip": b"PK\x05\x06"}, "Tệp nén thì tải một tệp, và chọn lấy phần nào."),
    ],
)
async def test_what_cannot_be_read_is_told(office: Office, editor: Browser, files: dict[str, bytes], said: str) -> None:
    response = await send(editor, files)
    assert (response.status, said in await response.text()) == (422, True)
    assert await office.store.office.drafts.listed() == ()


async def test_uploads_are_bounded(office: Office, editor: Browser) -> None:
    many = {f"{number}.csv": listed(BIRTH) for number in range(MOST_UPLOADS + 1)}
    assert (await send(editor, many)).status == 413
    assert (await send(editor, {}, reason="x" * 20_000)).status == 413
    assert (await send(editor, {"a.csv": listed(BIRTH)}, csrf="0" * 64)).status == 403
    assert await office.store.office.drafts.listed() == ()


async def test_words_of_another_catalogue_come_as_an_archive(editor: Browser) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in SECOND_PROVINCE.rglob("*.*"):
            archive.write(file, file.relative_to(SECOND_PROVINCE))
        archive.writestr("lexicon/aliases/moi.csv", "phrase,codes\ncon vừa đẻ,1.900001\nđã bỏ,1.999999\n")
    response = await send(editor, {"ban-moi.zip": packed.getvalue()}, part="words")
    assert response.status == 303, await response.text()
    difference = await editor.get(f"{DRAFTS}/1/khac-biet")
    assert "lexicon/aliases/moi.csv" in difference.of("li")
    assert "lexicon/aliases/moi.csv: đã bỏ,1.999999" in difference.of("li")
    broken = await send(editor, {"hong.zip": b"PK\x03\x04"}, part="words")
    assert "Tệp hong.zip không phải tệp nén, hoặc bị hỏng." in await broken.text()


async def test_only_editors_import(office: Office, browser: Browser) -> None:
    await browser.text(DRAFTS, 303)
    await office.hire("hoa", Role.VIEWER)
    await browser.log_in("hoa")
    for path in (DRAFTS, f"{DRAFTS}/1", f"{DRAFTS}/1/khac-biet", f"{DRAFTS}/1/ca-loai?loai=renamed"):
        await browser.text(path, 403)


async def test_drafts_that_are_not_there(editor: Browser) -> None:
    for path in (f"{DRAFTS}/7", f"{DRAFTS}/7/khac-biet", f"{DRAFTS}/7/ca-loai?loai=renamed"):
        await editor.text(path, 404)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x\r\n\r\n",
        b"--y\r\n\r\n\r\n--y--",
        b"--x\r\nContent-Disposition\r\n\r\na\r\n--x--",
        b"--x\r\n: form-data\r\n\r\na\r\n--x--",
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="\0.csv"\r\n\r\na\r\n--x--',
        b"--x\r\n" + b"A: b\r\n" * 300 + b"\r\na\r\n--x--",
        b"--x\r\nA: " + b"b" * 9000 + b"\r\n\r\na\r\n--x--",
        b"--x\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--x--",
        b"--x\r\nContent-Encoding: gzip\r\n\r\nno\r\n--x--",
        b"--x\r\nContent-Type: multipart/mixed\r\n\r\na\r\n--x--",
        b"--x\r\nContent-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\n\r\na\r\n--z--\r\n--x--",
        b"--x\r\nContent-Length: -1\r\n\r\na\r\n--x--",
        b"--x\r\nContent-Length: x\r\n\r\na\r\n--x--",
    ],
)
async def test_parts_that_are_none_are_refused(editor: Browser, body: bytes) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = await editor.client.post(DRAFTS, data=body, headers=headers, allow_redirects=False)
    assert response.status in {403, 422}, await response.text()


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", 'multipart/form-data; boundary=""', "multipart/form-data; boundary=" + "x" * 200]
)
async def test_parts_without_a_line_between_are_refused(editor: Browser, kind: str) -> None:
    response = await editor.client.post(DRAFTS, data=b"--x\r\n\r\n", headers={"Content-Type": kind})
    assert response.status in {403, 422}, await response.text()
