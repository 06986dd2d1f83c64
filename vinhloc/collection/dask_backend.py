"""joblib's Dask backend, for work that may outlive a worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Client

from vinhloc.collection.outcome import FAILED, NoDask, Outcome
from vinhloc.figures import _
from vinhloc.review import dask_backend


class Backend(dask_backend()):
    """joblib's backend, in which a task that Dask gives up is an outcome.

    Dask runs the work of a dead worker again elsewhere; after several deaths it gives
    up, and joblib's own backend would then wait forever.
    """

    def effective_n_jobs(self, n_jobs=1):
        # With one, joblib would do the work in this process and leave the worker idle.
        return max(2, super().effective_n_jobs(n_jobs))

    def submit(self, func, callback=None):
        name = func.items[0][1][0]  # one call, of which it is the first argument

        def give_up(future) -> None:
            if future.exception() is not None:
                why = _("tiến trình lập báo cáo bị dừng giữa chừng")
                callback([Outcome(name, FAILED, why)])

        future = super().submit(func, callback)
        future.add_done_callback(give_up)
        return future


@contextmanager
def connected(address: str, seconds: float) -> Iterator[Backend]:
    """Give the backend of a scheduler, once it has a worker. Raises NoDask."""
    try:
        client = Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError):
        text = _(
            "không nối được với bộ điều phối Dask {address}; hãy xem lại địa chỉ, và "
            "bộ điều phối có đang chạy không"
        )
        raise NoDask(text.format(address=address)) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=seconds)
        except TimeoutError:
            text = _("bộ điều phối Dask {address} chưa có máy nào")
            raise NoDask(text.format(address=address)) from None
        yield Backend(client=client)
