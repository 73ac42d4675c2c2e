// References 〔…〕 are shown as chips with what they are today; the text stays the reference, and is seen where the caret is.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const { Decoration, DecorationSet } = pm.view;
const KEY = new pm.state.PluginKey("figureChips");
const REFERENCE = /〔((?!\d{4}〕)[^〔〕<>]+)〕/g; // the year in a document's number is none
const A_REQUEST = 30;
const PAUSE = 250;

const referencesIn = (doc) => {
  const found = [];
  doc.descendants((node, position) => {
    if (!node.isText) return;
    for (const match of node.text.matchAll(REFERENCE)) {
      found.push({ reference: match[1], from: position + match.index, to: position + match.index + match[0].length });
    }
  });
  return found;
};
const attributesOf = (reference, shown) => {
  if (!shown) return { class: "figure-chip waiting" };
  if (shown.problem) return { class: "figure-chip problem", "data-value": `〔${reference}〕查不到`, title: shown.problem };
  return { class: "figure-chip", "data-value": shown.value, title: `〔${reference}〕` };
};

export const FigureChips = Extension.create({
  name: "figureChips",
  addOptions: () => ({ shown: "" }),
  addProseMirrorPlugins() {
    const { shown: url } = this.options;
    const known = new Map();
    const asked = new Set();
    let view = null;

    const ask = async () => {
      const unknown = [...new Set(referencesIn(view.state.doc).map(({ reference }) => reference))].filter((one) => !asked.has(one));
      for (let start = 0; start < unknown.length; start += A_REQUEST) {
        const some = unknown.slice(start, start + A_REQUEST);
        some.forEach((one) => asked.add(one));
        try {
          const answer = await fetch(`${url}?${new URLSearchParams(some.map((one) => ["reference", one]))}`, { headers: { "X-Requested-With": "fetch" } });
          for (const [reference, shown] of Object.entries((await answer.json()).figures)) known.set(reference, shown);
        } catch {
          some.forEach((one) => asked.delete(one));
          return;
        }
        if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(KEY, true).setMeta("addToHistory", false));
      }
    };
    let pause = null;
    const askSoon = () => {
      clearTimeout(pause);
      pause = setTimeout(ask, PAUSE);
    };

    return [
      new Plugin({
        key: KEY,
        view(editorView) {
          view = editorView;
          askSoon();
          return { update: (_, before) => before.doc.eq(view.state.doc) || askSoon() };
        },
        props: {
          // A click on a chip opens it: the caret goes into the reference.
          handleClick({ state, dispatch }, position, { target }) {
            if (!target.closest?.(".figure-chip[data-value]")) return false;
            const chip = referencesIn(state.doc).find(({ from, to }) => from <= position && position <= to);
            if (chip) dispatch(state.tr.setSelection(pm.state.TextSelection.create(state.doc, chip.to - 1)));
            return Boolean(chip);
          },
          decorations({ doc, selection }) {
            const chips = referencesIn(doc).map(({ reference, from, to }) => {
              const isOpen = selection.from < to && selection.to > from && selection.empty;
              return Decoration.inline(from, to, isOpen ? { class: "figure-chip open" } : attributesOf(reference, known.get(reference)));
            });
            return DecorationSet.create(doc, chips);
          },
        },
      }),
    ];
  },
});
