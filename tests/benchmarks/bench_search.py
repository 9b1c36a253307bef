"""`make bench-search`: how good and how fast the search is, beside ready-made matchers, in one run.

Usage: python -m tests.benchmarks.bench_search [FILE.csv …] [--english] [--no-peers] [--no-scale] [--failures]
"""

from __future__ import annotations

import argparse
import dataclasses
import gc
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.search.engine import SearchEngine
from bot.search.fold import fold
from bot.search.language import Language
from bot.search.model import SearchResult, Verdict
from tests.benchmarks.peers import Matcher, all_peers
from tests.benchmarks.questions import ANSWER, ASK_BACK, NONE, Question, read_questions

ROOT = Path(__file__).parents[2]
OWN_QUESTIONS = ROOT / "tests" / "fixtures" / "questions.csv"
ENGLISH_QUESTIONS = ROOT / "tests" / "fixtures" / "questions_english.csv"
SHIPPED = ROOT / "catalog_data"


def accepted(catalogue: Catalogue, question: Question) -> frozenset[str]:
    """The codes that count as right; a superseded one stands for its successor."""
    successors = {catalogue.procedures[c].superseded_by for c in question.codes if c in catalogue.procedures}
    return question.codes | {code for code in successors if code}


def codes_of(result: SearchResult) -> list[str]:
    """The codes in the order in which a citizen meets them: each wish's first, then the rest."""
    firsts = [wish.candidates[0].code for wish in result.wishes if wish.candidates]
    rest = [candidate.code for wish in result.wishes for candidate in wish.candidates[1:]]
    return list(dict.fromkeys([*firsts, *rest]))[:10]


def measure_quality(
    catalogue: Catalogue, questions: Sequence[Question], results: Sequence[SearchResult], failures: bool
) -> None:
    rows: dict[str, tuple[int, int]] = {}

    def count(name: str, right: bool) -> None:
        hits, total = rows.get(name, (0, 0))
        rows[name] = (hits + right, total + 1)

    for question, result in zip(questions, results, strict=True):
        verdict, codes, right = result.first.verdict, codes_of(result), accepted(catalogue, question)
        found = verdict in (Verdict.ANSWERED, Verdict.ASKED_BACK)
        wrong = False
        if question.expect == ANSWER:
            first = found and bool(codes) and codes[0] in right
            count("first answer right", first)
            count("right among five", found and bool(right & set(codes[:5])))
            count("answered at once", verdict is Verdict.ANSWERED)
            wrong = not first
        elif question.expect == ASK_BACK:
            asked = verdict is Verdict.ASKED_BACK
            count("asked back where it must", asked)
            count("  … with a right candidate", asked and bool(right & set(codes[:5])))
            count("wrong answer given instead", verdict is Verdict.ANSWERED and codes[0] not in right)
            wrong = not asked
        elif question.expect == NONE:
            wrong = verdict is Verdict.ANSWERED
            count("service answered where there is none", wrong)
            count("asked back where there is none", verdict is Verdict.ASKED_BACK)
        if failures and wrong:
            shown = " | ".join(f"{c} {catalogue.procedures[c].title[:50]}" for c in codes[:3])
            wanted = " ".join(sorted(right))[:60]
            print(f"  ✗ [{question.expect}] {question.query[:110]} → {verdict} {shown}; wanted {wanted}")
    for name, (hits, total) in rows.items():
        print(f"  {name:<38} {hits:>4}/{total:<4} {hits / total:7.1%}")


def timed(
    engine: SearchEngine, questions: Sequence[Question], language: Language = "vi"
) -> tuple[list[SearchResult], list[float]]:
    results, times = [], []
    for question in questions:
        start = time.perf_counter()
        results.append(engine.search(question.query, language))
        times.append((time.perf_counter() - start) * 1000)
    return results, times


def percentiles(times: Sequence[float]) -> str:
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"p50 {statistics.median(ordered):6.2f} ms   p99 {p99:6.2f} ms   max {ordered[-1]:6.2f} ms"


