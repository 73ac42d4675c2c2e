"""Figures in a rewritten text: one with a picture and its caption stays one, any other is taken apart."""

from dataclasses import dataclass, field

from articles.rich_text.output import HtmlOutput


@dataclass
class _Figure:
    """An open figure; `caption_tags` are the places in the output where a caption begins and ends, in turn."""

    place: int
    pictures: int = 0
    has_more: bool = False
    caption_tags: list[int] = field(default_factory=list)


class FigureElements:
    """The open figures, innermost last."""

    def __init__(self):
        self._open: list[_Figure] = []

    def open(self, output: HtmlOutput) -> None:
        self.see("figure", output)
        self._open.append(_Figure(output.append("<figure>")))
        output.holders.append("figure")

    def see(self, name: str, output: HtmlOutput) -> None:
        """Told of everything that is about to be written."""
        if not self._open:
            return
        figure = self._open[-1]
        if name == "figcaption":
            figure.caption_tags.append(len(output.pieces))
        elif name == "img":
            figure.pictures += 1
        elif output.holder != "figcaption":
            figure.has_more = True

    def close(self, output: HtmlOutput) -> None:
        """A caption that stands by no picture is a paragraph; that of a refused picture goes with it."""
        output.holders.pop()
        figure = self._open.pop()
        if figure.pictures == 1 and not figure.has_more:
            output.append("</figure>")
        elif figure.pictures or figure.has_more:
            _take_apart(figure, output.pieces)
        else:
            del output.pieces[figure.place :]


def _take_apart(figure, pieces):
    pieces[figure.place] = ""
    for number, place in enumerate(figure.caption_tags):
        pieces[place] = "</p>" if number % 2 else "<p>"
