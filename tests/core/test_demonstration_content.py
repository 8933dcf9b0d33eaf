"""The demonstration school: the same every time, and as a real one would have written it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import categories, map_forms, map_problems, outlines
from core.actions import KINDS
from core.demonstration import LONDON, Demonstration, Happening, Pupil, made, texts
from core.demonstration.calendar import Calendar, at, school_year
from core.demonstration.cast import Cast
from core.demonstration.families import NEEDS
from core.forms import PARTS
from core.map_forms import Mark
from core.permissions import RULES, Standing, Verb

TODAY = date(2026, 11, 23)
SEEDS = (1, 2, 3)
NOW = at(TODAY, 14 * 60 + 18)
SIX_WEEKS = timedelta(weeks=6)


@cache
def school(seed: int = 1, today: date = TODAY, clock: time = time(14, 18)) -> Demonstration:
    return made(seed, today, time_of_day=clock)


def happenings() -> Iterator[tuple[Demonstration, Happening]]:
    for seed in SEEDS:
        yield from ((school(seed), each) for each in school(seed).happenings)


def one(key: str, seed: int = 1) -> Happening:
    return next(each for each in school(seed).happenings if each.template == key)


def written(each: Happening) -> list[str]:
    follow_ups = [action.text for action in each.actions]
    return [each.account, each.child_words, each.why_not, each.original_notes, *follow_ups]


def moments(each: Happening) -> Iterator[datetime]:
    yield from (each.occurred_at, each.recorded_at)
    yield from (action.recorded_at for action in each.actions)
    yield from (read.at for read in each.readings if read.at)
    if each.told_in_person:
        yield each.told_in_person.at


def local_day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def test_the_same_seed_makes_the_same_school() -> None:
    assert made(7, TODAY) == made(7, TODAY)


def test_another_seed_makes_another_story() -> None:
    assert school(1).happenings != school(2).happenings


@pytest.mark.parametrize("seed", SEEDS)
def test_two_years_bring_seven_to_nine_hundred_incidents(seed: int) -> None:
    told = school(seed).happenings
    assert 700 <= len(told) <= 900
    assert told[-1].recorded_at - told[0].recorded_at > timedelta(days=700)


@pytest.mark.parametrize("seed", SEEDS)
def test_incidents_come_in_the_order_in_which_they_were_recorded(seed: int) -> None:
    recorded = [each.recorded_at for each in school(seed).happenings]
    assert recorded == sorted(recorded)


def test_well_over_ninety_texts_were_written_by_hand() -> None:
    assert len({template.key for template in texts.templates()}) >= 130
    assert len({each.template for each in school().happenings}) >= 200


def test_no_key_is_used_twice() -> None:
    pieces = [piece.key for thread in texts.threads() for piece in thread.pieces]
    keys = Counter([template.key for template in texts.templates()] + pieces)
    assert not [key for key, number in keys.items() if number > 1]


def test_no_text_has_an_unfilled_slot_or_a_stray_mark() -> None:
    stray = re.compile(r"[{}\[\]|]|\.\.|  | [,.;:?]|\bNone\b|^\W*$")
    found = [
        text for _, each in happenings() for text in written(each) if text and stray.search(text)
    ]
    assert not found


def test_no_adult_writes_of_themselves_by_name() -> None:
    for made_, each in happenings():
        person = made_.school.person
        assert person[each.reporter].short not in each.account + each.why_not, each.template
        for action in each.actions:
            assert person[action.by].short not in action.text, each.template


def test_nobody_asks_themselves_for_something() -> None:
    asked = [(action.by, action.asked) for _, h in happenings() for action in h.actions]
    assert not [pair for pair in asked if pair[0] == pair[1]]


# People of whom a text may say "he" or "she" without a slot: the mother, the health visitor …
OTHERS_IN_THE_TEXT = {
    "got_self_up", "unwashed_clothes", "toileting_reception", "said_smacked", "not_on_the_list",
    "new_partner", "parent_in_prison", "court_order_copy", "stranger_in_game",
    "words_from_a_video", "operation_encompass", "health_visitor_shared",
    "social_worker_saw_child", "not_eating",
}  # fmt: skip


@pytest.mark.parametrize("template", texts.templates(), ids=lambda each: each.key)
def test_a_text_for_any_child_leaves_he_and_she_to_the_child(template: texts.Template) -> None:
    if template.key in OTHERS_IN_THE_TEXT:
        assert "{they}" in template.account or "{name}" in template.account
        return
    told = " ".join([template.account, template.why_not, *(s.text for s in template.actions)])
    literal = re.sub(r"\{\w+\}", "", told)
    assert not re.search(r"\b(he|she|his|her|hers|him|himself|herself)\b", literal, re.I)


def test_a_child_has_one_pronoun_in_an_account() -> None:
    forms = {"f": r"\b(he|him|his|himself)\b", "m": r"\b(she|her|hers|herself)\b"}
    by_slot = {t.key for t in texts.templates()} - OTHERS_IN_THE_TEXT
    for made_, each in happenings():
        alone = each.template in by_slot and not each.linked
        if alone:
            wrong = forms[made_.school.pupil[each.pupil].sex]
            assert not re.search(wrong, each.account, re.I), each.account


SLOTS = {
    "name", "class_name", "time", "register", "day_before", "school_day_before", "side", "lesson",
    "place", "parent", "mum", "teacher", "ta", "reporter", "lead", "deputy", "head", "senco",
    "midday", "office", "they", "them", "their", "theirs", "themself", "They", "Them", "Their",
}  # fmt: skip
OF_ANOTHER = {"other", "other_name", "other_they", "other_them", "other_their", "other_They"}


def test_every_alternative_of_every_text_can_be_filled() -> None:
    pieces = [piece for thread in texts.threads() for piece in thread.pieces]
    for template in [*texts.templates(), *pieces]:
        others = [set[str](), OF_ANOTHER, OF_ANOTHER | {"other2"}][len(template.linked)]
        family = {"sibling"} if "sibling" in template.linked else set()
        steps = " ".join(step.text for step in template.actions)
        told = template.account + template.words + template.why_not
        assert set(re.findall(r"\{(\w+)\}", told)) <= SLOTS | others | family, template.key
        assert set(re.findall(r"\{(\w+)\}", steps)) <= SLOTS | others | family | {"then"}


def test_what_a_text_refers_to_exists() -> None:
    known = {category.key for category in categories.every()}
    agencies = {agency.key for agency in categories.agencies()}
    pupils, people = school().school.pupil, school().school.person
    for thread in texts.threads():
        for piece in thread.pieces:
            assert {piece.pupil, *piece.others} <= pupils.keys(), piece.key
            assert {*piece.unread} <= people.keys(), piece.key
    for template in [*texts.templates(), *(p for t in texts.threads() for p in t.pieces)]:
        assert set(template.categories) <= known, template.key
        assert set(template.agencies) <= agencies, template.key
        assert set(template.linked) <= PARTS.keys(), template.key
        assert {step.kind for step in template.actions} <= KINDS.keys(), template.key
        assert set(template.needs) <= NEEDS.keys() | {"history", "child_in_need_plan"}


def test_parents_were_contacted_or_it_says_why_not() -> None:
    assert not [h.template for _, h in happenings() if h.parents_contacted == bool(h.why_not)]


def test_every_kind_of_concern_has_its_incidents() -> None:
    told = Counter(key for each in school().happenings for key in each.categories)
    silent = {category.key for category in categories.every()} - told.keys()
    assert silent <= {"other", "missing"}  # nobody at Oakfield was lost yet
    assert told.pop("restraint") > 0  # rarely used, and so it should be
    assert min(told.values()) >= 5


def test_categories_for_leads_are_used_by_leads_alone() -> None:
    reserved = {category.key for category in categories.every() if category.lead_only}
    for made_, each in happenings():
        if reserved & set(each.categories):
            assert made_.school.person[each.reporter].role in ("lead", "head"), each.template


def test_only_those_who_may_add_an_incident_write_one() -> None:
    roles = {"staff": Standing.STAFF, "lead": Standing.LEAD, "head": Standing.HEAD}
    may = {role for role, standing in roles.items() if standing in RULES[Verb.ADD_INCIDENT]}
    for made_, each in happenings():
        people = {each.reporter, *(a.by for a in each.actions), *(r.person for r in each.readings)}
        people |= {action.asked for action in each.actions if action.asked}
        assert {made_.school.person[key].role for key in people} <= may, each.template


def test_everything_happens_on_a_day_of_school_and_in_its_hours() -> None:
    calendar = Calendar.reaching(TODAY)
    for _, each in happenings():
        for moment in moments(each):
            local = moment.astimezone(LONDON)
            assert calendar.is_open(local.date()), (each.template, local)
            assert time(7, 30) <= local.time() <= time(18, 0), (each.template, local)


def test_nothing_is_told_before_it_happened_or_after_now() -> None:
    for _, each in happenings():
        assert each.occurred_at < each.recorded_at <= NOW, each.template
        acts = [each.recorded_at, *(action.recorded_at for action in each.actions)]
        assert acts == sorted(acts), each.template
        assert acts[-1] <= NOW
        for read in each.readings:
            assert read.at is None or each.recorded_at <= read.at <= NOW, each.template
        told = each.told_in_person
        assert told is None or each.occurred_at <= told.at <= each.recorded_at, each.template


def test_a_moment_in_a_text_is_not_later_than_the_text() -> None:
    for _, each in happenings():
        for action in each.actions:
            for hour, minute in re.findall(r" at (\d\d):(\d\d)", action.text):
                local = action.recorded_at.astimezone(LONDON)
                assert time(int(hour), int(minute)) <= local.time(), action.text


def test_who_acts_on_an_alert_has_read_it() -> None:
    for _, each in happenings():
        read = {reading.person: reading.at for reading in each.readings}
        for action in each.actions:
            at_ = read.get(action.by, each.recorded_at)
            assert at_ is not None and at_ <= action.recorded_at, each.template


def test_the_team_the_head_and_the_class_teachers_are_told_and_no_relative_is() -> None:
    for made_, each in happenings():
        pupils = [each.pupil, *(linked.pupil for linked in each.linked)]
        day = local_day(each.occurred_at)
        classes = {made_.school.pupil[key].class_on(day) for key in pupils}
        teachers = {s.key for s in made_.school.staff if s.class_name and s.class_name in classes}
        relatives = made_.school.relatives(*pupils)
        must = {"whitlock", "barker", "reyes"} | teachers | set(each.also_alerted)
        assert {r.person for r in each.readings} == must - relatives - {each.reporter}


def test_a_relative_has_no_part_in_an_incident_of_their_family() -> None:
    for made_, each in happenings():
        relatives = made_.school.relatives(each.pupil, *(other.pupil for other in each.linked))
        parts = {each.reporter, *(action.by for action in each.actions)}
        parts |= {action.asked for action in each.actions}
        assert not relatives & parts, each.template


def test_a_class_teacher_who_is_a_relative_is_not_told() -> None:
    of_the_class = {"reporter": "cole", "any_lead": "whitlock", "teacher": "cole", "ta": "cole"}
    cast = Cast(
        school().school, **of_the_class, class_teachers=("carter",), barred=frozenset({"carter"})
    )
    assert cast.alerted(()) == ["whitlock", "barker", "reyes"]
    assert cast.person("carter") == "whitlock"


def test_nobody_is_linked_to_themselves_and_all_were_at_the_school_by_then() -> None:
    for made_, each in happenings():
        keys = [each.pupil, *(linked.pupil for linked in each.linked)]
        assert len(keys) == len(set(keys)), each.template
        for key in keys:
            assert made_.school.pupil[key].class_on(local_day(each.occurred_at)), each.template


def test_a_sibling_is_of_the_household() -> None:
    for made_, each in happenings():
        households = made_.school.pupil
        for linked in each.linked:
            same = households[linked.pupil].household == households[each.pupil].household
            assert same == (linked.part == "sibling"), each.template


def test_an_answer_belongs_to_what_its_writer_was_asked() -> None:
    for _, each in happenings():
        for action in each.actions:
            assert (action.due is None) == (not action.asked)
            if action.answers is not None:
                request = each.actions[action.answers]
                assert request.asked == action.by
                assert request.recorded_at < action.recorded_at


@pytest.mark.parametrize("seed", SEEDS)
def test_some_is_written_late_some_is_urgent_and_some_was_never_read(seed: int) -> None:
    told = school(seed).happenings
    late = [each for each in told if each.recorded_at - each.occurred_at > timedelta(hours=24)]
    month_ago = NOW - timedelta(days=30)
    never = [h for h in told for r in h.readings if r.at is None and h.recorded_at < month_ago]
    assert 20 <= len(late) <= 90
    assert 10 <= sum(each.urgent for each in told) <= 40
    assert 5 <= len(never) <= 80


def test_one_urgent_concern_of_today_waits_for_the_lead() -> None:
    each = one("amara_today")
    assert each.urgent and local_day(each.occurred_at) == TODAY
    read = {reading.person: reading.at for reading in each.readings}
    assert read["whitlock"] is None and read["barker"] is not None
    assert [action.kind for action in each.actions] == ["note", "agency", "note"]
    assert each.actions[-1].asked == "shah" and each.actions[-1].due == TODAY


def test_one_alert_has_waited_since_friday() -> None:
    each = one("ha_friday")
    assert local_day(each.recorded_at) == date(2026, 11, 20)
    assert {reading.at for reading in each.readings} == {None}


def test_one_request_is_overdue() -> None:
    overdue = [
        action
        for each in school().happenings
        for place, action in enumerate(each.actions)
        if action.due and action.due < TODAY and place not in {a.answers for a in each.actions}
    ]
    assert [(action.asked, action.due) for action in overdue] == [("nowak", date(2026, 11, 20))]


@pytest.mark.parametrize("seed", SEEDS)
def test_small_pieces_about_one_child_fall_on_mondays(seed: int) -> None:
    recent = [
        each
        for each in school(seed).happenings
        if each.pupil == "amara-dsouza" and NOW - each.occurred_at <= timedelta(days=30)
    ]
    assert len(recent) == 4
    assert {each.occurred_at.weekday() for each in recent} == {0}
    assert len({each.reporter for each in recent}) >= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_two_injuries_to_the_same_arm_lie_five_weeks_apart(seed: int) -> None:
    first, second = one("theo_arm_first", seed), one("theo_arm_second", seed)
    assert local_day(second.occurred_at) - local_day(first.occurred_at) == timedelta(weeks=5)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("pupil", ["dominic-wells", "joel-mendes"])
def test_a_child_with_a_plan_has_had_no_entry_for_six_weeks(seed: int, pupil: str) -> None:
    plan = next(p for p in school(seed).plans if p.pupil == pupil and p.until is None)
    latest = max(h.recorded_at for h in school(seed).happenings if h.pupil == pupil)
    assert NOW - latest > SIX_WEEKS and TODAY - plan.since >= SIX_WEEKS


def test_plans_begin_and_end_in_order() -> None:
    for seed in SEEDS:
        for plan in school(seed).plans:
            assert plan.since <= TODAY
            assert plan.until is None or plan.since < plan.until <= TODAY


def test_the_school_has_84_pupils_in_six_classes_and_15_staff_of_all_roles() -> None:
    made_ = school().school
    assert made_.name == "Oakfield Primary School"
    assert len(made_.pupils) == len({pupil.key for pupil in made_.pupils}) == 84
    assert len({pupil.class_name for pupil in made_.pupils}) == 6
    assert Counter(each.role for each in made_.staff) == {
        "staff": 10, "lead": 2, "head": 1, "office": 1, "governor": 1,
    }  # fmt: skip
    assert sum(bool(each.class_name) for each in made_.staff) == 6
    assert [each.post for each in made_.staff if each.is_chair] == ["Chair of governors"]
    assert all(each.email.endswith("@oakfield.example") for each in made_.staff)
    assert len({each.email for each in made_.staff}) == 15


def test_a_teacher_is_a_parent_and_teaches_another_class() -> None:
    made_ = school().school
    teacher = made_.person["carter"]
    (child, relation), = teacher.relations  # fmt: skip
    assert relation == "mother"
    assert teacher.class_name not in {name for _, name in made_.pupil[child].classes[-3:]}
    assert any(each.pupil == child for each in school().happenings)


@pytest.mark.parametrize(
    "name",
    [
        "Niamh O'Brien", "Amara D’Souza", "Jasper Null", "Suryani", "Łukasz Nowicki",
        "Nguyễn Thị Thu Hà", "Zoe\u0301 Laurent", "Beatrice Ashworth-Kaye", "Mark Ellison",
        "Oluwaseyifunmi Adebayo-Williams", "Max van der Berg", "Leo Ng",
    ],
)  # fmt: skip
def test_difficult_names_are_there(name: str) -> None:
    assert name in {pupil.name for pupil in school().school.pupils}


def test_a_name_in_another_script_is_known_too() -> None:
    assert school().school.pupil["yusuf-hassan"].known_as == "يوسف"


def test_two_children_of_one_name_are_in_different_classes() -> None:
    same = [pupil for pupil in school().school.pupils if pupil.name == "Olivia Brown"]
    assert len(same) == 2 == len({pupil.class_name for pupil in same})
    assert len({pupil.household for pupil in same}) == 2


@pytest.mark.parametrize("seed", SEEDS)
def test_twins_share_surname_and_birthday_and_brothers_and_sisters_do_not(seed: int) -> None:
    births: dict[str, list[date]] = {}
    for pupil in school(seed).school.pupils:
        births.setdefault(pupil.household, []).append(pupil.born_on)
    twins = births.pop("hartley")
    assert twins[0] == twins[1]
    for born in births.values():
        assert all(
            later - earlier >= timedelta(days=300) for earlier, later in pairwise(sorted(born))
        )


def test_brothers_and_sisters_may_have_other_surnames() -> None:
    pupils = school().school.pupil
    for one_, other in (("amara-dsouza", "joel-mendes"), ("kayleigh-roberts", "finley-doyle")):
        assert pupils[one_].household == pupils[other].household
        assert pupils[one_].surname != pupils[other].surname


def test_two_children_were_born_on_a_leap_day() -> None:
    leap = {pupil.born_on for pupil in school().school.pupils} & {
        date(2020, 2, 29),
        date(2016, 2, 29),
    }
    assert len(leap) == 2


def test_every_child_is_of_the_age_of_their_year_group() -> None:
    for pupil in school().school.pupils:
        first = date(school_year(TODAY) - pupil.year - 5, 9, 1)
        assert first <= pupil.born_on < first.replace(year=first.year + 1), pupil.key
        assert pupil.joined_on <= TODAY


def test_every_child_has_a_right_number_of_their_own() -> None:
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    numbers = [pupil.upn for pupil in school().school.pupils]
    assert len(set(numbers)) == 84
    for upn in numbers:
        total = sum(place * int(digit) for place, digit in enumerate(upn[1:], start=2))
        assert re.fullmatch(r"[A-Z]\d{12}", upn) and letters[total % 23] == upn[0]


def test_a_child_moves_up_a_class_each_september() -> None:
    ola: Pupil = school().school.pupil["aleksandra-zielinska"]
    assert [name for _, name in ola.classes] == ["R Acorn", "1 Hazel", "2 Willow", "3 Rowan"]
    assert ola.class_on(date(2025, 7, 1)) == "1 Hazel"
    assert ola.class_on(date(2022, 1, 1)) == ""


def test_phone_numbers_are_such_as_nobody_has() -> None:
    phones = [adult.phone for house in school().school.households for adult in house.adults]
    assert all(re.fullmatch(r"07700 900\d{3}", phone) for phone in phones)
    assert len(phones) == len(set(phones))


@pytest.mark.parametrize("clock", [time(9, 25), time(10, 30), time(12, 0), time(23, 59)])
def test_the_story_of_today_is_told_by_any_time_of_a_school_day(clock: time) -> None:
    made_ = school(1, TODAY, clock)
    now = datetime.combine(TODAY, clock, LONDON)
    today = [each for each in made_.happenings if local_day(each.recorded_at) == TODAY]
    assert {"amara_today", "lukasz_today"} <= {each.template for each in today}
    assert all(moment <= now for each in made_.happenings for moment in moments(each))


@pytest.mark.parametrize(
    ("today", "clock", "last"),
    [
        (date(2026, 11, 22), time(14, 0), date(2026, 11, 20)),
        (date(2026, 11, 23), time(7, 0), date(2026, 11, 20)),
        (date(2026, 10, 28), time(14, 0), date(2026, 10, 23)),
        (date(2027, 8, 10), time(14, 0), date(2027, 7, 21)),
    ],
)
def test_without_school_the_last_day_is_the_school_day_before(
    today: date, clock: time, last: date
) -> None:
    made_ = school(1, today, clock)
    assert made_.school.today == last
    assert max(local_day(each.recorded_at) for each in made_.happenings) == last


def test_the_pieces_of_a_thread_keep_their_order_over_a_holiday() -> None:
    told = school(1, date(2026, 9, 4)).happenings
    pieces = next(t.pieces for t in texts.threads() if t.pieces[0].key == "amara_cold_monday")
    keys = [piece.key for piece in sorted(pieces, key=lambda each: (-each.weeks, each.today))]
    happened = {each.template: each.occurred_at for each in told}
    days = [
        local_day(happened[key]) for key in keys if key not in ("joel_plan", "amara_summer_quiet")
    ]
    assert len(days) == len(set(days)) and days == sorted(days)


@settings(max_examples=6, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    today=st.dates(date(2026, 9, 1), date(2036, 12, 31)),
    clock=st.times(),
)
def test_any_seed_on_any_day_makes_a_whole_school(seed: int, today: date, clock: time) -> None:
    made_ = made(seed, today, time_of_day=clock)
    now = datetime.combine(today, clock, LONDON)
    assert len(made_.school.pupils) == 84
    assert 600 <= len(made_.happenings) <= 950
    assert all(moment <= now for each in made_.happenings for moment in moments(each))


@given(day=st.dates(date(2024, 9, 4), date(2026, 11, 20)), clock=st.times())
def test_a_moment_is_moved_into_the_hours_of_school_and_never_back(day: date, clock: time) -> None:
    calendar = Calendar.reaching(TODAY)
    moment = datetime.combine(day, clock, LONDON)
    moved = calendar.in_hours(moment).astimezone(LONDON)
    assert moved >= moment
    assert calendar.is_open(moved.date()) and time(7, 50) <= moved.time() <= time(17, 46)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        ("2024-09-03", True), ("2024-10-28", False), ("2024-12-25", False), ("2025-05-05", False),
        ("2025-04-21", False), ("2026-05-25", False), ("2026-08-12", False), ("2026-11-21", False),
        ("2026-11-23", True), ("2026-04-06", False), ("2026-11-27", False),
    ],
)  # fmt: skip
def test_school_is_closed_on_weekends_holidays_and_days_of_training(
    day: str, is_open: bool
) -> None:
    assert Calendar.reaching(TODAY).is_open(date.fromisoformat(day)) is is_open


def test_every_mark_on_a_body_map_could_have_been_set_on_the_page() -> None:
    marks = [(happening, mark) for _, happening in happenings() for mark in happening.marks]
    assert {mark.said["kind"] for _, mark in marks} >= {"bruise", "scald"}
    for happening, mark in marks:
        assert "injury" in happening.categories
        form = map_forms.Form(build=outlines.OLDER, seen_by="x", seen_at=happening.occurred_at,
                              advice_sought=False, advice="x")  # fmt: skip
        x, y = outlines.view(mark.view, form.build).centre_of(mark.region)
        form.marks = [Mark(id="0", view=mark.view, x=x, y=y, region=mark.region, **mark.said)]
        assert map_problems.of(form) == {}
