#!/usr/bin/env python
import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibao_site.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - Ctrl+C may come while it loads

        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit("\n已停止。")


if __name__ == "__main__":
    main()
