"""YAML text becomes a plan: read, check, compile; pure, without clock, network or files."""
