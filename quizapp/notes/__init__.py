"""Notes as people write them: decoding, sections and blocks with their lines, sentences. Knows no question."""
