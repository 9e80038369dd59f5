"""content/ and labs/ as authors write them: every mistake is named with file and line, and what is right is served."""

from pathlib import Path

import pytest

from quizapp.library import Library, read_library

COURSE = "title: Basics\ndescription: First things.\nmodules: [one, two]\n"
NOTES = "# One\n\nA Pod is the smallest unit that Kubernetes deploys.\n"
LAB = """lab: {name}
title: A lab
steps:
  - id: make
    title: Make it
    text: Make a Deployment named `web`.
    get: {{web: {{kind: Deployment, name: web}}}}
    match: {{web: {{}}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "content/basics/course.yaml", COURSE)
    write(tmp_path, "content/basics/one.md", NOTES)
    write(tmp_path, "content/basics/two.md", NOTES.replace("One", "Two"))
    write(tmp_path, "labs/first/lab.yaml", LAB.format(name="first"))
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))


def read(folder: Path) -> Library:
    return read_library(str(folder / "content"), str(folder / "labs"))


def errors(folder: Path) -> list[str]:
    return [str(error) for error in read(folder).errors]


def test_modules_and_labs_are_read_in_the_order_of_the_course(folder: Path) -> None:
    library = read(folder)
    assert library.errors == ()
    assert [module.slug for course in library.courses for module in course.modules] == ["one", "two"]
    assert list(library.labs) == ["first"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("content/basics/course.yaml", "title: [\n", "content/basics/course.yaml:2"),
        ("content/basics/course.yaml", COURSE + "colour: blue\n", "content/basics/course.yaml:4: unknown key 'colour'"),
        (
            "content/basics/course.yaml",
            "title: Basics\nmodules: one\n",
            "content/basics/course.yaml:2: modules must be a list",
        ),
        ("content/basics/course.yaml", COURSE.replace("two", "three"), "three"),
        ("content/other/one.md", NOTES, "has the same module name as content/basics/one.md"),
        ("content/basics/two.md", "\udcff\udcfe binary", "content/basics/two.md"),
        (
            "labs/first/lab.yaml",
            LAB.format(name="first").replace("kind: Deployment", "kind: Deploiment"),
            "labs/first/lab.yaml:7: unknown kind 'Deploiment'",
        ),
        (
            "labs/first/lab.yaml",
            LAB.format(name="first").replace("match:", "macht:"),
            "labs/first/lab.yaml:8: unknown key 'macht'",
        ),
        (
            "labs/first/lab.yaml",
            LAB.format(name="first").replace("{}", "{spec: {replicas: 3}}"),
            "which the step's text does not tell",
        ),
        ("labs/second/lab.yaml", LAB.format(name="other"), "is named 'other'; a lab is named as its folder, 'second'"),
        ("labs/second/notes.txt", "no lab here", "labs/second/lab.yaml"),
        (
            "labs/first/lab.yaml",
            LAB.format(name="first").replace("steps:", "module: three\nsteps:"),
            "labs/first/lab.yaml:3: goes with the module 'three'; there is no three.md in content/",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place_and_the_rest_is_served(
    folder: Path, name: str, text: str, says: str
) -> None:
    write(folder, name, text)
    found = errors(folder)
    assert any(says in error for error in found), found
    library = read(folder)
    assert any(module.slug == "one" for course in library.courses for module in course.modules)


def test_every_mistake_is_told_and_not_the_first_alone(folder: Path) -> None:
    write(
        folder,
        "labs/first/lab.yaml",
        LAB.format(name="first").replace("title: Make it", "titel: Make it\n    hold: soon"),
    )
    write(folder, "content/basics/course.yaml", COURSE + "colour: blue\n")
    assert len(errors(folder)) >= 4


def test_a_folder_that_is_not_there_is_an_error_and_no_crash(tmp_path: Path) -> None:
    library = read(tmp_path / "nowhere")
    assert library.labs == {}
    assert library.courses == ()


def test_a_lab_keeps_its_notes_when_they_are_there_and_is_served_without_them_when_not(folder: Path) -> None:
    for module, kept in (("one", "one"), ("three", None)):
        write(folder, "labs/first/lab.yaml", LAB.format(name="first").replace("steps:", f"module: {module}\nsteps:"))
        assert read(folder).labs["first"].module == kept
