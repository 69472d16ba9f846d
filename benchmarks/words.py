"""What it costs to understand a typed word, and how often each way of likeness is wrong, on the same labelled words in one run.

Ratios compare within the run; times are of the processor. "wrong" is a word taken for another; a stranger is a word that is no
language of ours, or one few people speak here. `dictionary` and `ours` ask as the services do; the scorers are rapidfuzz alone
over the same spellings, at the same bar and margin, without our rules on brackets, single words and lookalikes. Of the strangers
`ours` takes only names that people here use for another language (Roma, Filipino).

    python -m benchmarks.words --rounds 5
"""

import argparse
import csv
import json
import platform
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from deploy.lookalikes import registered_names
from shared.vocabulary.likeness import LEAST, MARGIN, normalise
from shared.vocabulary.recognition import from_words
from shared.vocabulary.spellings import index, meanings
from shared.vocabulary.terms import Kind, languages_elsewhere, terms
from shared.vocabulary.understanding import Unknown, understand

SPELLINGS = Path(__file__).resolve().parent.parent / "tests" / "unit" / "vocabulary" / "spellings"
SCORERS: dict[str, tuple[Callable[..., float], float]] = {
    "osa": (OSA.normalized_similarity, 1),
    "ratio": (fuzz.ratio, 100),
    "jaro_winkler": (JaroWinkler.normalized_similarity, 1),
    "wratio": (fuzz.WRatio, 100),
}
"""With what their score is out of."""
Way = Callable[[str], str | None]
"""Gives the code that the word is taken for; None: it is asked."""


def labelled(name: str) -> list[dict[str, str]]:
    with (SPELLINGS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ours(typed: str) -> str | None:
    understood = understand(Kind.LANGUAGE, typed)
    return None if isinstance(understood, Unknown) else understood.code


def ours_anew(typed: str) -> str | None:
    """As for a word nobody has typed before."""
    understood = from_words.__wrapped__(Kind.LANGUAGE, typed)
    return None if isinstance(understood, Unknown) else understood.code


def dictionary(typed: str) -> str | None:
    meant = meanings(Kind.LANGUAGE, normalise(typed))
    return meant[0] if len(meant) == 1 else None


def scored(scorer: Callable[..., float], whole: float) -> Way:
    exact = index(Kind.LANGUAGE).exact
    spellings = list(exact)

    def way(typed: str) -> str | None:
        best: dict[str, float] = {}
        for spelling, score, _ in process.extract(normalise(typed), spellings, scorer=scorer, limit=12):
            for code in exact[spelling]:
                best.setdefault(code, score / whole)
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        clear = len(ranked) < 2 or ranked[0][1] - ranked[1][1] >= MARGIN - 1e-9
        return ranked[0][0] if ranked and ranked[0][1] >= LEAST and clear else None

    return way


def judged(way: Way, words: Sequence[dict[str, str]], strangers: Sequence[str]) -> dict[str, Any]:
    counts = Counter(outcome(way(row["typed"]), row["means"].split("|")) for row in words)
    taken = sum(way(typed) is not None for typed in strangers)
    return {
        **{f"{name}_percent": round(100 * counts[name] / len(words), 1) for name in ("right", "asked", "wrong")},
        "strangers_taken_percent": round(100 * taken / len(strangers), 2),
    }


def outcome(code: str | None, means: Sequence[str]) -> str:
    if code is None:
        return "right" if len(means) > 1 else "asked"
    return "right" if [code] == list(means) else "wrong"


def slipped(words: Sequence[tuple[Kind, str, str]], seed: int) -> list[tuple[Kind, str, str]]:
    """Each with one letter left out, doubled, swapped with the next, or another: made up, the same for a seed."""
    chance = random.Random(seed)
    made = []
    for kind, spelling, code in words:
        at = chance.randrange(len(spelling) - 1)
        before, here, after = spelling[:at], spelling[at], spelling[at + 1 :]
        wrong = chance.choice((after, here * 2 + after, after[0] + here + after[1:], chance.choice("aeiourstln") + after))
        made.append((kind, before + wrong, code))
    return made


def slips(seed: int) -> dict[str, Any]:
    spelt = [
        (kind, normalise(spelling), term.code)
        for kind in Kind
        for term in terms(kind).values()
        for spelling in (term.label, *term.aliases)
        if spelling.isascii() and len(normalise(spelling)) >= 5
    ]
    counts: Counter[str] = Counter()
    for kind, typed, code in slipped(spelt, seed):
        understood = understand(kind, typed)
        taken = None if isinstance(understood, Unknown) else understood.code
        counts["asked" if taken is None else "right" if taken == code else "wrong"] += 1
    return {"slips": len(spelt), **{f"{name}_percent": round(100 * count / len(spelt), 2) for name, count in counts.items()}}


def microseconds(way: Way, words: Sequence[str]) -> float:
    start = time.process_time_ns()
    for typed in words:
        way(typed)
    return (time.process_time_ns() - start) / len(words) / 1000


def timed(rounds: int, words: Sequence[str], known: Sequence[str]) -> dict[str, float]:
    """Median per word, the ways taken in turn so that other work on the machine meets them all."""
    ways = {name: (scored(*scorer), words) for name, scorer in SCORERS.items()}
    ways |= {"dictionary": (dictionary, known), "cached": (ours, words), "ours_anew": (ours_anew, words)}
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (way, typed) in ways.items():
            took[name].append(microseconds(way, typed))
    return {name: round(statistics.median(each), 2) for name, each in took.items()}


def measured(rounds: int, seed: int) -> dict[str, Any]:
    words = labelled("spellings")
    ours_or_near = terms(Kind.LANGUAGE).keys() | languages_elsewhere().keys()
    strangers = [row["typed"] for row in labelled("unknown")]
    strangers += random.Random(seed).sample([name for tag, name in registered_names() if tag not in ours_or_near], 1000)
    ways: dict[str, Way] = {"ours": ours} | {name: scored(*scorer) for name, scorer in SCORERS.items()}
    typed = [row["typed"] for row in words if row["sort"] == "slip"]
    known = [row["typed"] for row in words if dictionary(row["typed"])]
    per_word = timed(rounds, typed, known)
    return {
        "words": len(words),
        "strangers": len(strangers),
        "spellings": len(index(Kind.LANGUAGE).exact),
        "microseconds_per_word": per_word,
        "times_the_dictionary": {name: round(took / per_word["dictionary"], 1) for name, took in per_word.items()},
        "judged": {name: judged(way, words, strangers) for name, way in ways.items()},
        "made_up_slips_all_lists": slips(seed),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--out", type=Path, help="append the result to this file as a JSON line")
    chosen = options.parse_args()
    result = measured(chosen.rounds, chosen.seed)
    line = json.dumps(result | {"python": platform.python_version(), "at": datetime.now(UTC).isoformat(timespec="seconds")})
    sys.stdout.write(line + "\n")
    if chosen.out:
        with chosen.out.open("a") as file:
            file.write(line + "\n")


if __name__ == "__main__":
    main()
