"""The settings: read from the environment in one place, checked, frozen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.errors import SettingsError
from assistant.settings import PREFIX, PROJECT, Settings


def test_without_an_environment_the_defaults_hold():
    settings = Settings.load()
    assert settings.corpus_dir == PROJECT / "corpus"
    assert settings.data_dir == PROJECT / "data"
    assert settings.embedding_model == "bundled"


def test_every_setting_is_described():
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


def test_a_variable_of_the_environment_is_read(monkeypatch):
    monkeypatch.setenv("ASSISTANT_PASSAGE_TOKENS", "128")
    monkeypatch.setenv("ASSISTANT_DATA_DIR", "/srv/index")
    settings = Settings.load()
    assert settings.passage_tokens == 128
    assert settings.data_dir == Path("/srv/index")


def test_an_argument_wins_over_the_environment_and_none_does_not(monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATA_DIR", "/srv/index")
    assert Settings.load(data_dir=Path("/here")).data_dir == Path("/here")
    assert Settings.load(data_dir=None).data_dir == Path("/srv/index")


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("ASSISTANT_PASSAGE_TOKENS", "")
    assert Settings.load().passage_tokens == Settings().passage_tokens


@pytest.mark.parametrize("name", ["ASSISTANT_DATADIR", "assistant_data_dirs", "ASSISTANT_"])
def test_an_unknown_variable_is_named_and_the_known_ones_are_listed(monkeypatch, name):
    monkeypatch.setenv(name, "/srv/index")
    with pytest.raises(SettingsError, match=f"{name} is not a setting") as caught:
        Settings.load()
    for field in Settings.model_fields:
        assert PREFIX + field.upper() in str(caught.value)
    assert "/srv/index" not in str(caught.value)


@pytest.mark.parametrize("name", ["OTHER_DATA_DIR", "DATA_DIR", "MY_ASSISTANT_X"])
def test_variables_of_other_programs_are_left_alone(monkeypatch, name):
    monkeypatch.setenv(name, "/elsewhere")
    assert Settings.load().data_dir == PROJECT / "data"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PASSAGE_TOKENS", "31"),
        ("PASSAGE_TOKENS", "many"),
        ("EMBEDDING_BATCH", "0"),
        ("KEEP_GENERATIONS", "0"),
        ("SEARCH_DEPTH", "9"),
        ("MAX_QUESTION_CHARS", "-1"),
        ("MAX_QUESTION_CHARS", "1000000"),
    ],
)
def test_a_value_out_of_bounds_is_named_with_its_variable(monkeypatch, name, value):
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert f"{PREFIX}{name}:" in str(caught.value)
    assert f"it is '{value}'" in str(caught.value)


def test_all_faults_are_told_at_once(monkeypatch):
    monkeypatch.setenv("ASSISTANT_SEARCH_DEPTH", "1")
    monkeypatch.setenv("ASSISTANT_EMBEDDING_BATCH", "0")
    with pytest.raises(SettingsError, match=r"EMBEDDING_BATCH.*SEARCH_DEPTH"):
        Settings.load()


def test_an_unknown_argument_is_rejected():
    with pytest.raises(SettingsError, match="COLOUR"):
        Settings.load(colour="red")


@given(st.integers())
def test_a_search_depth_is_accepted_just_within_its_bounds(depth):
    try:
        accepted = Settings.load(search_depth=depth).search_depth
    except SettingsError:
        assert not 10 <= depth <= 1000
    else:
        assert accepted == depth
        assert 10 <= depth <= 1000


def test_settings_cannot_be_changed():
    settings = Settings.load()
    with pytest.raises(ValidationError, match="frozen"):
        settings.search_depth = 20
    assert settings.model_copy(update={"search_depth": 20}).search_depth == 20
    assert settings.search_depth == 100
