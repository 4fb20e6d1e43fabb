"""What a file is, by its first bytes; its name is only asked where bytes cannot tell."""

from __future__ import annotations

from dataclasses import dataclass

from wakeel.sdk.ports.files.models import Kind

HEAD = 4096  # bytes that are looked at
OLE, ZIP, PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-"


@dataclass(frozen=True, slots=True)
class Found:
    """What bytes say that a file is."""

    kind: Kind
    media_type: str


UNKNOWN = Found("other", "application/octet-stream")
PROGRAM = Found("program", "application/x-executable")
PAGE = Found("page", "text/html")
SCRIPT = Found("script", "text/x-script")
TEXT = Found("text", "text/plain")
MAGIC: tuple[tuple[int, bytes, Found], ...] = (
    (0, PDF, Found("document", "application/pdf")),
    (0, b"\x89PNG\r\n\x1a\n", Found("image", "image/png")),
    (0, b"\xff\xd8\xff", Found("image", "image/jpeg")),
    (0, b"GIF8", Found("image", "image/gif")),
    (0, b"II*\x00", Found("image", "image/tiff")),
    (0, b"MM\x00*", Found("image", "image/tiff")),
    (8, b"WEBP", Found("image", "image/webp")),
    (8, b"WAVE", Found("audio", "audio/wav")),
    (4, b"ftyphei", Found("image", "image/heic")),
    (4, b"ftypM4A", Found("audio", "audio/mp4")),
    (4, b"ftyp", Found("video", "video/mp4")),
    (0, b"\x1aE\xdf\xa3", Found("video", "video/x-matroska")),
    (0, b"ID3", Found("audio", "audio/mpeg")),
    (0, b"\xff\xfb", Found("audio", "audio/mpeg")),
    (0, b"OggS", Found("audio", "audio/ogg")),
    (0, b"fLaC", Found("audio", "audio/flac")),
    (0, b"{\\rtf", Found("document", "application/rtf")),
    (0, OLE, Found("document", "application/x-ole-storage")),
    (0, ZIP, Found("archive", "application/zip")),
    (0, b"PK\x05\x06", Found("archive", "application/zip")),
    (0, b"7z\xbc\xaf'\x1c", Found("archive", "application/x-7z-compressed")),
    (0, b"Rar!\x1a\x07", Found("archive", "application/vnd.rar")),
    (0, b"\x1f\x8b", Found("archive", "application/gzip")),
    (0, b"BZh", Found("archive", "application/x-bzip2")),
    (0, b"\xfd7zXZ\x00", Found("archive", "application/x-xz")),
    (0, b"MSCF", Found("archive", "application/vnd.ms-cab-compressed")),
    (0, b"MZ", PROGRAM),
    (0, b"\x7fELF", PROGRAM),
    (0, b"\xca\xfe\xba\xbe", PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", PROGRAM),
    (0, b"\xce\xfa\xed\xfe", PROGRAM),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", SCRIPT),  # a Windows shortcut
    (0, b"ITSF", SCRIPT),  # compiled Windows help
    (0, b"#!", SCRIPT),
)
PAGES = ("<!doctype html", "<html", "<head", "<body", "<script", "<svg", "<iframe")
ENDINGS: dict[str, Kind] = {
    **dict.fromkeys(("pdf", "doc", "docx", "odt", "rtf"), "document"),
    **dict.fromkeys(("xls", "xlsx", "ods"), "sheet"),
    **dict.fromkeys(("ppt", "pptx", "odp"), "slides"),
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "heic", "tif", "tiff"), "image"),
    **dict.fromkeys(("mp3", "m4a", "ogg", "opus", "wav", "flac"), "audio"),
    **dict.fromkeys(("mp4", "mov", "mkv", "webm"), "video"),
    **dict.fromkeys(("zip", "7z", "rar", "gz", "bz2", "xz", "cab"), "archive"),
    **dict.fromkeys(("txt", "md", "csv", "tsv", "json", "yaml", "xml", "ics", "vcf"), "text"),
    **dict.fromkeys(("htm", "html", "svg", "xhtml", "mht"), "page"),
    "eml": "mail",
}
RUN = ("exe", "dll", "com", "scr", "pif", "cpl", "msi", "msp", "jar", "apk", "deb", "rpm", "dmg", "iso", "img", "vhd",
       "vhdx", "app", "appx", "xll")  # fmt: skip
SCRIPTS = ("js", "jse", "vbs", "vbe", "wsf", "wsh", "hta", "ps1", "psm1", "bat", "cmd", "sh", "py", "pl", "rb", "php",
           "reg", "lnk", "url", "scf", "inf", "chm", "sct", "jnlp", "desktop", "library-ms", "settingcontent-ms")  # fmt: skip
MACROS = ("docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppam", "sldm")


def sniff(head: bytes, name: str) -> Found:
    """Return what the first bytes of a file say; a text and an old Office file are told apart by the name."""
    found = next((found for at, magic, found in MAGIC if head[at : at + len(magic)] == magic), None)
    if found is None:
        return text_kind(head, name)
    if found.media_type == "application/x-ole-storage":
        return Found(ENDINGS.get(ending(name), "document"), found.media_type)
    return found


def text_kind(head: bytes, name: str) -> Found:
    """Return what kind of text begins like this, or that it is none."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and (b"\x00" in head or not head):
        return UNKNOWN
    text = head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \t\r\n").lower()
    if text.startswith(PAGES) or (text.startswith("<?xml") and any(page in text for page in PAGES)):
        return PAGE
    if ending(name) == "eml":
        return Found("mail", "message/rfc822")
    return Found("text", "text/csv") if ending(name) == "csv" else TEXT


def ending(name: str) -> str:
    """Return what stands behind the last dot, in small letters."""
    return name.rpartition(".")[2].lower().strip() if "." in name else ""
