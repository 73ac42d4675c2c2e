#!/usr/bin/env python
import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao_site.settings")
    if sys.argv[1:2] == ["runserver"]:  # Django's own server is for whoever changes the code, on 127.0.0.1
        for name, value in {"DEBUG": "on", "HTTPS": "off", "PAGE_CACHE_BYTES": "0"}.items():
            os.environ.setdefault(name, value)
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - Ctrl+C may come while it loads

        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stdout.flush()
        sys.stderr.write("\n已停止。\n")
        os._exit(1)  # a thread that computes is not waited for


if __name__ == "__main__":
    main()
