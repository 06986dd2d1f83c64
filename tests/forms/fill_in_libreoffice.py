"""Type entries into a workbook as a clerk does, in LibreOffice without a screen.

Run by a Python that has LibreOffice's `uno` (Debian: python3-uno), not by the
project's own: SOURCE ENTRIES TARGET; ENTRIES is JSON: [[sheet, cell, typed], ...].
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

WAIT = 30  # seconds for LibreOffice to start


def value(name, content):
    return PropertyValue(Name=name, Value=content)


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    for _attempt in range(WAIT * 10):
        try:
            return resolver.resolve(address)
        except Exception:
            time.sleep(0.1)
    raise TimeoutError("LibreOffice did not start")


def load(desktop, address):
    for _attempt in range(WAIT * 10):
        options = (value("Hidden", True),)
        if document := desktop.loadComponentFromURL(address, "_blank", 0, options):
            return document
        time.sleep(0.1)  # not ready yet
    raise TimeoutError(f"LibreOffice did not open {address}")


def fill(context, source, entries, target):
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext(
        "com.sun.star.frame.DispatchHelper", context
    )
    document = load(desktop, source.resolve().as_uri())
    frame = document.CurrentController.Frame
    for sheet, cell, typed in entries:
        document.CurrentController.setActiveSheet(document.Sheets.getByName(sheet))
        place = (value("ToPoint", cell),)
        dispatcher.executeDispatch(frame, ".uno:GoToCell", "", 0, place)
        text = (value("StringName", typed),)
        dispatcher.executeDispatch(frame, ".uno:EnterString", "", 0, text)
    kind = (value("FilterName", "Calc MS Excel 2007 XML"),)
    document.storeToURL(target.resolve().as_uri(), kind)
    document.close(True)


def main(source, entries, target):
    with tempfile.TemporaryDirectory() as profile:
        pipe = f"vinhloc-{Path(profile).name}"
        office = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            todo = json.loads(Path(entries).read_text("utf-8"))
            copy = shutil.copy(source, profile)  # a lock file may lie beside it
            fill(connect(pipe), Path(copy), todo, Path(target))
        finally:
            office.terminate()
            office.wait(WAIT)


if __name__ == "__main__":
    main(*sys.argv[1:])
