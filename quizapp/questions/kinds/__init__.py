"""The shelf of kinds: one file each, none knows another."""
