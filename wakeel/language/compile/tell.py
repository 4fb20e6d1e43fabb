"""`tell`: a message to people of the client, each by the first channel that reaches them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from wakeel.language.compile.action import call
from wakeel.language.compile.fields import arguments
from wakeel.language.compile.known import Known
from wakeel.language.compile.literals import Asked
from wakeel.language.compile.made import Made
from wakeel.language.compile.making import Making
from wakeel.language.compile.slots import slots_of
from wakeel.language.compile.values import WORDS, meant, value
from wakeel.language.nodes import Mapping, Node, Scalar, Sequence
from wakeel.language.plan import ActionStep, Person, TogetherStep
from wakeel.language.problems import listed
from wakeel.language.recipe import Step
from wakeel.language.recipe.flow import refuse_key
from wakeel.language.recipe.shapes import in_language, mapping, text
from wakeel.language.recipe.words import UNDER
from wakeel.language.types import of_model, shape
from wakeel.language.workspace import Client, ResolvedAction, resolve_action
from wakeel.language.workspace.people import near_people

if TYPE_CHECKING:
    from wakeel.language.compile.steps import Steps

NEEDED, NO_PERSON, NO_CHANNEL, BY_NAME = "W2401", "W4018", "W4303", "W2417"
VERBS = {"mail": "mail.send", "slack": "slack.post_message"}  # what a channel is spoken to by
LONGEST_SUBJECT = 80  # characters


def tell(steps: Steps, step: Step, known: Known) -> Made:
    """Compile a message: one call for each person."""
    making = steps.making
    body = mapping(step.body, "tell", making.problems) if step.body else None
    if body is None or not complete(body, step, making):
        return Made(None)
    names = people_of(body.get("who"), making)
    if making.client is None:
        check_words(body, steps, step, known)
        return Made(None)
    told = Telling(steps, step, known, body, making.client)
    calls = [found for name in names if (found := told.message(name))]
    if len(calls) == 1:
        return Made(calls[0])
    return Made(TogetherStep(kind="together", steps=tuple(calls)))


def complete(body: Mapping, step: Step, making: Making) -> bool:
    """Check the fields under `tell`."""
    fields = UNDER["tell"]
    for key, _node in body.entries:
        if key.value not in fields:
            refuse_key(key, fields, "tell", making.problems)
    missing = [name for name in ("who", "text") if body.get(name) is None]
    excused = meant(body, fields) | {key.value for key in step.beside}
    for name in missing:
        if name not in excused:
            making.problems.add(NEEDED, step.verb.place, verb="tell", field=name)
    return not missing


def check_words(body: Mapping, steps: Steps, step: Step, known: Known) -> None:
    """Check the texts of a message where no client says by which channel it goes."""
    reader = steps.making.reader_of(step, known)
    for name in ("text", "subject"):
        if node := body.get(name):
            value(node, Asked("tell", name, WORDS), reader)


def people_of(node: Node | None, making: Making) -> list[str]:
    """Return whom a message is for, once they are known to be people of the client."""
    listed = node.items if isinstance(node, Sequence) else [node] if node else []
    found = [name for item in listed if (name := text(item, "who", making.problems))]
    return [name.value for name in found if known_person(name, making)]


def known_person(name: Scalar, making: Making) -> bool:
    """Say whether the client has a person of this name."""
    if "${" in name.value:
        making.problems.add(BY_NAME, name.place)
        return False
    if making.client is None or name.value in making.client.facts.people:
        return True
    people = making.client.facts.people
    near, known = near_people(name.value, people), listed(people)
    making.problems.add(NO_PERSON, name.place, near, person=name.value, people=known, file=making.client.file)
    return False


def address_of(person: Person, channel: str) -> str:
    """Return where a person is reached by a channel; nowhere is empty."""
    return {"mail": person.email, "slack": person.slack or person.email}.get(channel, "")


@dataclass(frozen=True, slots=True)
class Telling:
    """One `tell` step for one client."""

    steps: Steps
    step: Step
    known: Known
    body: Mapping
    client: Client

    def message(self, name: str) -> ActionStep | None:
        """Return the call that tells one person."""
        person, place = self.client.facts.people[name], self.step.verb.place
        for channel in person.reach:
            if (address := address_of(person, channel)) and (found := self.server(channel)):
                return self.call(found, address)
        params = {"person": name, "client": self.client.id, "file": self.client.file}
        self.steps.making.problems.add(NO_CHANNEL, place, **params)
        return None

    def server(self, channel: str) -> ResolvedAction | None:
        """Return what speaks to a channel for this client."""
        making = self.steps.making
        found = resolve_action(VERBS[channel], None, self.client, making.workspace, making.catalog)
        return found if isinstance(found, ResolvedAction) else None

    def own(self, found: ResolvedAction, address: str) -> dict[str, Any]:
        """Return the arguments of the channel's verb that the recipe does not write."""
        model: type[BaseModel] = found.action.input
        slots = slots_of(model)
        if "channel" in slots:
            return {"channel": address}
        to = {"to": [address] if slots["to"].slot.item else address}
        return to if self.body.get("subject") else {**to, "subject": subject(self.steps.making)}

    def written(self, found: ResolvedAction) -> Mapping:
        """Return the fields that the recipe writes, as far as the channel has them."""
        model: type[BaseModel] = found.action.input
        known = slots_of(model)
        entries = [(key, node) for key, node in self.body.entries if key.value != "who" and key.value in known]
        return Mapping(entries, self.step.verb.place)

    def call(self, found: ResolvedAction, address: str) -> ActionStep | None:
        """Return the call, as a message to the client's own people."""
        making, own = self.steps.making, self.own(found, address)
        reader = making.reader_of(self.step, self.known)
        args = arguments(self.written(found), found.action.input, self.step.verb, reader, own)
        if making.no_plan:
            return None
        args = {name: args.get(name, own.get(name)) for name in (*own, *args)}
        output: type[BaseModel] = found.action.output
        told = {"authority": "internal", "shape": shape(of_model(output))}
        return call(self.step, found, args).model_copy(update=told)


def subject(making: Making) -> str:
    """Return a subject for messages that have none of their own."""
    title = in_language(making.recipe.title, making.language) or making.recipe.id
    return f"Wakeel: {title}"[:LONGEST_SUBJECT]
