"""What every test can ask for."""

pytest_plugins = ["tests.cluster_fixture", "tests.postgres_fixture", "tests.databases"]
