"""Bodies named together, and read again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.agency_words import agency_words, read_agency_words
from bot.catalog.model import Catalogue
from tests.unit.shipped import shipped_catalogue


def test_bodies_that_go_together_are_named_together(second: Catalogue) -> None:
    assert agency_words(second, ("H99.100", "H99", "H99.101", "H99.05")) == (
        "Ủy ban nhân dân tỉnh Mẫu;\nSở Nông nghiệp và Môi trường;\nỦy ban nhân dân xã, phường (2)"
    )
    assert agency_words(second, ("H99.101",)) == "Ủy ban nhân dân xã An Mẫu"
    assert agency_words(second, ()) == ""


def test_words_that_name_nobody(shipped: Catalogue) -> None:
    assert read_agency_words(shipped, "Sở Không Có") is None
    assert read_agency_words(shipped, "Ủy ban nhân dân xã, phường (68)") is None
    assert read_agency_words(shipped, "Ủy ban nhân dân xã, phường: Thành Sen, Không Có") is None
    assert read_agency_words(shipped, "Sở Y tế [H27.9999]") is None
    assert read_agency_words(shipped, "") is None


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_what_was_named_is_read_again(data: st.DataObject) -> None:
    shipped = shipped_catalogue()
    communes = st.sets(st.sampled_from(sorted(shipped.communes)))
    some = st.sets(st.sampled_from(sorted(shipped.agencies)), max_size=20)
    all_communes = st.just(set(shipped.communes))
    military = st.just({code for code, a in shipped.agencies.items() if a.name == "Ban Chỉ huy quân sự xã, phường"})
    codes = data.draw(st.one_of(communes, some, all_communes, military)) | data.draw(some)
    written = agency_words(shipped, codes)
    # A page may break its lines anywhere.
    assert read_agency_words(shipped, written.replace(" ", "\n")) == (
        tuple(code for code in shipped.agencies if code in codes) or None
    )
