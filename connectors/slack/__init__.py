"""Slack: tell a person or a channel what happened."""

from connectors.slack.connection import slack
from connectors.slack.messages import delete_message, post_message, update_message

__all__ = ["delete_message", "post_message", "slack", "update_message"]
