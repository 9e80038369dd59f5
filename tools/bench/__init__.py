"""`make bench`: what the app costs, as ratios to something simpler in the same run; seconds drift, ratios hold."""
