"""Days are written as everywhere on this site; the first form is what a field shows."""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"]
