"""What recipes see of a mail, and what sending one gives back."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from wakeel.sdk.files import FileRef

Language = Literal["en", "ar"]


class Correspondent(BaseModel):
    """A person or a program at one end of a mail."""

    name: str = Field(default="", description="Name as written; it proves nothing.")
    address: str = Field(default="", description="Mail address; empty where none can be read.")

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


class MailRef(BaseModel):
    """Where a mail lies. The place is a hint: actions trust it only when the Message-ID agrees."""

    account: str = Field(default="", description="Connection that the mail came through.")
    folder: str = Field(default="INBOX", description="Folder of the mail.")
    uid: int = Field(default=0, description="Number of the mail in its folder; 0 where it has none.")
    uid_validity: int = Field(default=0, description="Generation of the folder's numbers.")
    message_id: str = Field(
        description="Identity: the Message-ID in angle brackets, `sha256:…` where there is none, "
        "with `#2` where the Message-ID was used before for other content."
    )


class MailText(BaseModel):
    """The parts of a mail that rules and finders judge."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    from_: Correspondent = Field(
        default_factory=Correspondent, alias="from", description="Sender: the last address of the From header."
    )
    subject: str = Field(default="", description="Subject as written.")
    text: str = Field(
        default="", description="Text without quotes and signature, at most 16 KiB; the whole is in `raw`."
    )
    language: Language = Field(default="en", description="Language of the text.")
    list_id: str | None = Field(default=None, description="Mailing list that the mail came by.")
    automatic: bool = Field(default=False, description="Sent by a program: never answer it automatically.")
    attachments: list[FileRef] = Field(default=[], description="Attached files, names cleaned.")


class Mail(MailText, MailRef):
    """A mail that came in."""

    thread_id: str = Field(default="", description="The same for all mails of one conversation.")
    reply_to: Correspondent | None = Field(default=None, description="Where the sender wants answers, if elsewhere.")
    to: list[Correspondent] = Field(default=[], description="First 50 recipients.")
    cc: list[Correspondent] = Field(default=[], description="First 50 recipients of a copy.")
    received_at: AwareDatetime = Field(description="When the mailbox took the mail.")
    references: list[str] = Field(default=[], description="Message-IDs that this mail answers, oldest first.")
    open_url: str | None = Field(default=None, description="Link that opens the mail in a mail program (RFC 2392).")
    raw: FileRef | None = Field(default=None, description="The whole mail as it came.")
    from_self: bool = Field(default=False, description="Sent from the mailbox's own address.")
    suspect: bool = Field(default=False, description="Something about the sender or the form is not right.")
    suspect_reasons: list[str] = Field(default=[], description="What is not right, in short words.")
    charset_repaired: bool = Field(default=False, description="The stated charset was wrong; the text was repaired.")


class Refusal(BaseModel):
    """A recipient that the mail server refused."""

    address: str = Field(description="Mail address.")
    code: int = Field(description="SMTP code: 4xx for now, 5xx for good.")
    reason: str = Field(description="What the server said.")


class Sent(BaseModel):
    """A mail that went out."""

    message_id: str = Field(description="Message-ID in angle brackets.")
    thread_id: str = Field(description="Conversation: answers to this mail have the same.")
    accepted: list[str] = Field(description="Addresses that the server took the mail for.")
    refused: list[Refusal] = Field(default=[], description="Addresses that it did not take it for.")
