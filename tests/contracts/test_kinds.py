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

    def test_it_has_its_templates(self, kind):
        rooms = ["act", *(["confirm", "thanks", "count"] if kind.records else []), *(["words"] if kind.words else [])]
        for room in rooms:
            get_template(kind.template(room))

    def test_what_the_organiser_sets_is_asked_for(self, kind):
        asked, kept = set(kind.options_form.base_fields), {field.name for field in fields(kind.options)}
        assert asked <= kept and (kind.stands_on_the_campaign or asked == kept)

    def test_its_words_begin_with_one_line_that_says_what_is_asked(self, kind):
        assert kind.stands_on_the_campaign or (kind.words[0].name, kind.words[0].rows) == ("title", 0)
        assert len({word.name for word in kind.words}) == len(kind.words)

    def test_its_free_words_are_parted_from_the_rest_and_come_together_again(self, kind):
        filled = {
            field.name: "some words" if field.name == kind.free_words else field.default
            for field in fields(kind.answers)
        }
        answers = kind.answers(**filled)
        open_, sealed = kind.apart(answers)
        assert "some words" not in open_.values() and sealed == ("some words" if kind.free_words else "")
        assert kind.together(open_, sealed) == answers

    def test_it_says_what_becomes_of_it_in_words(self, kind):
        assert str(kind.becomes(kind.answers())).strip()
        assert all(str(getattr(kind.says, field.name)).strip() for field in fields(kind.says))

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
