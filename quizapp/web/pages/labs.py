"""Placeholder until the lab services land."""

from flask import Blueprint

page = Blueprint("labs", __name__)
