"""What axe finds wrong with a page as it stands in the browser."""

import json

from axe_playwright_python.base import AXE_SCRIPT

# Stylesheets are left where they are: axe would copy what they import into <style>, which the office's policy forbids.
_EVERYTHING = {"preload": False, "resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
_CONTRAST = {"preload": False, "resultTypes": ["violations"], "runOnly": ["color-contrast"]}


def violations(page, viewports, targets=True):
    """In light and dark at each size; another scheme changes nothing but contrast. `targets`: also how large they are."""
    page.evaluate(AXE_SCRIPT)
    everything = _EVERYTHING if targets else {name: option for name, option in _EVERYTHING.items() if name != "rules"}
    for viewport in viewports:
        page.set_viewport_size(viewport)
        for scheme, options in (("light", everything), ("dark", _CONTRAST)):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(f"axe.run({json.dumps(options)}).then(told => told.violations)")
            yield from (_said(one, viewport, scheme) for one in found)


def _said(violation, viewport, scheme):
    where = [node["html"][:120] for node in violation["nodes"]]
    return f"{viewport['width']} {scheme} {violation['id']}: {where}"
