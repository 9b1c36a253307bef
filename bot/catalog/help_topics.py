"""help_topics.toml: what the help section explains, on whose word, and where each topic leads.

The sentences themselves are texts: `help_topic.<id>.title` and `help_topic.<id>.text`, in every language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from bot.catalog.codes import is_public_code
from bot.catalog.decisions import NUMBER
from bot.catalog.model import HelpTopic
from bot.catalog.report import quote
from bot.catalog.shown import Targets
from bot.catalog.tables import Table
from bot.catalog.toml_files import TomlFile, TomlSection
from bot.texts import load_texts

LANGUAGES = ("vi", "en")
TITLE_LIMIT = 40
"""A title is a choice's label."""
MOST_OFFERED = 6
"""Related topics and procedures together: the ways back stand beside them."""
PORTAL, IDENTITY = "portal", "identity"
"""Links by what they open; their addresses are the province's, whose hosts are checked."""

_KEYS = frozenset({"id", "source", "as_of", "links", "related", "procedures", "intents"})
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){0,5}")


def read_help_topics(file: TomlFile, decisions: Table, outside: Table, targets: Targets) -> tuple[HelpTopic, ...]:
    """The topics, in the order of their file.

    Reports what leads nowhere: ids of topics, codes of procedures, numbers of decisions, intents; and topics that a
    language has no sentences for.
    """
    sections = file.sections("topic")
    known = {section.text("id") for section in sections}
    numbers = {row["number"] for row in decisions.rows} if decisions.readable else None
    intents = {row["intent"] for row in outside.rows} if outside.readable else None
    topics: dict[str, HelpTopic] = {}
    for section in sections:
        topic = _topic(section)
        if topic.id in topics:
            section.problem("id", f"topic {topic.id} stands twice", "each id once")
        _check_texts(section, topic.id)
        _check_source(section, topic.source, numbers)
        _check_ways(section, topic, known, targets)
        for intent in topic.intents:
            if intents is not None and intent not in intents:
                section.problem("intents", f"intent {quote(intent)} is not known", "an intent of lexicon/outside.csv")
        topics.setdefault(topic.id, _as_listed(topic, targets))
    return tuple(topics.values())


def check_phrases(topics: Sequence[HelpTopic], phrases: Table) -> None:
    """Every phrase leads to a topic, and every topic can be asked for."""
    known = {topic.id for topic in topics}
    for row in phrases.rows:
        if row["topic"] not in known:
            row.problem("topic", f"topic {row['topic'] or '(empty)'} is not known", "an id of help_topics.toml")
    if phrases.readable:
        for topic in sorted(known - {row["topic"] for row in phrases.rows}):
            phrases.report.add(phrases.path, 0, 0, f"no phrase for {topic}", "one line at least")


def _topic(section: TomlSection) -> HelpTopic:
    section.only(_KEYS)
    topic_id = section.text("id")
    if topic_id and not _ID.fullmatch(topic_id):
        section.problem("id", f"id is {quote(topic_id)}", "small ASCII letters, digits and dashes, at most six words")
    return HelpTopic(
        id=topic_id,
        source=section.text("source", may_be_empty=True),
        as_of=section.day("as_of"),
        links=section.listed("links"),
        related=section.listed("related"),
        procedures=section.listed("procedures"),
        intents=section.listed("intents"),
    )


def _as_listed(topic: HelpTopic, targets: Targets) -> HelpTopic:
    """The topic without procedures that left the list."""
    links = (targets.listed((link,)) if is_public_code(link) else (link,) for link in topic.links)
    return replace(topic, links=tuple(chain.from_iterable(links)), procedures=targets.listed(topic.procedures))


def _check_texts(section: TomlSection, topic_id: str) -> None:
    for language in LANGUAGES:
        sentences = load_texts(language).sentences
        for part in ("title", "text"):
            text_id = f"help_topic.{topic_id}.{part}"
            if topic_id and text_id not in sentences:
                section.problem("id", f"no text {text_id} in {language}", "sentences in every language")
        title = sentences.get(f"help_topic.{topic_id}.title", "")
        if len(title) > TITLE_LIMIT:
            section.problem("id", f"the title in {language} has {len(title)} characters", f"at most {TITLE_LIMIT}")


def _check_source(section: TomlSection, source: str, numbers: set[str] | None) -> None:
    for number in NUMBER.findall(source):
        if numbers is not None and number not in numbers:
            section.problem("source", f"decision {number} is not known", "a number of decisions.csv")


def _check_ways(section: TomlSection, topic: HelpTopic, known: set[str], targets: Targets) -> None:
    for link in topic.links:
        if is_public_code(link):
            targets.check(section, "links", link)
        elif link not in (PORTAL, IDENTITY):
            section.problem("links", f"link {quote(link)}", f"{PORTAL}, {IDENTITY}, or the code of a procedure")
    for other in topic.related:
        if other not in known or other == topic.id:
            section.problem("related", f"{quote(other)} is no other topic", "ids of this file")
    for code in topic.procedures:
        targets.check(section, "procedures", code)
    if len(tuple(chain(topic.related, topic.procedures))) > MOST_OFFERED:
        section.problem("related", "too many ways on", f"at most {MOST_OFFERED} topics and procedures together")
