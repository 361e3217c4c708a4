"""Sees to it that the browser stories have a browser: Debian's Chromium, installed when root; else a word on what to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = ("chromium", "fonts-noto-cjk")
PLACES = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """Return the path of a Chromium."""
    return next((path for name in PLACES if (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Whether Chinese characters can be drawn; without such a font every one is a box."""
    folders = (Path("/usr/share/fonts"), Path.home() / ".fonts")
    return any(
        any(mark in file.name.lower() for mark in ("cjk", "wqy", "noto sans sc", "sourcehan"))
        for folder in folders
        if folder.exists()
        for file in folder.rglob("*.tt[cf]")
    )


def main() -> int:
    """Install what is missing where that is allowed."""
    if find_browser() and has_chinese_font():
        return 0
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.stderr.write(
            "浏览器测试需要 Chromium 和中文字体：sudo apt-get install chromium fonts-noto-cjk\n"
            "The browser tests need Chromium and a Chinese font: sudo apt-get install chromium fonts-noto-cjk\n"
        )
        return 1
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    return subprocess.run(
        ["apt-get", "install", "-y", "-qq", *PACKAGES], check=True, env=environment
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
