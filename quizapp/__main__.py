"""`python -m quizapp`."""

from quizapp.factory import create_cli

if __name__ == "__main__":
    create_cli()(prog_name="quizapp")
