"""`quizapp ...`: the commands, one file each. They use the same services as the pages and know no adapter."""
