"""Ports: models, shared verbs and codecs of services of one kind, whatever connector stands behind them."""
