"""A plan becomes commands: the interpreter and the owners of event sources. Deterministic."""
