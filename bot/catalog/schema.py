"""Which files a catalogue is made of, and their columns."""

from __future__ import annotations

PROVINCE = "province.toml"
SOURCES = "sources.toml"
HELP_TOPICS = "help_topics.toml"
ALIASES_FOLDER = "lexicon/aliases"
ALIASES_COLUMNS = ("phrase", "codes")

COLUMNS: dict[str, tuple[str, ...]] = {
    "procedures.csv": (
        *("code", "name", "field", "field_source", "tiers", "ministry", "audience", "online_listed"),
        *("portal_id", "as_of", "superseded_by", "maybe_superseded"),
    ),
    "services.csv": ("service_code", "code", "name", "agencies", "level", "status", "system", "host"),
    "removed.csv": ("code", "since", "decision"),
    "agencies.csv": ("code", "name", "parent", "kind", "work", "names_before_2025"),
    "communes.csv": ("agency_code", "statistics_code", "name", "kind", "formed_from"),
    "communes_before_2025.csv": ("old_name", "old_district", "new_statistics_code", "whole"),
    "fields.csv": ("id", "name", "name_en", "official"),
    "targets.csv": (
        *("id", "what", "comparator", "value", "scope", "object", "numerator", "denominator"),
        *("source", "province", "valid_from", "valid_to", "note"),
    ),
    "decisions.csv": ("number", "date", "issuer", "title_en", "status", "replaces"),
    "life_events.csv": ("id", "title", "title_en", "group", "group_en"),
    "most_needed.csv": ("life_event", "code"),
    "most_used.csv": ("code", "name", "name_en"),
    "next_steps.csv": ("code", "next"),
    "labels.csv": ("code", "short_name", "label", "difference"),
    "lexicon/rewrites.csv": ("phrase", "kind", "meanings", "unless", "near"),
    "lexicon/fillers.csv": ("phrase", "kind"),
    "lexicon/outside.csv": ("intent", "phrase", "whole", "unless"),
    "lexicon/qualifiers.csv": ("id", "in_title", "cues"),
    "lexicon/help.csv": ("topic", "phrase"),
    "english/procedures.csv": ("code", "title", "label", "difference"),
    "english/aliases.csv": ALIASES_COLUMNS,
    "english/rewrites.csv": ("phrase", "kind", "meanings", "unless", "near"),
    "english/fillers.csv": ("phrase", "kind"),
    "english/outside.csv": ("intent", "phrase", "whole", "unless"),
    "english/qualifiers.csv": ("id", "in_title", "cues"),
    "english/words.csv": ("word",),
}

ADDED_LATER = frozenset({"removed.csv"})
"""Tables that came with a later release than catalogues may have been published by: without the file, without rows.

A publication is never rewritten, and an older one must be served by a newer release. So every table that is added to
`COLUMNS` from now on stands here as well.
"""


def header_of(path: str) -> bytes:
    """A table without rows."""
    return (",".join(COLUMNS[path]) + "\n").encode("utf-8")
