"""Every page of the app, in the order of the menu. A new page is one file and one line here."""

from flask import Blueprint

from quizapp.web.pages import (
    account,
    browse,
    cards,
    cohorts,
    curate,
    decks,
    errata,
    health,
    home,
    joining,
    labs,
    library,
    modules,
    notes,
    preferences,
    quiz,
    roster,
    statistics,
    zone,
)

PAGES: tuple[Blueprint, ...] = (
    home.page,
    library.page,
    modules.page,
    curate.page,
    quiz.page,
    cards.page,
    decks.page,
    browse.page,
    statistics.page,
    labs.page,
    cohorts.page,
    joining.page,
    roster.page,
    notes.page,
    preferences.page,
    errata.page,
    account.page,
    health.page,
    zone.page,
)
