"""Hospitals that a message names, and guides that are about another one."""

from __future__ import annotations

import pytest

from assistant.corpus.documents import Document
from assistant.retrieval.places import Places, elsewhere


def programme(name: str, *names: str) -> Document:
    return Document(name, name, "", "programme", f"programmes/{name}.md", names=names)


TUFTS = programme("tufts", "Tufts")
FIRST = programme("clinic-observers", "Cleveland Clinic", "CCF")
SECOND = programme("clinic-preceptorship", "Cleveland Clinic", "CCF")
BAYVIEW = programme("bayview", "Bayview", "Hopkins Bayview")
HOPKINS = programme("hopkins", "Hopkins")
GUIDE = Document("visas", "Visas", "", "article", "articles/visas.md")
PLACES = Places([TUFTS, FIRST, SECOND, BAYVIEW, HOPKINS, GUIDE])


@pytest.mark.parametrize("written", ["tufts", "TUFTS", "at Tufts?", "Tufts's fee"])
def test_a_name_is_known_however_it_is_written(written):
    assert list(PLACES.named(written)) == [frozenset({"tufts"})]


def test_the_programmes_of_one_host_are_one_place():
    named = PLACES.named("is CCF or cleveland clinic better")
    assert named == {frozenset({"clinic-observers", "clinic-preceptorship"}): "CCF"}


def test_places_come_in_the_order_of_the_text_and_a_longer_name_hides_a_shorter():
    named = PLACES.named("Tufts vs Hopkins Bayview")
    assert list(named.values()) == ["Tufts", "Hopkins Bayview"]
    assert list(named) == [frozenset({"tufts"}), frozenset({"bayview"})]


@pytest.mark.parametrize("text", ["", "tuftss", "unTufts", "which visa"])
def test_where_no_name_stands_nothing_is_found(text):
    assert PLACES.named(text) == {}


def test_without_programmes_there_are_no_places():
    assert Places([GUIDE]).named("Tufts") == {}


def test_a_programme_of_another_host_is_elsewhere_and_a_guide_never():
    asked = (frozenset({"tufts"}),)
    assert elsewhere(asked, HOPKINS)
    assert not elsewhere(asked, TUFTS)
    assert not elsewhere(asked, GUIDE)
    assert not elsewhere((), HOPKINS)
    assert not elsewhere((frozenset({"tufts"}), frozenset({"hopkins"})), HOPKINS)
