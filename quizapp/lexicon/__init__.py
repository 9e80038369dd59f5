"""What is known of Kubernetes and its neighbours, as typed terms with claims. Knows no notes and no question."""
