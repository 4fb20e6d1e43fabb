"""The web application: pages for people, hooks for programs."""
