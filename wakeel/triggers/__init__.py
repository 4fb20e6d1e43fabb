"""The door: keep an event, fan it out, start each run once."""
