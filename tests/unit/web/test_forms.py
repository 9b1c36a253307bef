"""What a form sends, as it is read."""

from __future__ import annotations

from bot.web.forms import Form


def test_of_a_field_given_twice_the_last_counts() -> None:
    form = Form((("password", "one "), ("agency", "a"), ("password", " two"), ("agency", ""), ("agency", " b ")))
    assert (form.get("password"), form.raw("password"), form.all("agency")) == ("two", " two", ("a", "b"))
    assert (form.get("csrf"), form.raw("csrf"), form.all("csrf")) == ("", "", ())
