"""The words of published lists, in one place: headings, levels, tiers, marks. All are compared folded (`plain`)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from bot.catalog.imports.model import Column
from bot.catalog.model import OnlineLevel
from bot.catalog.phrases import folded

_BETWEEN = re.compile(r"[^0-9a-z]+")


def plain(text: str) -> str:
    """Only letters without accents, digits and single blanks: what two spellings of one heading share."""
    return _BETWEEN.sub(" ", folded(unicodedata.normalize("NFKC", text))).strip()


HEADINGS: Mapping[Column, tuple[str, ...]] = {
    # Best first: where two columns would be the same, the one whose words stand earlier is it.
    Column.CODE: (
        "ma tthc", "ma so tthc", "ma thu tuc hanh chinh", "ma so thu tuc hanh chinh", "ma thu tuc", "ma so thu tuc",
        "ma so ho so tthc", "ma ho so tthc", "ma so ho so", "ma ho so", "ma so ho so thu tuc hanh chinh",
        "ma so thu tuc hanh chinh tren csdlqg", "ma qg", "ma quoc gia", "code", "ma so", "ma",
    ),
    Column.SERVICE_CODE: ("ma dich vu cong", "ma dvc", "ma so dvc", "ma dvctt", "ma dich vu", "service code"),
    Column.NAME: (
        "ten tthc", "ten thu tuc hanh chinh", "ten thu tuc", "thu tuc hanh chinh", "tthc", "ten dich vu cong",
        "ten dvc", "ten dvctt", "ten dich vu cong truc tuyen", "danh muc thu tuc hanh chinh", "danh muc tthc",
        "noi dung thu tuc hanh chinh", "ten dich vu", "ten", "name",
    ),
    Column.FIELD: ("linh vuc", "ten linh vuc", "nhom linh vuc", "field"),
    Column.AGENCY: (
        "co quan thuc hien", "co quan giai quyet", "co quan truc tiep thuc hien", "co quan co tham quyen",
        "co quan co tham quyen quyet dinh", "don vi thuc hien", "don vi giai quyet", "don vi cung cap",
        "co quan cung cap", "co quan don vi thuc hien", "co quan don vi", "don vi", "co quan", "agencies",
        "tham quyen giai quyet", "co quan chu tri",
    ),
    Column.LEVEL: (
        "muc do dvc", "muc do dich vu cong", "muc do dvctt", "muc do dich vu cong truc tuyen", "muc do cung cap",
        "muc do cung cap dvc", "muc do truc tuyen", "muc do thuc hien", "muc do", "muc dvc", "level",
        "dich vu cong truc tuyen", "dvctt",
    ),
    Column.FULL: (
        "toan trinh", "truc tuyen toan trinh", "dvc toan trinh", "dvctt toan trinh", "dvc truc tuyen toan trinh",
        "dich vu cong toan trinh", "dich vu cong truc tuyen toan trinh",
    ),
    Column.PARTIAL: (
        "mot phan", "truc tuyen mot phan", "dvc mot phan", "dvctt mot phan", "dvc truc tuyen mot phan",
        "dich vu cong mot phan", "dich vu cong truc tuyen mot phan",
    ),
    Column.OLD_THREE: ("muc do 3", "muc 3", "dvc muc do 3", "dvctt muc do 3", "dich vu cong truc tuyen muc do 3"),
    Column.OLD_FOUR: ("muc do 4", "muc 4", "dvc muc do 4", "dvctt muc do 4", "dich vu cong truc tuyen muc do 4"),
    Column.TIER: ("cap thuc hien", "cap giai quyet", "cap hanh chinh", "cap quan ly", "tier", "cap"),
    Column.AT_PROVINCE: ("cap tinh", "tinh"),
    Column.AT_DISTRICT: ("cap huyen", "huyen"),
    Column.AT_COMMUNE: ("cap xa", "xa"),
    Column.MINISTRY: ("bo nganh", "bo co quan ngang bo", "bo", "ministry", "co quan cong bo", "co quan ban hanh"),
    Column.STATUS: ("trang thai", "tinh trang", "status"),
    Column.NUMBER: ("stt", "tt", "so tt", "so thu tu", "no"),
    Column.NOTE: ("ghi chu", "note", "notes"),
}  # fmt: skip

EXACT_ONLY = frozenset(
    {
        Column.FULL, Column.PARTIAL, Column.OLD_THREE, Column.OLD_FOUR,
        Column.AT_PROVINCE, Column.AT_DISTRICT, Column.AT_COMMUNE, Column.NUMBER,
    }
)  # fmt: skip
"""The others may go on behind a synonym of two words or more: "Mã TTHC trên Cổng Dịch vụ công quốc gia"."""

EXACT_SYNONYMS = frozenset(
    {"ma so", "don vi", "co quan", "muc do", "trang thai", "tinh trang", "ma ho so", "dich vu cong truc tuyen"}
)
"""Too common at the beginning of other headings: "Mã số thuế", "Đơn vị tính", "Mức độ hài lòng"."""

OTHER_THINGS = ("bai bo", "thay the", "bi sua", "duoc sua", "truoc day", "cu", "noi bo", "thoi gian", "thoi han", "phi")
"""A heading that goes on with these speaks of something else: "Mã TTHC bị bãi bỏ", "Cơ quan thực hiện trước đây"."""

SAME_AS_ABOVE = frozenset({"nhu tren", "nt", "nhu tren nt"})
DITTO_MARKS = frozenset({'"', "''", "”", "“", "〃", "″", "´´"})

MARKS = frozenset({"x", "v", "co", "yes", "true"})
MARK_SIGNS = frozenset({"✓", "✔", "☑", "☒", "●", "•", "*", "+", "√", "ü"})
"""ü: what a tick of the font Wingdings is without its font."""
NO_MARKS = frozenset({"", "khong", "no", "false", "0"})

LEVELS: Mapping[str, OnlineLevel] = {
    "toan trinh": OnlineLevel.FULL,
    "full": OnlineLevel.FULL,
    "mot phan": OnlineLevel.PARTIAL,
    "partial": OnlineLevel.PARTIAL,
    "thong tin": OnlineLevel.INFORMATION,
    "information": OnlineLevel.INFORMATION,
}
BEFORE_A_LEVEL = ("dich vu cong truc tuyen", "dich vu cong", "dvc truc tuyen", "dvctt", "dvc", "truc tuyen", "cung cap")
AFTER_A_LEVEL = (" truc tuyen",)

PROVINCE_WORDS = ("cap tinh", "so ban nganh", "so nganh")
DISTRICT_WORDS = ("cap huyen", "ubnd huyen", "uy ban nhan dan huyen", "ubnd cac huyen", "uy ban nhan dan cac huyen")
COMMUNE_WORDS = ("cap xa", "ubnd xa", "uy ban nhan dan xa", "ubnd cac xa", "uy ban nhan dan cac xa")
OTHER_WORDS = ("co quan khac", "co quan nganh doc", "don vi nganh doc", "co quan trung uong dong tren dia ban")
CELL_TIERS: Mapping[str, str] = {"tinh": "cap tinh", "huyen": "cap huyen", "xa": "cap xa", "xa phuong": "cap xa"}
"""Words that say a tier where nothing else can be meant, in a column of tiers."""

APPENDIX = re.compile(r"(?:phu luc|pl) ?(?:so )?(i{1,3}|0?[1-3])(?![0-9a-z])")
APPENDIX_START = "phu luc"
ABOLISHED = ("bai bo", "huy bo")
IN_FORCE = ("moi ban hanh", "ban hanh moi", "sua doi", "bo sung", "chuan hoa", "con hieu luc")
"""A title with such words and ABOLISHED ones names everything that a decision does, not one list of it."""
OLD_LEVELS: Mapping[Column, str] = {Column.OLD_THREE: "muc do 3", Column.OLD_FOUR: "muc do 4"}

FIELD_WORD = re.compile(r"(?:nhóm\s+)?lĩnh\s+vực\s*[:.\-–]*\s*", re.IGNORECASE)
_OUTLINE = r"(?:[IVXLC]{1,8}|[A-HĐ]|[IVXLC]{1,6}(?:\.[0-9]{1,2})+|[A-H]\.[IVX0-9]{1,4})"
SECTION_NUMBER = re.compile(rf"\(?{_OUTLINE}\)?\s*[.)\-–:/]\s*")
BARE_SECTION_NUMBER = re.compile(rf"\(?{_OUTLINE}\)?[.)]?")
HOW_MANY = re.compile(
    r"\s*[(:–-]?\s*[0-9]{1,4}\s*(?:thủ\s+tục(?:\s+hành\s+chính)?|TTHC|DVC|dịch\s+vụ(?:\s+công)?)\s*\)?$", re.IGNORECASE
)
"""Behind a section's name: "Hộ tịch (05 TTHC)"."""
PLAIN_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*\s*[.)]\s*")

