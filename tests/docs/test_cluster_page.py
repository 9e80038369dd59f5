"""docs/cluster.md says what tools/cluster is made of, needs and can do."""

import re
import sys
from pathlib import Path

import pytest

from tools.cluster import needs, pins

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")


def test_versions_are_the_pinned_ones() -> None:
    named = dict(re.findall(r"^\| (Kubernetes|containerd|CoreDNS) ([\d.]+) \|", PAGE, re.MULTILINE))
    assert named == {"Kubernetes": pins.KUBERNETES, "containerd": pins.CONTAINERD, "CoreDNS": pins.COREDNS}
    assert f"Go of {pins.GO_MINIMUM[0]}.{pins.GO_MINIMUM[1]} or newer" in PAGE


def test_every_package_that_it_needs_is_named() -> None:
    assert [name for name in needs.PACKAGES if f"`{name}`" not in PAGE] == []


@pytest.mark.skipif(sys.platform == "win32", reason="the cluster's programs are for Linux")
def test_every_command_is_explained_and_no_other() -> None:
    from tools.cluster.__main__ import COMMANDS
    from tools.cluster.run import PRACTICE_PORT

    table = PAGE.partition("| command | what it does |")[2].partition("\n\n")[0]
    cells = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == set(COMMANDS)
    assert str(PRACTICE_PORT) in PAGE


def test_every_variable_that_moves_or_chooses_it_is_named() -> None:
    places = ["tools/cluster/places.py", "tests/cluster_fixture.py"]
    code = "\n".join((ROOT / place).read_text(encoding="utf-8") for place in places)
    names = set(re.findall(r'environ\.get\("(\w+)"', code))
    assert {"QUIZAPP_TEST_CONTEXT", "QUIZAPP_CACHE", "CI"} <= names
    assert [name for name in sorted(names) if name not in PAGE] == []


def test_every_image_is_named() -> None:
    code = (ROOT / "tools" / "cluster" / "images.py").read_text(encoding="utf-8")
    images = set(re.findall(r'shelf\.image\(\s*"[\w-]+/([\w-]+)"', code))
    assert images
    assert [name for name in sorted(images) if f"`{name}`" not in PAGE] == []
