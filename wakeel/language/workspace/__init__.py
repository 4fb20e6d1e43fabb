"""The workspace: clients, their connections, the settings of their recipes, and which account serves a verb."""

from wakeel.language.workspace.model import (
    SHARED,
    AccountUse,
    Activation,
    Client,
    ConnectionEntry,
    Workspace,
)
from wakeel.language.workspace.reading import read
from wakeel.language.workspace.resolve import (
    ResolvedAction,
    ResolvedTrigger,
    resolve_action,
    resolve_trigger,
)
from wakeel.language.workspace.secret import looks_secret, refuse_literal
from wakeel.language.workspace.settings import SettingSpec, settings_of, settings_type, type_of
from wakeel.language.workspace.values import read_setting, values_of
from wakeel.language.workspace.verbs import (
    FoundAction,
    FoundTrigger,
    Refused,
    find_action,
    find_trigger,
    known_triggers,
    known_verbs,
)

__all__ = [
    "SHARED",
    "AccountUse",
    "Activation",
    "Client",
    "ConnectionEntry",
    "FoundAction",
    "FoundTrigger",
    "Refused",
    "ResolvedAction",
    "ResolvedTrigger",
    "SettingSpec",
    "Workspace",
    "find_action",
    "find_trigger",
    "known_triggers",
    "known_verbs",
    "looks_secret",
    "read",
    "read_setting",
    "refuse_literal",
    "resolve_action",
    "resolve_trigger",
    "settings_of",
    "settings_type",
    "type_of",
    "values_of",
]
