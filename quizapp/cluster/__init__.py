"""The learner's cluster: the only importer of `kubernetes`, which is imported when a cluster is first asked
for, not before."""
