"""Parts of the settings that are more than a line each, by concern; `settings.py` lists what the environment may say."""
