VERSION = "0.1.0"  # as in pyproject.toml; told by /readyz and by 帮助 in the office
