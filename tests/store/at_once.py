"""Works that run side by side from the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread


def at_once(*works: Callable[[], None]) -> list[BaseException]:
    """Run the works in a thread each; return what they raised."""
    start, raised = Barrier(len(works)), list[BaseException]()

    def run(work: Callable[[], None]) -> None:
        start.wait()
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            raised.append(error)

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
