"""Search: a child by name, and what was written."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from core import pupils
from core.person import Person, Role
from core.web import school
from tests.pages.conftest import Sit, one, text


def searched(sit: Sit, lead: Person, query: str) -> AppTest:
    app = sit(lead).switch_page("pupils/search.py").run()
    app.text_input[0].set_value(query).run()
    assert not app.exception
    return app


def test_a_name_is_one_line_with_the_way_to_the_chronology(staff: list[Person], sit: Sit) -> None:
    lead = one(staff, Role.LEAD)
    (amara,) = pupils.find(school.store(), "amara dsouza", by=lead)
    app = searched(sit, lead, "dsouza")
    assert [header.value for header in app.header][:1] == ["Students"]
    assert text(app).count(f'"opens": "{amara.id}", "button": "Open chronology"') == 1


def test_what_is_found_nowhere_is_told_in_a_sentence(staff: list[Person], sit: Sit) -> None:
    app = searched(sit, one(staff, Role.LEAD), "no such word")
    assert "Nothing was found." in text(app) and not app.header
