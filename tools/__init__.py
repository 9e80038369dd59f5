"""Programs for those who work on the project: set-up, the test cluster, benchmarks. No part of the app."""
