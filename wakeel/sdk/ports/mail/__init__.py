"""The mail port: models, shared verbs, and the header and charset codecs of every mail connector."""

from wakeel.sdk.ports.mail.addresses import Recipient, parse_recipient
from wakeel.sdk.ports.mail.classify import Classified, Classify, mail
from wakeel.sdk.ports.mail.connection import MailConnection
from wakeel.sdk.ports.mail.folding import fold, language_of
from wakeel.sdk.ports.mail.models import Correspondent, Language, Mail, MailRef, MailText, Refusal, Sent
from wakeel.sdk.ports.mail.reading import Place, Reading, keep, read_mail, unreadable
from wakeel.sdk.ports.mail.subjects import clean_subject
from wakeel.sdk.ports.mail.writing import Letter, compose

__all__ = [
    "Classified",
    "Classify",
    "Correspondent",
    "Language",
    "Letter",
    "Mail",
    "MailConnection",
    "MailRef",
    "MailText",
    "Place",
    "Reading",
    "Recipient",
    "Refusal",
    "Sent",
    "clean_subject",
    "compose",
    "fold",
    "keep",
    "language_of",
    "mail",
    "parse_recipient",
    "read_mail",
    "unreadable",
]
