"""A mailbox, a board, a chat and a calendar on loopback, for the demo, the tutorial and the tests."""
