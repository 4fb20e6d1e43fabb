"""Wakeel: recipes that run durably, once. Plugin authors import `wakeel.sdk`."""
