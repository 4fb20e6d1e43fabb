"""Settings of a process: `WAKEEL_*` variables, then `wakeel.toml` of the workspace, then defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class Settings(BaseSettings):
    """What an operator may set; each field is the variable `WAKEEL_` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="WAKEEL_", extra="ignore", frozen=True)

    data: Path = Field(default=Path(".wakeel"), description="Folder of the store, blobs and keys.")
    workspace: Path = Field(default=Path("definitions"), description="Folder of recipes, clients and connections.")
    store: str = Field(default="", description="Address of the store; empty: SQLite in the data folder.")
    durable: bool = Field(default=True, description="Whether every commit waits for the disk.")
    host: str = Field(default="127.0.0.1", description="Address that the web page listens on.")
    port: int = Field(default=8700, description="Port of the web page; the next free one if it is taken.")
    page: str = Field(default="", description="Public address of the web page, for links in messages.")
    temporal_ui: str = Field(default="", description="Address of Temporal's own pages, for links.")
    task_queue: str = Field(default="wakeel", description="Temporal's task queue.")
    heartbeat: float = Field(default=10.0, ge=1, description="Seconds until a silent worker counts as dead.")
    sandbox: bool = Field(default=False, description="Run workflows under Temporal's default restrictions (tests).")
    language: Literal["en", "ar"] = Field(default="en", description="Language of the command line and the page.")
    log: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Least level that is logged.")

    @property
    def store_url(self) -> str:
        """Return the store's address."""
        return self.store or f"sqlite:///{(self.data / 'wakeel.db').resolve()}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic-settings' own signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments first, then variables, then the workspace's `wakeel.toml`."""
        found: dict[str, object] = {**env_settings(), **init_settings()}
        toml = Path(str(found.get("workspace", "definitions"))) / "wakeel.toml"
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml)


def settings(**given: object) -> Settings:
    """Read the settings of this process; arguments of a command win."""
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
