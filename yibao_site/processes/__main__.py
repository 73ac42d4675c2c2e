"""Program that serves the site: python -m yibao_site.processes HOST PORT [--no-background].

Until the supervisor listens to signals they end the process at once, while it loads the site too; `quickstart`, which
becomes this program, holds them back for as long as the interpreter starts.
"""

import gc
import signal
import sys

from yibao_site.processes import ENDING_SIGNALS, PRELOAD_GC_THRESHOLD, handle_ending_signals

if __name__ == "__main__":
    handle_ending_signals(signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)
    gc.set_threshold(PRELOAD_GC_THRESHOLD)
    from yibao_site.processes.prefork import main

    sys.exit(main())
