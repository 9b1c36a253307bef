"""Small catalogues for the search tests: real shapes, few rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.catalog.lexicon_model import Alias, Filler, Lexicon, OutsideCue, Qualifier, Rewrite
from bot.catalog.model import Audience, Catalogue, EnglishName, LifeEvent, Procedure, Province, Tier

DAY = date(2026, 10, 3)

TITLES = {
    "1.000656": "Đăng ký khai tử",
    "1.000894": "Đăng ký kết hôn",
    "1.001193": "Đăng ký khai sinh",
    "1.004194": "Đăng ký tạm trú",
    "1.004222": "Đăng ký thường trú",
    "1.004884": "Đăng ký lại khai sinh",
    "2.000635": "Cấp bản sao trích lục hộ tịch",
    "2.000806": "Đăng ký kết hôn có yếu tố nước ngoài",
    "2.000815": "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền của Việt Nam cấp",
    "3.000347": "Đổi giấy phép lái xe",
}

FILLERS = {
    "cho hỏi": "polite",
    "ạ": "polite",
    "tôi muốn": "want",
    "thủ tục": "how",
    "cần gì": "papers",
    "cần giấy tờ gì": "papers",
    "ở đâu": "place",
    "bao nhiêu tiền": "fee",
    "làm": "want",
}

REWRITES = (
    Rewrite("đkks", "abbreviation", ("đăng ký khai sinh",), (), ()),
    Rewrite("tt", "abbreviation", ("tạm trú", "thủ tục"), (), ()),
    Rewrite("mần", "dialect", ("làm",), (), ()),
    Rewrite("chi", "dialect", ("gì",), ("chi phí", "chi nhánh"), ()),
    Rewrite("kh", "abbreviation", ("kết hôn",), (), ("đăng ký", "giấy")),
    Rewrite("bằng lái", "synonym", ("giấy phép lái xe",), (), ()),
)

OUTSIDE = (
    OutsideCue("greeting", "xin chào", True, ()),
    OutsideCue("weather", "thời tiết", False, ()),
    OutsideCue("court", "ly hôn", False, ("ghi chú ly hôn",)),
    OutsideCue("emergency_fire", "cháy nhà", False, ()),
    OutsideCue("otp", "mã otp", False, ()),
)

QUALIFIERS = (
    Qualifier("foreign", ("có yếu tố nước ngoài",), ("người nước ngoài", "nước ngoài", "hàn quốc")),
    Qualifier("again", ("đăng ký lại",), ("đăng ký lại", "làm lại")),
)

ALIASES = (
    Alias("con mới sinh", ("1.001193",)),
    Alias("sao y giấy tờ", ("2.000815",)),
    Alias("mất giấy khai sinh", ("2.000635", "1.004884")),
)


def procedure(
    code: str,
    title: str,
    *,
    superseded_by: str | None = None,
    maybe_superseded: bool = False,
    english: EnglishName | None = None,
) -> Procedure:
    return Procedure(
        code=code,
        name=title,
        title=title,
        field_id="ho-tich",
        field_is_official=True,
        tiers=frozenset({Tier.COMMUNE}),
        ministry="Bộ Tư pháp",
        audience=frozenset({Audience.CITIZENS}),
        online_listed=None,
        portal_id=None,
        as_of=DAY,
        superseded_by=superseded_by,
        maybe_superseded=maybe_superseded,
        short_name=None,
        label=None,
        difference=None,
        english=english,
    )


PROVINCE = Province(
    name="Mẫu",
    full_name="tỉnh Mẫu",
    code="H99",
    assistant_name="Một Cửa Mẫu",
    operator="Ủy ban nhân dân tỉnh Mẫu",
    service_centre="Trung tâm Phục vụ hành chính công",
    full_name_en="Mẫu province",
    operator_en="the People's Committee of Mẫu province",
    link_hosts=("dichvucong.gov.vn",),
    portal_home="https://dichvucong.gov.vn",
    portal_procedure="https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{portal_id}",
    portal_search="https://dichvucong.gov.vn/tra-cuu-thu-tuc/danh-sach?keyword={code}",
    identity_help="https://vneid.gov.vn",
    links_checked=DAY,
)


def catalogue(
    procedures: Iterable[Procedure] | None = None,
    *,
    aliases: Iterable[Alias] = ALIASES,
    rewrites: Iterable[Rewrite] = REWRITES,
    fillers: Mapping[str, str] = FILLERS,
    life_events: Iterable[LifeEvent] = (),
) -> Catalogue:
    """A catalogue of the ten sample procedures, or of the given ones."""
    rows = [procedure(code, title) for code, title in TITLES.items()] if procedures is None else list(procedures)
    lexicon = Lexicon(
        aliases=tuple(aliases),
        rewrites=tuple(rewrites),
        fillers=tuple(Filler(phrase, kind) for phrase, kind in fillers.items()),
        outside=OUTSIDE,
        qualifiers=QUALIFIERS,
    )
    return Catalogue(
        province=PROVINCE,
        version="sample",
        as_of=DAY,
        procedures={row.code: row for row in rows},
        services={},
        agencies={},
        communes={},
        fields={},
        life_events=tuple(life_events),
        most_used=(),
        next_steps={},
        targets=(),
        decisions=(),
        sources=(),
        lexicon=lexicon,
    )
