"""Items survive being written down, and keep their id when only spelling of no weight changes."""

from quizapp.questions.item import Item, item_id


def test_an_item_comes_back_as_it_was_written() -> None:
    payload = {"stem": "What stores cluster data?", "options": [{"id": "a", "text": "etcd"}]}
    item = Item("m-1", "quiz", "choice", ("Top", "Sub"), (3, 4), "etcd: stores", "f1", 0.5, payload)
    assert Item.from_dict(item.to_dict()) == item
    assert item.prompt == "What stores cluster data?"


def test_an_id_depends_on_words_and_not_on_case_or_punctuation() -> None:
    assert item_id("m", "What is  a Pod?") == item_id("m", "what is a pod")
    assert item_id("m", "What is a Pod?") != item_id("m", "What is a Node?")
