"""A real single-node Kubernetes on this machine, built from source and run in namespaces of its own.

For the tests, and for a Linux user without minikube. It uses the standard library alone, so that the system's Python
can run it before there is a .venv, and knows nothing of quizapp.
"""