TOTALS = ("tong cong", "tong so", "cong", "tong")
AFTER_THE_LIST = (
    "noi nhan", "tm ubnd", "tm uy ban", "kt chu tich", "chu tich", "pho chu tich", "giam doc", "kt giam doc",
    "nguoi lap", "ghi chu", "luu vt", "nhu dieu", "nguoi ky", "ky boi", "ngay xuat", "nguon",
)  # fmt: skip
"""What rows below a list begin with: signatures, addressees, remarks."""

AGENCY_STARTS = (
    "so", "ubnd", "uy ban", "ban", "cong an", "chi nhanh", "van phong", "trung tam", "cuc", "chi cuc", "bao hiem",
    "phong", "bo", "toa an", "thue", "kho bac", "ngan hang", "hai quan", "chu tich", "bch", "bo chi huy", "hoi",
    "truong", "benh vien", "tram", "don", "co quan", "quy", "vien", "doan", "nhnn", "vien kiem sat", "thanh tra",
    "co so", "cong ty", "doi", "diem", "hat", "to", "mot cua",
)  # fmt: skip
"""How a body's name begins: a line that a page broke goes on unless it begins so."""
SECTION_AGENCIES = (
    "so", "ubnd", "uy ban nhan dan", "ban quan ly", "cong an", "van phong", "thanh tra", "bao hiem xa hoi",
    "bo chi huy",
)  # fmt: skip
"""A row across the table that begins so names who handles what follows, not its field."""

TRIALS = frozenset({"trial", "thu nghiem", "thi diem", "dang thu nghiem", "dang thi diem"})
