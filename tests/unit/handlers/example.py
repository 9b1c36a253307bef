"""A small catalogue, an engine that answers by a table, and a turn: what the handlers' tests stand on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic_settings import SettingsConfigDict

from bot.catalog.guide import Guide
from bot.catalog.lexicon_model import Lexicon
from bot.catalog.model import (
    Agency,
    AgencyKind,
    Audience,
    Catalogue,
    Commune,
    EnglishName,
    Field,
    FormerUnit,
    LifeEvent,
    MostUsed,
    OnlineLevel,
    Procedure,
    Province,
    Service,
    Source,
    Tier,
)
from bot.dialogue.choices import Target
from bot.dialogue.conversation import Conversation
from bot.dialogue.keeping import USUAL
from bot.dialogue.turn import Turn
from bot.search.language import Language
from bot.search.model import Candidate, Decision, SearchResult, Verdict
from bot.settings import Settings
from bot.texts import load_texts


class FileFree(Settings):
    """The settings without the `.env` of whoever runs the tests."""

    model_config = SettingsConfigDict(env_file=None)


PROVINCE = Province(
    name="Mẫu",
    full_name="tỉnh Mẫu",
    code="H99",
    assistant_name="Một Cửa Mẫu",
    operator="Ủy ban nhân dân tỉnh Mẫu",
    service_centre="Trung tâm Phục vụ hành chính công",
    full_name_en="Mẫu province",
    operator_en="the People's Committee of Mẫu province",
    link_hosts=("portal.test", "id.test"),
    portal_home="https://portal.test",
    portal_procedure="https://portal.test/p/{portal_id}",
    portal_search="https://portal.test/s?keyword={code}",
    identity_help="https://id.test",
    links_checked=date(2026, 11, 1),
)
SITE = "https://site.test"
LONG_TITLE = "Cấp giấy phép " + "khai thác khoáng sản và " * 6 + "đất đá"


def procedure(
    code: str,
    title: str,
    *,
    field: str = "ho-tich",
    tiers: str = "X",
    ministry: str = "Bộ Tư pháp",
    online_listed: bool | None = None,
    portal_id: str | None = None,
    superseded_by: str | None = None,
    maybe_superseded: bool = False,
    short_name: str | None = None,
    label: str | None = None,
    difference: str | None = None,
    english: EnglishName | None = None,
) -> Procedure:
    return Procedure(
        code=code,
        name=title,
        title=title,
        field_id=field,
        field_is_official=True,
        tiers=frozenset(map(Tier, tiers)),
        ministry=ministry,
        audience=frozenset({Audience.CITIZENS}),
        online_listed=online_listed,
        portal_id=portal_id,
        as_of=date(2026, 6, 10),
        superseded_by=superseded_by,
        maybe_superseded=maybe_superseded,
        short_name=short_name,
        label=label,
        difference=difference,
        english=english,
    )


def service(code: str, agencies: str, level: OnlineLevel, *, part: str = "01", trial: bool = False) -> Service:
    return Service(
        service_code=f"{code}.{part}",
        code=code,
        name="",
        agencies=tuple(agencies.split()),
        level=level,
        trial=trial,
        system="province",
        host="portal.test",
    )


_COMMUNES = ("An Bình", "Bình Minh", "Cửa Lò")
_FORMER = (
    (FormerUnit("Xã Núi", "Huyện Cũ", whole=True), FormerUnit("Xã Đồi", "Huyện Cũ", whole=False)),
    (FormerUnit("Xã Đồi", "Huyện Cũ", whole=False),),
    (),
)
_AGENCIES = (
    Agency("H99", "Ủy ban nhân dân tỉnh Mẫu", None, AgencyKind.PEOPLES_COMMITTEE, "", ()),
    Agency("H99.05", "Sở Đất đai", None, AgencyKind.DEPARTMENT, "", ()),
    Agency("H99.05.06", "Văn phòng Đăng ký đất đai", "H99.05", AgencyKind.BRANCH, "", ()),
    Agency("H99.05.06.1", "Chi nhánh Văn phòng Đăng ký Núi", "H99.05.06", AgencyKind.BRANCH, "", ()),
    Agency("H99.05.06.2", "Chi nhánh Văn phòng Đăng ký Biển", "H99.05.06", AgencyKind.BRANCH, "", ()),
    *(Agency(f"H99.10{n}", name, None, AgencyKind.COMMUNE, "", ()) for n, name in enumerate(_COMMUNES)),
)
_PROCEDURES = (
    procedure(
        "1.000001",
        "Đăng ký khai sinh",
        portal_id="aaaa",
        label="Khai sinh: lần đầu",
        difference="Trẻ mới sinh, chưa từng khai sinh; khai lại là thủ tục khác.",
        english=EnglishName("Registration of birth", "Birth: first registration", "For a child never registered."),
    ),
    procedure("1.000002", LONG_TITLE, field="khoang-san", tiers="T", maybe_superseded=True),
    procedure("1.000003", "Tách thửa đất", field="dat-dai"),
    procedure("1.000004", "Đăng ký thường trú", ministry="Bộ Công an", online_listed=True),
    procedure("1.000005", "Khai sinh (cũ)", superseded_by="1.000001"),
    procedure("1.000006", "Đăng ký kết hôn"),
    procedure("1.000007", "Đăng ký khai tử", online_listed=False),
    procedure("1.000008", "Tách thửa đất", field="dat-dai", tiers="T"),
    procedure("1.000009", "Nhận cha, mẹ, con", tiers="TX"),
)
_ALL = "H99.100 H99.101 H99.102"
_SERVICES = (
    service("1.000001", _ALL, OnlineLevel.FULL),
    service("1.000002", "H99.05", OnlineLevel.PARTIAL),
    service("1.000003", "H99.100 H99.101", OnlineLevel.FULL),
    service("1.000003", "H99.102", OnlineLevel.PARTIAL),
    service("1.000006", _ALL, OnlineLevel.FULL, trial=True),
    service("1.000006", _ALL, OnlineLevel.PARTIAL, part="02", trial=True),
    service("1.000008", "H99.05", OnlineLevel.FULL),
    service("1.000008", "H99.05.06.1 H99.05.06.2", OnlineLevel.PARTIAL),
)


def catalogue(life_events: tuple[LifeEvent, ...] | None = None) -> Catalogue:
    events = (
        (LifeEvent("birth", "Sinh con", ("1.000001", "1.000009"), "Having a child", "Gia đình", "Family"),)
        if life_events is None
        else life_events
    )
    services: dict[str, tuple[Service, ...]] = {}
    for offered in _SERVICES:
        services[offered.code] = (*services.get(offered.code, ()), offered)
    return Catalogue(
        province=PROVINCE,
        version="0123456789ab",
        as_of=date(2026, 10, 3),
        procedures={p.code: p for p in _PROCEDURES},
        services=services,
        agencies={a.code: a for a in _AGENCIES},
        communes={
            f"H99.10{n}": Commune(f"H99.10{n}", f"0000{n}", name, "commune", "", _FORMER[n])
            for n, name in enumerate(_COMMUNES)
        },
        fields={
            "ho-tich": Field("ho-tich", "Hộ tịch", official=True, name_en="Civil status"),
            "dat-dai": Field("dat-dai", "Đất đai", official=True, name_en="Land"),
            "khoang-san": Field("khoang-san", "Khoáng sản", official=True, name_en="Minerals"),
        },
        life_events=events,
        most_used=(MostUsed("1.000001", "Khai sinh", "Birth"),),
        next_steps={"1.000001": ("1.000004",)},
        targets=(),
        decisions=(),
        sources=(Source("services.csv", "", "", date(2026, 10, 3), ""),),
        lexicon=Lexicon((), (), (), (), ()),
    )


class TableEngine:
    """Answers from a table; anything else is not found."""

    def __init__(
        self, table: Mapping[str, SearchResult] | None = None, topics: Mapping[str, str] | None = None
    ) -> None:
        self._table = table or {}
        self._topics = topics or {}

    def search(self, text: str, language: Language = "vi") -> SearchResult:  # noqa: ARG002 - as the engine is asked
        return self._table.get(text) or SearchResult((Decision(text, Verdict.NOT_FOUND),))

    def help_topic(self, text: str, language: Language = "vi") -> str | None:  # noqa: ARG002 - as the search has it
        return self._topics.get(text)

    def language(self, text: str) -> Language | None:  # noqa: ARG002 - as the engine is asked
        return None


def answered(code: str, *, asks: tuple[str, ...] = ()) -> Decision:
    return Decision("", Verdict.ANSWERED, (Candidate(code, 1.0), Candidate("1.000007", 0.5)), asks=asks)


def asked_back(*codes: str, asks: tuple[str, ...] = ()) -> Decision:
    candidates = tuple(Candidate(code, 0.7) for code in codes)
    return Decision("", Verdict.ASKED_BACK, (*candidates, Candidate("1.000007", 0.4)), choices=len(codes), asks=asks)


def outside(intent: str) -> Decision:
    return Decision("", Verdict.OUT_OF_SCOPE, intent=intent)


def turn(
    text: str = "",
    target: Target | None = None,
    conversation: Conversation | None = None,
    table: Mapping[str, SearchResult] | None = None,
    data: Catalogue | None = None,
    topics: Mapping[str, str] | None = None,
    language: str = "vi",
) -> Turn:
    engine, guide = TableEngine(table, topics), Guide.of(data or catalogue())
    return Turn(text, target, conversation or Conversation(), guide, engine, load_texts(language), SITE, USUAL)
