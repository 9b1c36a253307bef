"""What is read from each file, whole."""

from __future__ import annotations

from datetime import date

from bot.catalog.lexicon_model import Alias, Filler, HelpPhrase, Lexicon, OutsideCue, Qualifier, Rewrite
from bot.catalog.model import (
    Agency,
    AgencyKind,
    Audience,
    Catalogue,
    Commune,
    EnglishName,
    Field,
    FormerUnit,
    LegalDecision,
    LifeEvent,
    MostUsed,
    OnlineLevel,
    Procedure,
    Province,
    SatisfactionTarget,
    Service,
    Source,
    Tier,
)


def test_province_and_sources_are_read(second: Catalogue) -> None:
    assert second.province == Province(
        name="Mẫu",
        full_name="tỉnh Mẫu",
        code="H99",
        assistant_name="Một Cửa Mẫu",
        operator="Ủy ban nhân dân tỉnh Mẫu",
        service_centre="Trung tâm Phục vụ hành chính công",
        full_name_en="Mẫu province",
        operator_en="the People's Committee of Mẫu province",
        link_hosts=("portal.example.vn", "*.portal.example.vn", "dvc.mau.example.vn"),
        portal_home="https://portal.example.vn",
        portal_procedure="https://portal.example.vn/thu-tuc/{portal_id}",
        portal_search="https://portal.example.vn/tim?ma={code}",
        identity_help="https://id.portal.example.vn",
        links_checked=date(2026, 11, 1),
    )
    assert second.as_of == date(2026, 10, 3)
    assert second.sources[2] == Source("lexicon/*.csv", "How people speak there", "Invented", date(2026, 10, 4), "")


def test_procedures_are_read(second: Catalogue) -> None:
    assert list(second.procedures) == ["1.900001", "1.900002", "1.900003", "1.900004", "1.900005"]
    assert second.procedures["1.900001"] == Procedure(
        code="1.900001",
        name="Thủ tục đăng ký khai sinh",
        title="Đăng ký khai sinh",
        field_id="ho-tich",
        field_is_official=True,
        tiers=frozenset({Tier.COMMUNE}),
        ministry="Bộ Tư pháp",
        audience=frozenset({Audience.CITIZENS}),
        online_listed=True,
        portal_id="00000000-0000-4000-8000-000000000001",
        as_of=date(2026, 10, 3),
        superseded_by=None,
        maybe_superseded=False,
        short_name="Đăng ký khai sinh",
        label="Khai sinh: lần đầu",
        difference="Khi trẻ chưa có giấy khai sinh.",
        english=EnglishName(
            "Birth registration", "Birth: first registration", "For a child who has no birth certificate yet."
        ),
    )
    assert second.procedures["1.900004"] == Procedure(
        code="1.900004",
        name="Đăng ký tạm trú",
        title="Đăng ký tạm trú",
        field_id="cu-tru",
        field_is_official=False,
        tiers=frozenset({Tier.COMMUNE}),
        ministry="Bộ Công an",
        audience=frozenset({Audience.CITIZENS}),
        online_listed=True,
        portal_id=None,
        as_of=date(2026, 6, 10),
        superseded_by="1.900005",
        maybe_superseded=False,
        short_name=None,
        label=None,
        difference=None,
    )
    assert [(p.online_listed, p.maybe_superseded) for p in second.procedures.values()] == [
        (True, False),
        (None, False),
        (False, True),
        (True, False),
        (True, False),
    ]


def test_services_are_read_with_their_ranges_spelled_out(second: Catalogue) -> None:
    host = "dvc.mau.example.vn"
    old = "Cấp bản sao trích lục hộ tịch đã lâu"
    assert second.services == {
        "1.900001": (
            Service(
                *("1.900001.01", "1.900001", "Đăng ký khai sinh", ("H99.100", "H99.101")),
                *(OnlineLevel.FULL, False, "ministry", f"{host}/nop"),
            ),
        ),
        "1.900002": (
            Service(
                *("1.900002.01", "1.900002", "Cấp bản sao trích lục hộ tịch", ("H99", "H99.100")),
                *(OnlineLevel.FULL, False, "local", host),
            ),
            Service(
                *("1.900002.02", "1.900002", old, ("H99.100", "H99.101")),
                *(OnlineLevel.PARTIAL, True, "local", host),
            ),
        ),
        "1.900003": (
            Service(
                *("1.900003.01", "1.900003", "Tách thửa hoặc hợp thửa đất", ("H99.05",)),
                *(OnlineLevel.PARTIAL, False, "ministry", "land.portal.example.vn/nop"),
            ),
        ),
    }


