"""A review from request to report; what is heavy is imported where a run is due."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from vinhloc.data import import_matplotlib
from vinhloc.figures import _
from vinhloc.review.manifest import find_unchanged
from vinhloc.review.request import Request
from vinhloc.review.runlog import RunLog
from vinhloc.review.server import start_server


def run_review(
    request: Request,
    *,
    force: bool = False,
    wait: float = 0,
    on_step: Callable[[str], None] = lambda step: None,
) -> Path:
    """Publish the review asked for; return the file to open.

    Nothing is run where the published review would come out again, unless `force`.
    Raises what `vinhloc.review.publish.publish_review` raises.
    """
    log = RunLog(request.out.resolve())
    with log.with_bugs():
        published = None if force else find_unchanged(request)
        if published:
            on_step(_("Không có gì thay đổi; báo cáo đã có được giữ nguyên."))
            return published / request.entry
        start_server()  # it imports while we do
        import_matplotlib()
        from vinhloc.review.publish import publish_review

        return publish_review(request, log, force=force, wait=wait, on_step=on_step)
