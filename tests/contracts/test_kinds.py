"""The contract every action kind keeps; a new kind is covered by being registered."""

from dataclasses import fields, is_dataclass

import pytest
from django.template.loader import get_template

from campaigns.kinds.contract import registered
from config.environment import BASE_DIR

KINDS = registered()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
class TestKind:
    def test_it_has_a_folder_of_its_own(self, kind):
        folder = BASE_DIR / "campaigns" / "kinds" / kind.name
        assert {"__init__.py", "options.py", "answers.py", "form.py"} <= {path.name for path in folder.iterdir()}

    def test_it_has_its_three_templates(self, kind):
        for room in ("act", "confirm", "thanks"):
            get_template(kind.template(room))

    def test_its_records_are_frozen_and_survive_being_kept(self, kind):
        for record in (kind.options, kind.answers):
            assert is_dataclass(record) and record.__dataclass_params__.frozen
            assert record.read(record().written()) == record()

    def test_its_records_refuse_what_they_do_not_know(self, kind):
        for record in (kind.options, kind.answers):
            with pytest.raises(ValueError, match="has no"):
                record.read({"surprise": 1})

    def test_its_form_asks_for_its_answers_and_nothing_else(self, kind):
        assert set(kind.answers_form.base_fields) == {field.name for field in fields(kind.answers)}

    def test_nothing_is_ticked_for_the_supporter(self, kind):
        assert all(field.initial in (None, False, "") for field in kind.answers_form.base_fields.values())
