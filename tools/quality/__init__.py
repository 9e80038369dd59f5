"""How good the generated questions are, measured by what people said of each of them."""