def multiplied(catalogue: Catalogue, times: int) -> Catalogue:
    """The catalogue `times` times over: copies bear other codes and a word of their own."""
    procedures = dict(catalogue.procedures)
    for copy in range(1, times):
        for code, procedure in catalogue.procedures.items():
            other = f"{code}#{copy}"
            title = f"{procedure.title} vùng {copy}"
            procedures[other] = dataclasses.replace(procedure, code=other, title=title, name=title)
    aliases = list(catalogue.lexicon.aliases)
    for copy in range(1, times):
        aliases.extend(
            dataclasses.replace(a, phrase=f"{a.phrase} vùng {copy}", codes=tuple(f"{c}#{copy}" for c in a.codes))
            for a in catalogue.lexicon.aliases
        )
    lexicon = dataclasses.replace(catalogue.lexicon, aliases=tuple(aliases))
    return dataclasses.replace(catalogue, procedures=procedures, lexicon=lexicon)


def measure_scale(catalogue: Catalogue, questions: Sequence[Question]) -> None:
    print("\nCost by size of the catalogue")
    for times in (1, 10, 40):
        larger = multiplied(catalogue, times)
        gc.collect()
        start = time.perf_counter()
        engine = SearchEngine(larger)
        built = time.perf_counter() - start
        timed(engine, questions[:50])
        _, spent = timed(engine, questions[:400])
        print(f"  {times:>3}×  {len(larger.procedures):>7} procedures   built in {built:6.2f} s   {percentiles(spent)}")


def resident_megabytes() -> float:
    """The memory this process holds now, in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def measure_peers(catalogue: Catalogue, questions: Sequence[Question]) -> None:
    codes = [code for code, procedure in catalogue.procedures.items() if procedure.superseded_by is None]
    answered = [question for question in questions if question.expect == ANSWER]
    print(f"\nReady-made matchers on the same {len(answered)} questions (titles only)")
    for name, matcher in all_peers([catalogue.procedures[code].title for code in codes]).items():
        measure_peer(catalogue, codes, answered, name, matcher)


def measure_peer(
    catalogue: Catalogue, codes: Sequence[str], questions: Sequence[Question], name: str, matcher: Matcher
) -> None:
    first = five = 0
    times = []
    for question in questions:
        right = accepted(catalogue, question)
        start = time.perf_counter()
        found = [codes[at] for at in matcher(fold(question.query))]
        times.append((time.perf_counter() - start) * 1000)
        first += bool(found) and found[0] in right
        five += bool(right & set(found[:5]))
    total = max(len(questions), 1)
    print(f"  {name:<28} first {first / total:6.1%}   among five {five / total:6.1%}   {percentiles(times)}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measures the search: quality, speed, peers.")
    parser.add_argument("files", nargs="*", type=Path, help="question files (CSV); without any, the project's own")
    parser.add_argument("--english", action="store_true", help="the question files are asked by readers of English")
    parser.add_argument("--no-peers", action="store_true", help="leave the ready-made matchers out")
    parser.add_argument("--no-scale", action="store_true", help="leave the larger catalogues out")
    parser.add_argument("--failures", action="store_true", help="print every question that went wrong")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    catalogue = load_catalogue(SHIPPED)
    loaded = time.perf_counter()
    engine = SearchEngine(catalogue)
    built = time.perf_counter()
    print(
        f"catalogue {catalogue.version}: {len(catalogue.procedures)} procedures loaded in {loaded - start:.2f} s, ",
        end="",
    )
    print(
        f"{len(engine.index.docs)} wordings indexed in {built - loaded:.2f} s, {resident_megabytes():.0f} MB resident"
    )
    language: Language = "en" if options.english else "vi"
    files: dict[Path, Language] = dict.fromkeys(options.files, language) or {
        OWN_QUESTIONS: "vi",
        ENGLISH_QUESTIONS: "en",
    }
    everything: list[Question] = []
    for path, asked_in in files.items():
        questions = read_questions(path)
        if asked_in == "vi":
            everything.extend(questions)
        print(f"\n{path.name}: {len(questions)} questions")
        results, times = timed(engine, questions, asked_in)
        measure_quality(catalogue, questions, results, options.failures)
        print(f"  {percentiles(times)}")
    if not options.no_peers:
        measure_peers(catalogue, everything)
    if not options.no_scale:
        measure_scale(catalogue, everything)
    return 0


if __name__ == "__main__":
    sys.exit(main())
