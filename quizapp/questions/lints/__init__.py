"""The shelf of lints: one file each, none knows another; each stops a class of bad items."""
