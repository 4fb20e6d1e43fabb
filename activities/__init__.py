"""Commands become calls: the only place where Temporal meets connectors."""
