from __future__ import annotations

from bot.catalog.words_apart import missing_words

PUBLISHED = {
    "procedures.csv": b"code,name\n1,a\n",
    "lexicon/fillers.csv": b"phrase,kind\nxin,polite\n",
    "lexicon/aliases/one.csv": b"phrase,codes\ngiay ra doi,1.000001\nso do,1.000002\n",
    "english/words.csv": b"word\nbirth\n",
}


def test_the_same_words_lack_nothing_whoever_they_lead_to() -> None:
    moved = {
        **PUBLISHED,
        "lexicon/aliases/one.csv": b"phrase,codes\ngiay ra doi,1.000009\n",
        "lexicon/aliases/two.csv": b"phrase,codes\nso do,1.000002\n",
    }
    assert missing_words(PUBLISHED, PUBLISHED) == missing_words(moved, PUBLISHED) == {}


def test_new_words_are_counted_by_their_file() -> None:
    shipped = {
        **PUBLISHED,
        "procedures.csv": b"code,name\n1,b\n",
        "lexicon/fillers.csv": b"phrase,kind\nxin,polite\nnho,polite\nxin,other\n",
        "lexicon/aliases/new.csv": b"phrase,codes\nso do,1.000002\nso hong,1.000002\n",
        "lexicon/new.csv": b"phrase,kind\nx,y\n",
        "english/words.csv": b"word\n",
    }
    assert missing_words(shipped, PUBLISHED) == {
        "lexicon/aliases/new.csv": 1,
        "lexicon/fillers.csv": 2,
        "lexicon/new.csv": 1,
    }


def test_what_is_empty_or_no_table_lacks_nothing() -> None:
    assert missing_words({"lexicon/fillers.csv": b""}, {}) == {}
    assert missing_words({"lexicon/fillers.csv": b"phrase\n\xff\n"}, {}) == {"lexicon/fillers.csv": 1}
