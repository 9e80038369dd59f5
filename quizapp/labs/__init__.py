"""Labs: what a step asks, what the cluster answered, whether that is enough, and why not. Pure: no client, no
clock, no disk."""
