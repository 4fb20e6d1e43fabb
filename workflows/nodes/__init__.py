"""How each kind of step runs: one file a kind."""