def test_places_are_read(second: Catalogue) -> None:
    assert second.agencies["H99.05"] == Agency(
        "H99.05",
        "Sở Nông nghiệp và Môi trường",
        "H99",
        AgencyKind.DEPARTMENT,
        "đất đai",
        ("Sở Tài nguyên và Môi trường",),
    )
    assert second.communes == {
        "H99.100": Commune(
            *("H99.100", "99001", "Bình Mẫu", "ward", "phường Đông Mẫu và một phần của xã Tây Mẫu"),
            (
                FormerUnit("Phường Đông Mẫu", "Thành phố Mẫu", whole=True),
                FormerUnit("Xã Tây Mẫu", "Huyện Mẫu", whole=False),
            ),
        ),
        "H99.101": Commune(
            *("H99.101", "99002", "An Mẫu", "commune", "xã An Mẫu và phần còn lại của xã Tây Mẫu"),
            (FormerUnit("Xã An Mẫu", "Huyện Mẫu", whole=True), FormerUnit("Xã Tây Mẫu", "Huyện Mẫu", whole=False)),
        ),
    }


def test_fields_life_events_targets_and_decisions_are_read(second: Catalogue) -> None:
    assert second.fields == {
        "cu-tru": Field("cu-tru", "Cư trú", official=False, name_en="Residence"),
        "dat-dai": Field("dat-dai", "Đất đai", official=True, name_en="Land"),
        "ho-tich": Field("ho-tich", "Hộ tịch", official=True, name_en="Civil status"),
    }
    assert second.life_events == (
        LifeEvent(
            *("having-a-child", "Sinh con, nuôi con nhỏ", ("1.900001", "1.900002"), "Having a child"),
            *("Việc trong nhà", "At home"),
        ),
        LifeEvent("moving-home", "Chuyển chỗ ở", ("1.900005",), "Moving home", "Việc trong nhà", "At home"),
    )
    assert second.most_used == (MostUsed("1.900001", "Khai sinh", "Birth"),)
    assert second.next_steps == {"1.900001": ("1.900005",)}
    assert second.targets == (
        SatisfactionTarget(
            *("satisfaction-mau", "satisfaction", ">=", 0.8, "all", "using online public services"),
            *("ratings satisfied or better", "all valid ratings", "KH 1/KH-UBND", "Mẫu", "2026-01-01", "", ""),
        ),
    )
    assert second.decisions == (
        LegalDecision(*("1/KH-UBND", "2026-01-01", "UBND tỉnh Mẫu", "Plan for online public services", "in force", "")),
    )


def test_lexicon_is_read(second: Catalogue) -> None:
    assert second.lexicon == Lexicon(
        aliases=(Alias("con mới sinh", ("1.900001",)), Alias("giấy khai sinh", ("1.900001", "1.900002"))),
        rewrites=(
            Rewrite("đkks", "abbreviation", ("đăng ký khai sinh",), (), ()),
            Rewrite("mô", "dialect", ("đâu",), ("quy mô",), ()),
            Rewrite("hk", "abbreviation", ("hộ khẩu", "không"), (), ("giấy",)),
        ),
        fillers=(Filler("cho hỏi", "polite"), Filler("bao nhiêu tiền", "fee")),
        outside=(
            OutsideCue("greeting", "xin chào", whole=True, unless=()),
            OutsideCue("court", "ly hôn", whole=False, unless=("ghi chú ly hôn",)),
            OutsideCue("emergency_fire", "cháy nhà", whole=False, unless=()),
            OutsideCue("emergency_medical", "cấp cứu", whole=False, unless=()),
            OutsideCue("emergency_police", "bị cướp", whole=False, unless=()),
            OutsideCue("otp", "mã otp", whole=False, unless=()),
        ),
        qualifiers=(Qualifier("copy", ("bản sao", "trích lục"), ("bản sao", "sao lại")),),
        help=(
            HelpPhrase("full-process", "toàn trình là gì"),
            HelpPhrase("full-process", "what does full process mean"),
            HelpPhrase("about", "trợ lý này là gì"),
        ),
    )
