"""Learn Kubernetes by doing: quizzes and cards from Markdown notes, labs verified on a real cluster."""

__version__ = "0.1.0"
