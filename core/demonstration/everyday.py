"""What happens on ordinary days: which incident, on which day, about which child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import cast as typed

from core.demonstration.families import NEEDS
from core.demonstration.happening import Happening, Plan, PlanKind
from core.demonstration.incidents import Plot, happen
from core.demonstration.scene import Scene, written
from core.demonstration.school import Pupil
from core.demonstration.steps import Delay, Step
from core.demonstration.texts import Template, words

FIRST_RATE, LAST_RATE = 1.4, 2.3  # incidents on a day of school, two years ago and today
BY_WEEKDAY = (1.25, 0.95, 0.9, 0.95, 1.05)
LATE = 0.09  # the share that is written down on a later day
DAYS_LATE = (1, 1, 2, 2, 3, 4, 6)
CLOSED = 0.35  # the share of slight ones that gets one more, concluding action
IN_THREAD_TOO = 0.4  # how much less a child of a thread is drawn
UNDISTURBED = timedelta(weeks=12)  # a thread is alone with its children for as long before today
GRAVE_FOR_ONE_FAMILY = 4
MONTHS_APART = timedelta(weeks=10)
TRIES = 9  # most templates have a child at once
PLAN_ENDS = (16, 24)  # after so many weeks; only the plans of threads last until today

# What is grave, and would contradict the story that a thread tells of a family.
FAMILY = {"home_and_family", "family_support", "safeguarding", "child_in_need", "early_help"}
TEAM = {"lead", "deputy", "head"}


class Everyday:
    """Draws the incidents of ordinary days. A family has the same one once, or months apart."""

    def __init__(
        self, scene: Scene, templates: Sequence[Template], in_threads: Collection[str]
    ) -> None:
        self.scene, self.templates, self.in_threads = scene, templates, frozenset(in_threads)
        self.used: Counter[str] = Counter()
        self.entries: Counter[str] = Counter()
        self.grave: Counter[str] = Counter()
        self.had: dict[tuple[str, str], date] = {}
        self.plans: list[Plan] = []
        drawn = {p.key: scene.rng.lognormvariate(0, 0.7) for p in scene.school.pupils}
        self.share = {k: w * (IN_THREAD_TOO if k in in_threads else 1) for k, w in drawn.items()}

    def over(self, days: Sequence[date]) -> Iterator[Happening]:
        """All incidents of these days, those of a day in no order. `plans` has what they began."""
        for number, day in enumerate(days):
            growth = FIRST_RATE + (LAST_RATE - FIRST_RATE) * number / len(days)
            rate = growth * BY_WEEKDAY[day.weekday()]
            for _ in range(int(rate) + (self.scene.rng.random() < rate % 1)):
                found = (each for _ in range(TRIES) for each in self._one(day))
                yield from islice(found, 1)

    def _one(self, day: date) -> Iterator[Happening]:
        """One incident, or none where nobody fits what was drawn."""
        rng = self.scene.rng
        open_ones = [t for t in self.templates if self._is_open(t, day)]
        template = rng.choices(open_ones, [t.weight for t in open_ones])[0]
        by = rng.choice(template.by)
        children = [p for p in self.scene.school.pupils if self._fits(template, p, by, day)]
        if not children:
            return
        pupil = rng.choices(children, [self.share[p.key] for p in children])[0]
        others = self._others(template, pupil, by, day)
        if len(others) == len(template.linked):
            self._note(template, pupil, day)
            yield self._happening(template, [pupil, *others], by, day)

    def _note(self, template: Template, pupil: Pupil, day: date) -> None:
        self.used[template.key] += 1
        self.entries[pupil.key] += 1
        self.grave[pupil.household] += _is_grave(template)
        self.had[template.key, pupil.household] = day
        if template.begins:
            kind, weeks = typed(PlanKind, template.begins), self.scene.rng.randint(*PLAN_ENDS)
            until = self.scene.calendar.last(day + timedelta(weeks=weeks))
            self.plans.append(Plan(pupil.key, kind, day, until))

    def _happening(
        self, template: Template, pupils: Sequence[Pupil], by: str, day: date
    ) -> Happening:
        rng, pace = self.scene.rng, self.scene.pace()
        steps = [*template.actions, *self._conclusion(template)]
        in_haste = template.urgent or template.told or not TEAM.isdisjoint(template.by)
        late = 0 if in_haste or rng.random() >= LATE else rng.choice(DAYS_LATE)
        when = written(self.scene, template, day, late=late)
        plot = Plot(template=template, pupils=pupils, written=when, by=by, steps=steps, pace=pace)
        return happen(self.scene, plot)

    def _conclusion(self, template: Template) -> Iterator[Step]:
        rng = self.scene.rng
        if rng.random() >= CLOSED or _is_grave(template) or "positive" in template.categories:
            return
        by = rng.choice(("lead", "deputy", "teacher"))
        sentences = words()["closing"]["teacher" if by == "teacher" else "lead"]
        yield Step(by, "note", Delay(days=rng.randint(3, 9)), rng.choice(sentences))

    def _is_open(self, template: Template, day: date) -> bool:
        in_season = not template.months or day.month in template.months
        last_start = self.scene.school.today - timedelta(weeks=PLAN_ENDS[1] + 2)
        in_time = not template.begins or day < last_start
        return in_season and in_time and self.used[template.key] < template.most

    def _fits(self, template: Template, pupil: Pupil, by: str, day: date) -> bool:
        year = self.scene.school.year_on(pupil, day)
        return (
            year is not None
            and template.years[0] <= year <= template.years[1]
            and self._is_new(template, pupil, day)
            and self._may_bear(template, pupil, day)
            and all(self._meets(need, pupil, day) for need in template.needs)
            and by not in self.scene.school.relatives(pupil.key)
        )

    def _is_new(self, template: Template, pupil: Pupil, day: date) -> bool:
        last = self.had.get((template.key, pupil.household))
        return last is None or (template.again and day > last + MONTHS_APART)

    def _may_bear(self, template: Template, pupil: Pupil, day: date) -> bool:
        """Not too much for one family, and nothing that breaks the thread about a child."""
        if pupil.key not in self.in_threads:
            return not _is_grave(template) or self.grave[pupil.household] < GRAVE_FOR_ONE_FAMILY
        return not _is_grave(template) and day < self.scene.school.today - UNDISTURBED

    def _meets(self, need: str, pupil: Pupil, day: date) -> bool:
        if need == "history":
            return self.entries[pupil.key] > 2
        if need == "child_in_need_plan":
            plans = (p for p in self.plans if p.pupil == pupil.key and p.kind == "child_in_need")
            return any(p.since < day < (p.until or day) for p in plans)
        return NEEDS[need](self.scene.school, pupil, day)

    def _others(self, template: Template, pupil: Pupil, by: str, day: date) -> list[Pupil]:
        """Classmates who take part, or a brother or sister where one is asked for."""
        school, class_name = self.scene.school, pupil.class_on(day)
        if "sibling" in template.linked:
            return [each for each in school.siblings(pupil) if each.class_on(day)][:1]
        mates = [
            each
            for each in school.pupils
            if each.class_on(day) == class_name
            and each.household != pupil.household
            and each.key not in self.in_threads
            and by not in school.relatives(each.key)
        ]
        return self.scene.rng.sample(mates, min(len(template.linked), len(mates)))


def _is_grave(template: Template) -> bool:
    return template.urgent or template.told or bool(FAMILY & set(template.categories))
