"""Makes the data file of Kubernetes' fields, `quizapp/lexicon/data/schema.json`, from a package of schemas."""
