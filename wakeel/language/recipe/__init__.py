"""A recipe as it was written: its parts with their places, before names and types mean anything."""

from wakeel.language.recipe.model import Branch, Loop, Recipe, Step, Then, When
from wakeel.language.recipe.top import read_recipe

__all__ = ["Branch", "Loop", "Recipe", "Step", "Then", "When", "read_recipe"]
