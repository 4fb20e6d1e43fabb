"""From a recipe to its plan: names, types, accounts and effects are settled here, before anything runs."""

from wakeel.language.compile.activation import compile_recipe

__all__ = ["compile_recipe"]
