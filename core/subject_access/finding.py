"""What in a text may be about somebody else, and is proposed to be taken out of it.

Too much is proposed rather than too little: whoever goes through it can lift what is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.subject_access import spelling
from core.subject_access.known import PARTICLES, Known, ordinary
from core.subject_access.spelling import Word

TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "madam", "pc", "dc", "ds",
    "sgt", "insp", "nurse", "auntie", "aunty", "aunt", "uncle", "nan", "nana", "gran",
    "grandma", "grandad", "granddad", "father", "sister",
})  # fmt: skip

# What looks like a name's capitals, and is how schools write.
ABBREVIATIONS = frozenset({
    "pe", "ta", "it", "gp", "re", "cp", "ep", "sen", "dsl", "tv", "am", "pm", "ok", "ht", "dht",
    "lsa", "pa", "hr", "pshe",
})  # fmt: skip

NUMBERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\w)(?:\+|00)\d[\d\s()-]{7,}\d(?!\w)",  # telephone, from abroad
        r"(?<!\w)\(?0\d[\d()\s-]{7,}\d(?!\w)",  # telephone
        r"(?<![\w#])\d{6,}(?!\w)",  # telephone or reference, without gaps
        r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\w",  # mail
        r"(?<!\w)@\w[\w.]+\w",  # an account of a social network
        r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}(?!\w)",  # postcode
    )
)

# A day as we write it: “Thu 26 Nov 2026” is about no child called Thu.
_DAY = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2} \d{4}")

_SPACE = re.compile(r"[ \t\u00a0\u202f.]*")
_WITHIN = re.compile(r"[ \t\u00a0\u202f.\-‐‑–]*")


@dataclass(frozen=True)
class Hit:
    """A place in a text that may name somebody; `doubtful` where it may also be a plain word."""

    begin: int
    end: int
    doubtful: bool = False


@dataclass
class _Found:
    """Some words that follow each other, and the names that they may be a part of."""

    first: int
    last: int
    names: set[int]
    doubtful: bool = False


def find(text: str, known: Known, named: Iterable[str] = ()) -> list[Hit]:
    """What is proposed of a text, in order. `named` are the words of who is not kept secret."""
    words, told = spelling.words(text), frozenset(named)
    found = [
        *_named(text, words, known),
        *_shortened(text, words, known),
        *_titled(text, words, told),
    ]
    grown = [_grown(text, words, known, each) for each in found]
    hits = [Hit(words[e.first].begin, _end(text, words[e.last]), e.doubtful) for e in grown]
    hits += [Hit(*match.span()) for pattern in NUMBERS for match in pattern.finditer(text)]
    days = [match.span() for match in _DAY.finditer(text)]
    return merged(text, [h for h in hits if not any(b <= h.begin and h.end <= e for b, e in days)])


def _end(text: str, word: Word) -> int:
    """The point after an initial belongs to it."""
    return word.end + (_is_letter(word) and text[word.end : word.end + 1] == ".")


def merged(text: str, hits: Iterable[Hit]) -> list[Hit]:
    """The same places without overlaps; two that only a space parts are one."""
    whole: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.begin, -each.end)):
        before = whole[-1] if whole else None
        if before and (hit.begin <= before.end or _WITHIN.fullmatch(text[before.end : hit.begin])):
            doubtful = before.doubtful and hit.doubtful
            whole[-1] = Hit(before.begin, max(before.end, hit.end), doubtful)
        else:
            whole.append(hit)
    return whole


def same(text: str, wanted: str) -> list[Hit]:
    """Every place at which a passage stands, in whatever spelling."""
    sought = [word.plain for word in spelling.words(wanted)]
    if not sought:
        return [Hit(*m.span()) for m in re.finditer(re.escape(wanted), text)] if wanted else []
    words = spelling.words(text)
    return [
        Hit(words[n].begin, words[n + len(sought) - 1].end)
        for n in range(len(words) - len(sought) + 1)
        if [word.plain for word in words[n : n + len(sought)]] == sought
    ]


def _named(text: str, words: Sequence[Word], known: Known) -> Iterator[_Found]:
    for n, word in enumerate(words):
        for first in _singular(word.plain):
            for form, names in known.forms.get(first, {}).items():
                last = n + len(form) - 1
                if not _follows(words, n, (first, *form[1:])):
                    continue
                is_shared = known.own.issuperset(form)
                if is_shared and _is_own(text, words, known, n, last):
                    continue
                is_plain = not word.capital and len(form) == 1 and first in ordinary()
                yield _Found(n, last, names, is_plain or is_shared)


def _is_own(text: str, words: Sequence[Word], known: Known, first: int, last: int) -> bool:
    """Whether words that the child shares with others stand beside another word of its name."""
    pairs = ((n, n + 1) for n in (first - 1, last) if n >= 0 and n + 1 < len(words))
    return any(
        words[a].plain in known.own
        and words[b].plain in known.own
        and _WITHIN.fullmatch(text[words[a].end : words[b].begin])
        for a, b in pairs
    )


def _singular(plain: str) -> Iterator[str]:
    """“Joshs” may be a Josh whose apostrophe was left out."""
    yield plain
    if len(plain) > 3 and plain.endswith("s"):
        yield plain[:-1]


def _follows(words: Sequence[Word], n: int, form: Sequence[str]) -> bool:
    there = words[n : n + len(form)]
    if len(there) < len(form):
        return False
    last = there[-1].plain
    return [w.plain for w in there[:-1]] == [*form[:-1]] and last in (form[-1], f"{form[-1]}s")


def _shortened(text: str, words: Sequence[Word], known: Known) -> Iterator[_Found]:
    """Initials: with points whoever they stand for, as bare capitals only of who is near."""
    for n, word in enumerate(words):
        if word.all_capitals and len(word.plain) > 1 and word.plain in known.bare:
            doubtful = word.plain in ABBREVIATIONS
            yield _Found(n, n, known.initials[word.plain], doubtful)
        if _is_letter(word):
            yield from _lettered(text, words, known, n)


def _lettered(text: str, words: Sequence[Word], known: Known, n: int) -> Iterator[_Found]:
    run, last = "", n
    while last < len(words) and _is_letter(words[last]) and len(run) < 5:
        if run and not _WITHIN.fullmatch(text[words[last - 1].end : words[last].begin]):
            break
        run += words[last].plain
        stop = text[words[last].end : words[last].end + 1]
        if run in known.initials and (len(run) > 1 or stop == "."):
            yield _Found(n, last, known.initials[run])
        last += 1


def _is_letter(word: Word) -> bool:
    return word.all_capitals and len(word.plain) == 1


def _titled(text: str, words: Sequence[Word], named: frozenset[str]) -> Iterator[_Found]:
    """“Mrs Kaya”: adults whom no list of the school has."""
    for n, word in enumerate(words[:-1]):
        last = n + 1
        while last < len(words) - 1 and words[last].plain in PARTICLES:
            last += 1
        gaps = (text[words[k].end : words[k + 1].begin] for k in range(n, last))
        if (
            word.plain in TITLES
            and words[last].capital
            and words[last].plain not in named
            and all(gap and _SPACE.fullmatch(gap) for gap in gaps)
        ):
            yield _Found(n, _last_of(text, words, last), set())


def _last_of(text: str, words: Sequence[Word], last: int) -> int:
    """The last word of a name that no list has: one more with a large letter may belong to it."""
    for gap in (" ", "-"):
        after = words[last + 1 : last + 2]
        if after and after[0].capital and text[words[last].end : after[0].begin] == gap:
            last += 1
    return last


def _grown(text: str, words: Sequence[Word], known: Known, found: _Found) -> _Found:
    """The same with the title, the initials and the other words of the name beside it."""
    first, last = found.first, found.last
    while first > 0 and _belongs(text, words, known, found, first - 1, first):
        first -= 1
    while last < len(words) - 1 and _belongs(text, words, known, found, last + 1, last):
        last += 1
    return _Found(first, last, found.names, found.doubtful and (first, last) == (
        found.first, found.last))  # fmt: skip


def _belongs(
    text: str, words: Sequence[Word], known: Known, found: _Found, n: int, beside: int
) -> bool:
    word, left = words[n], n < beside
    first, second = sorted((n, beside))
    gap = text[words[first].end : words[second].begin]
    if not (_WITHIN if not left else _SPACE).fullmatch(gap) or "\n" in gap:
        return False
    if left and word.plain in TITLES and word.capital:
        return True
    if not (word.capital or word.plain in PARTICLES):
        return False
    if _is_letter(word):
        return any(word.plain in known.letters[name] for name in found.names)
    return any(word.plain in known.parts[name] for name in found.names)
