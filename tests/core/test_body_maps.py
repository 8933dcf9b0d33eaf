"""Body maps: a mark is kept as it was set and described, and shown as it was kept."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import (
    actions,
    body_maps,
    body_pictures,
    chronology,
    clock,
    forms,
    incidents,
    injuries,
    map_forms,
    map_problems,
    outlines,
)
from core.body_maps import Drawn
from core.drawings import PARTS, Drawing
from core.errors import Refused
from core.forms import Incomplete
from core.inspection import Inspected
from core.map_forms import Form, Mark, Unplaced
from core.person import Person
from core.records import Attachment, BodyMark
from core.store import Record, new_id
from tests.core.school import BORN, School, a_concern, how_many, linked, plain, recorded

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
HERE = {"id": "00000000-1", "view": "front", "x": 0.5, "y": 0.4}


def a_mark(region: str = "left-forearm", view: str = "back", **said: Any) -> Mark:
    x, y = outlines.view(view, outlines.OLDER).centre_of(region)
    mark = Mark(id=new_id(), view=view, x=x, y=y, region=region, kind="bruise")
    return replace(mark, **said)


def a_map(*marks: Mark, **said: Any) -> Form:
    form = Form(
        build=outlines.OLDER,
        marks=list(marks) or [a_mark()],
        seen_by="Mr Tom Birch",
        seen_at=clock.now() - timedelta(minutes=5),
        advice_sought=False,
        advice="The skin is not broken",
    )
    return replace(form, **said)


def kept(school: School, form: Form, *, by: Person | None = None) -> Drawn:
    """What the lead reads of a map that Mr Birch added with a new incident."""
    incident = recorded(school, a_concern(school.amy, body_map=form), by=by or school.birch)
    (drawn,) = incidents.open(school.store, incident, by=school.lead).body_maps
    return drawn


def wrong(form: Form, **more: Any) -> dict[str, str]:
    return map_problems.of(form, **more)


# What is set, drawn and said is kept.

SQUARE = Drawing(((("M", 60_000, 40_000), ("L", 62_000, 42_000)),))

EVERYTHING: dict[str, Any] = {
    "kind": "other",
    "described": "three small round marks in a row",
    "length_cm": 2.5,
    "breadth_cm": 0.5,
    "shape": "round",
    "colour": "darker than the skin",
    "skin_broken": "yes",
    "swollen": "no",
    "surface": ("scab", "bleeding"),
    "cleanness": "dirty",
    "painful": "yes",
    "warm": "no",
    "stiff": "yes",
    "basis": "seen",
    "child_words": "“It was -> *him*.”",
    "parent_words": "He fell.",
    "first_aid": "Cold water, ten minutes",
    "drawing": SQUARE,
}


def test_everything_that_was_said_of_a_mark_is_read_again(school: School) -> None:
    (mark,) = kept(school, a_map(a_mark(**EVERYTHING))).marks
    same = EVERYTHING.keys() - {"length_cm", "breadth_cm", "drawing"}
    assert {name: getattr(mark, name) for name in same} == {n: EVERYTHING[n] for n in same}
    assert (mark.length_mm, mark.breadth_mm) == (25, 5)
    assert mark.drawing == SQUARE.text
    assert (mark.drawn_x, mark.drawn_y, mark.drawn_width, mark.drawn_height) == SQUARE.extent
    assert (mark.number, mark.view, mark.region) == (1, "back", "left-forearm")


def test_everything_that_was_said_is_told_where_it_is_shown(school: School) -> None:
    (mark,) = kept(school, a_map(a_mark(**EVERYTHING))).marks
    told = " ".join(f"{each.label}: {each.value}." for each in injuries.told(mark))
    for words in ("Size: 2.5 × 0.5 cm", "Skin broken: Yes", "Swollen: No", "On it: Scab, bleeding",
                  "Clean: Dirty", "Painful: Yes", "Warm: No", "Movement restricted: Yes",
                  "Seen or told: I saw it", "First aid: Cold water"):  # fmt: skip
        assert words in told
    assert injuries.kind(mark) == "Other: three small round marks in a row"


def test_what_nobody_said_is_not_told(school: School) -> None:
    (mark,) = kept(school, a_map()).marks
    assert list(injuries.told(mark)) == [] and injuries.kind(mark) == "Bruise"


places = st.floats(0, 1)
spots = st.builds(
    lambda view, x, y, drawn: (view, x, y, drawn),
    st.sampled_from(outlines.VIEWS), places, places, st.booleans(),
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(spots, TEXT, st.integers(1, 1000).map(lambda mm: mm / 10)), min_size=1, max_size=6
    )
)
def test_whatever_is_touched_and_said_is_shown_the_same(school: School, given_: Any) -> None:
    form = a_map()
    map_forms.touched(form, [
        {"id": f"{n:08}", "view": view, "x": x, "y": y}
        for n, ((view, x, y, _), _, _) in enumerate(given_)
    ])  # fmt: skip
    for mark, (_, said, cm) in zip(form.marks, given_, strict=True):
        mark.kind, mark.child_words, mark.length_cm = "cut", said, cm
        regions = list(outlines.view(mark.view, form.build).regions)
        mark.region = mark.region or regions[0]
    drawn = kept(school, form)
    for number, (mark, shown) in enumerate(zip(form.marks, drawn.marks, strict=True), 1):
        assert shown.number == number
        assert (shown.view, shown.region) == (mark.view, mark.region)
        assert (shown.x / PARTS, shown.y / PARTS) == (mark.x, mark.y)
        assert shown.child_words == mark.child_words
        assert shown.length_mm == round((mark.length_cm or 0) * 10)
        assert any(math.dist(each, (mark.x, mark.y)) < 0.002 for each in circles(drawn, mark.view))


def circles(drawn: Drawn, view: str) -> list[tuple[float, float]]:
    """Where a picture shows marks, as parts of the view."""
    drawing = outlines.view(view, drawn.map.build)
    picture = ElementTree.fromstring(body_pictures.of(drawn, view))  # noqa: S314 - our own
    return [
        (float(c.attrib["cx"]) / drawing.width, float(c.attrib["cy"]) / drawing.height)
        for c in picture.iter("{http://www.w3.org/2000/svg}circle")
    ]


def test_a_picture_shows_numbers_shapes_and_the_sides_of_the_child(school: School) -> None:
    drawn = kept(school, a_map(a_mark(drawing=SQUARE), a_mark("left-thumb", "left-hand-palm")))
    assert drawn.views == ("back", "left-hand-palm")
    back, palm = (body_pictures.of(drawn, view) for view in drawn.views)
    assert ">1<" in back and ">2<" not in back and ">2<" in palm
    assert back.index(">left<") < back.index(">right<") and ">Back<" in back
    assert SQUARE.path(outlines.view("back", outlines.OLDER)) in back
    said = "Body map, back: mark 1, left forearm, back, bruise."
    assert body_pictures.said(drawn, "back") == said


def test_the_number_of_a_mark_covers_no_other_number(school: School) -> None:
    first = a_mark()
    drawn = kept(school, a_map(first, a_mark(x=first.x + 0.004), a_mark(y=first.y + 0.004)))
    picture = ElementTree.fromstring(body_pictures.of(drawn, "back"))  # noqa: S314 - our own
    discs = [
        tuple(float(circle.attrib[name]) for name in ("cx", "cy", "r"))
        for circle in picture.iter("{http://www.w3.org/2000/svg}circle")
        if circle.attrib.get("stroke")
    ]
    assert len(discs) == 3
    for (*one, radius), (*other, _) in combinations(discs, 2):
        assert math.dist(one, other) > 2 * radius - 0.2  # as it is written with one place


def test_a_picture_holds_nothing_that_anybody_typed(school: School) -> None:
    typed = dict.fromkeys(map_forms.TYPED_OF_MARK, "<script>x</script>")
    drawn = kept(school, a_map(a_mark(**typed)))
    assert "script" not in body_pictures.of(drawn, "back") + body_pictures.said(drawn, "back")


# Where marks are set: what comes from the browser.


def test_what_was_said_of_a_mark_stays_while_others_come_and_go() -> None:
    form = a_map(a_mark(colour="blue"))
    here = {"id": form.marks[0].id, "view": "back", "x": form.marks[0].x, "y": form.marks[0].y}
    map_forms.touched(form, [HERE, here])
    assert [mark.colour for mark in form.marks] == ["", "blue"]
    assert form.marks[0].region.endswith("abdomen")
    map_forms.touched(form, [HERE])
    map_forms.touched(form, [here])  # undone
    assert [mark.colour for mark in form.marks] == ["blue"]


def test_a_mark_that_is_moved_finds_its_region_anew_and_keeps_what_was_said() -> None:
    form = a_map(a_mark(colour="blue", drawing=SQUARE))
    x, y = outlines.view("back", outlines.OLDER).centre_of("right-calf")
    map_forms.touched(form, [{"id": form.marks[0].id, "view": "back", "x": x, "y": y}])
    (mark,) = form.marks
    assert (mark.region, mark.colour) == ("right-calf", "blue")
    assert mark.drawing != SQUARE and mark.drawing.extent[2:] == SQUARE.extent[2:]
    map_forms.touched(form, [{**HERE, "id": mark.id}])
    assert form.marks[0].drawing == Drawing()  # a shape on another view would mean nothing


def test_a_region_that_was_corrected_stays_corrected_until_the_mark_is_moved() -> None:
    form = a_map()
    here = {"id": form.marks[0].id, "view": "back", "x": form.marks[0].x, "y": form.marks[0].y}
    map_forms.touched(form, [here])
    form.marks[0].region = "left-wrist"
    map_forms.touched(form, [here])
    assert form.marks[0].region == "left-wrist"


@pytest.mark.parametrize(
    "touches",
    [
        None,
        "marks",
        [None],
        [{}],
        [{**HERE, "id": "<b>"}],
        [{**HERE, "id": 7}],
        [{**HERE, "view": "inside"}],
        [{**HERE, "view": ["front"]}],
        [{**HERE, "x": "0.5"}],
        [{**HERE, "x": True}],
        [{**HERE, "x": math.nan}],
        [{**HERE, "x": 10**400}],
        [{**HERE, "y": 1.5}],
        [{**HERE, "y": -0.1}],
        [HERE, HERE],
    ],
)
def test_what_is_no_touch_changes_nothing(touches: Any) -> None:
    form = a_map()
    before = list(form.marks)
    with pytest.raises(Unplaced, match="touch the part of the body once more"):
        map_forms.touched(form, touches)
    assert form.marks == before


def test_a_map_has_at_most_sixty_marks() -> None:
    form = a_map()
    with pytest.raises(Refused, match="at most 60 marks"):
        map_forms.touched(form, [{**HERE, "id": f"{n:08}"} for n in range(61)])


# What is wrong is said in a sentence, and nothing else is lost.

FUTURE, LONG_AGO = clock.now() + timedelta(days=2), datetime(2010, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"marks": []}, "body_map", "Please set a mark"),
        ({"edition": "../outlines/2026"}, "body_map", "add it anew"),
        ({"build": "giant"}, "body_map", "add it anew"),
        ({"seen_by": " "}, "seen_by", "who saw it"),
        ({"seen_at": None}, "seen_at", "when it was seen"),
        ({"seen_at": FUTURE}, "seen_at", "future"),
        ({"seen_at": LONG_AGO}, "seen_at", "before the child was born"),
        ({"advice_sought": None}, "advice_sought", "whether medical advice was sought"),
        ({"advice": ""}, "advice", "why not"),
        ({"advice": "", "advice_sought": True}, "advice", "from whom"),
    ],
)
def test_what_is_wrong_with_a_map_is_said_beside_its_field(
    change: dict[str, Any], field: str, said: str
) -> None:
    problems = wrong(a_map(**change), born_on=BORN)
    assert problems.keys() == {field} and said in problems[field]


STRAY = Drawing(((("M", 1_000, 1_000), ("L", 2_000, 1_000)),))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"region": ""}, "which part of the body"),
        ({"region": "left-wing"}, "which part of the body"),
        ({"region": "left-cheek"}, "which part of the body"),
        ({"kind": ""}, "what it is"),
        ({"kind": "murder"}, "what it is"),
        ({"kind": "other"}, "in a few words"),
        ({"length_cm": 900.0}, "at most 100"),
        ({"length_cm": 0.04}, "to a millimetre"),
        ({"length_cm": 2.55}, "to a millimetre"),
        ({"x": 7.0}, "set it anew"),
        ({"view": "inside"}, "set it anew"),
        ({"breadth_cm": -1.0}, "in centimetres"),
        ({"length_cm": math.nan}, "in centimetres"),
        ({"drawing": STRAY}, "beside the child"),
        ({"painful": "perhaps"}, "answers that are offered"),
        ({"surface": ("gold",)}, "answers that are offered"),
    ],
)
def test_what_is_wrong_with_a_mark_is_said_with_its_number(
    change: dict[str, Any], said: str
) -> None:
    second = replace(a_mark(), **change)
    problems = wrong(a_map(a_mark(), second))
    assert problems.keys() == {f"mark_{second.id}"}
    (sentence,) = problems.values()
    assert sentence.startswith("Mark 2: ") and said in sentence


def test_all_that_is_wrong_is_said_at_once(school: School) -> None:
    form = a_concern(school.amy, account="", body_map=a_map(a_mark(kind=""), seen_by=""))
    with pytest.raises(Incomplete) as incomplete:
        incidents.add(school.store, form, by=school.birch)
    assert len(incomplete.value.problems) == 3
    assert form.body_map and form.body_map.marks[0].region == "left-forearm"


# It is a record: stored with its incident, once, and never changed.


def counts(school: School) -> tuple[int, int]:
    return how_many(school.store, BodyMark), how_many(school.store, Attachment)


def test_a_form_that_is_sent_twice_makes_one_map(school: School) -> None:
    form = a_concern(school.amy, body_map=a_map(a_mark(), a_mark("right-calf")))
    number = incidents.add(school.store, form, by=school.birch)
    before = counts(school)
    assert incidents.add(school.store, form, by=school.birch) == number
    assert counts(school) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda form: form.marks.append(a_mark("right-calf")),
        lambda form: form.marks.pop(),
        lambda form: setattr(form.marks[0], "colour", "yellow"),
        lambda form: setattr(form, "advice", "On second thoughts"),
    ],
)
def test_a_map_that_was_changed_after_it_was_sent_is_not_lost_in_silence(
    school: School, change: Callable[[Form], None]
) -> None:
    drawn = a_map(a_mark(), a_mark("left-calf"))
    form = a_concern(school.amy, body_map=drawn)
    incidents.add(school.store, form, by=school.birch)
    change(drawn)
    with pytest.raises(Refused, match="before you changed it"):
        incidents.add(school.store, form, by=school.birch)


def test_a_map_that_was_taken_away_after_it_was_sent_is_not_lost_in_silence(
    school: School,
) -> None:
    form = a_concern(school.amy, body_map=a_map())
    incidents.add(school.store, form, by=school.birch)
    with pytest.raises(Refused, match="before you changed it"):
        incidents.add(school.store, replace(form, body_map=None), by=school.birch)


def an_action(incident: str, drawn: Form) -> actions.Form:
    return actions.Form(incident=incident, account="Looked again.", body_map=drawn)


def test_a_further_map_says_what_has_changed_and_both_are_shown(school: School) -> None:
    incident = recorded(school, a_concern(school.amy, body_map=a_map()), by=school.birch)
    silent = an_action(incident, a_map())
    with pytest.raises(Incomplete, match="what has changed"):
        actions.add(school.store, silent, by=school.lead)
    form = an_action(incident, a_map(changed="It has turned yellow."))
    for _ in range(2):  # sent twice
        actions.add(school.store, form, by=school.lead)
    first, second = incidents.open(school.store, incident, by=school.birch).body_maps
    assert (first.map.action, second.map.action) == ("", form.id)
    assert (first.author, second.author) == (school.birch.name, school.lead.name)
    assert second.map.changed == "It has turned yellow."


def test_the_first_map_of_an_incident_can_come_with_an_action(school: School) -> None:
    incident = recorded(school, a_concern(school.amy), by=school.birch)
    form = an_action(incident, a_map())
    actions.add(school.store, form, by=school.birch)
    form.body_map = a_map(a_mark("right-calf"))
    with pytest.raises(Refused, match="before you changed it"):
        actions.add(school.store, form, by=school.birch)


# Who sees it.


def test_whoever_sees_the_incident_sees_its_map_and_nobody_else(school: School) -> None:
    incident = recorded(school, a_concern(school.amy, body_map=a_map()), by=school.birch)
    sees = {
        person.name
        for person in (school.birch, school.oak, school.lead, plain(school.lead), school.office,
                       school.governor, school.chair, school.assistant)
        if body_maps.beneath(school.store, incident, by=person)
    }  # fmt: skip
    assert sees == {school.birch.name, school.lead.name}


def test_a_map_stands_in_the_chronology_of_its_child_and_of_no_other(school: School) -> None:
    form = a_concern(school.ben, linked=linked(school.dua), body_map=a_map())
    recorded(school, form, by=school.oak)
    for pupil, maps in ((school.ben, 1), (school.dua, 0)):
        (entry, *_) = chronology.of(school.store, pupil.id, by=school.lead).entries
        assert entry.incident.id == form.id and len(entry.body_maps) == maps


# Photographs.


def a_picture(**said: Any) -> Inspected:
    return Inspected("arm.png", "image/png", b"pixels", **said)


def test_a_picture_beside_a_body_map_is_asked_about(school: School) -> None:
    form = a_concern(school.amy, body_map=a_map(), files=(a_picture(),))
    problems = forms.problems(school.store, form, by=school.birch)
    assert "whether it is a photograph" in problems["files"]
    form.body_map = None
    assert not forms.problems(school.store, form, by=school.birch)


def test_a_photograph_of_an_injury_is_refused_to_all_but_a_lead_who_says_why(
    school: School,
) -> None:
    silent, reasoned = a_picture(shows_injury=True), a_picture(
        shows_injury=True, allowed_because="The hospital asked for it"
    )  # fmt: skip

    def said(file: Inspected, by: Person) -> str:
        form = a_concern(school.amy, body_map=a_map(), files=(file,))
        return forms.problems(school.store, form, by=by).get("files", "")

    for person in (school.birch, plain(school.lead)):
        assert "not photographed" in said(reasoned, person)
    assert "why this photograph" in said(silent, school.lead)
    assert said(reasoned, school.lead) == ""
    assert said(a_picture(shows_injury=False), school.birch) == ""


def test_a_photograph_stays_refused_when_the_map_is_taken_away(school: School) -> None:
    files = (a_picture(shows_injury=True),)
    form = a_concern(school.amy, files=files)
    assert "not photographed" in forms.problems(school.store, form, by=school.birch)["files"]


def test_the_reason_is_recorded_with_the_photograph(school: School) -> None:
    picture = a_picture(shows_injury=True, allowed_because="The hospital asked for it")
    form = a_concern(school.amy, body_map=a_map(), files=(picture,))
    incident = recorded(school, form, by=school.lead)
    (file,) = incidents.open(school.store, incident, by=school.lead).files
    sql = "FROM attachments WHERE id = $id"
    (kept_file,) = school.store.ask(Attachment, sql, id=file.id)
    assert kept_file.allowed_because == "The hospital asked for it"


# Drafts.


def test_a_draft_gives_the_map_back_as_it_was(school: School) -> None:
    form = a_concern(school.amy, body_map=a_map(a_mark(**EVERYTHING), changed="x"))
    draft = forms.to_draft(form)
    assert json.loads(draft["body_map"])["marks"]
    assert forms.from_draft(form.id, draft).body_map == form.body_map
    form.body_map = None
    assert forms.from_draft(form.id, {**draft, **forms.to_draft(form)}).body_map is None


FORGED: list[tuple[str, str]] = [
    ('"shape":""', '"shape":5'),
    ('"surface":[]', '"surface":[1]'),
    ('"about_time":false', '"about_time":3'),
    ('"advice_sought":false', '"advice_sought":2'),
    ('"strokes":[]', '"strokes":[[["M",50000.5,1]]]'),
    ('"strokes":[]', '"strokes":[[["M0 0\\"/><text>No injury</text><path d=\\"M",1,2]]]'),
    ('"strokes":[]', '"strokes":[[["Q",1,2]]]'),
    ('"strokes":[]', '"strokes":7'),
    ('"marks":[', '"marks":[3,'),
]


@pytest.mark.parametrize(("what", "instead"), FORGED)
def test_a_draft_that_no_page_kept_holds_no_map(what: str, instead: str) -> None:
    draft = map_forms.to_draft(a_map())
    assert what in draft and map_forms.from_draft(draft, {})
    assert map_forms.from_draft(draft.replace(what, instead, 1), {}) is None


def test_a_draft_of_an_earlier_version_is_read(school: School) -> None:
    draft = json.loads(map_forms.to_draft(a_map()))
    del draft["taken_off"]
    assert map_forms.from_draft(json.dumps(draft), {})


def test_words_that_were_typed_after_the_draft_are_in_it(school: School) -> None:
    form = a_concern(school.amy, body_map=a_map())
    assert form.body_map
    mark = form.body_map.marks[0].id
    typed = {f"mark_{mark}_child_words": "“He did.”", "map_present": "Ms Null"}
    drawn = forms.from_draft(form.id, forms.to_draft(form) | typed).body_map
    assert drawn and drawn.marks[0].child_words == "“He did.”" and drawn.present == "Ms Null"


def test_a_map_is_put_on_the_outlines_of_the_child_who_is_chosen_in_the_end() -> None:
    form = a_map()
    map_forms.fit(form, clock.now().date() - timedelta(days=4 * 365))
    assert form.build == outlines.YOUNGER and form.marks[0].region
    assert isinstance(body_maps.records(form, incident=new_id())[0], Record)
