// What the style guide says, at the words it says it of.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const { Decoration, DecorationSet } = pm.view;
const KEY = new pm.state.PluginKey("findings");
const MAX_MARKS = 200;

const occurrences = (doc, words) => {
  const found = [];
  doc.descendants((node, position) => {
    if (!node.isText || found.length > MAX_MARKS) return;
    for (let at = node.text.indexOf(words); at >= 0; at = node.text.indexOf(words, at + words.length)) {
      found.push({ from: position + at, to: position + at + words.length });
    }
  });
  return found;
};

export const Findings = Extension.create({
  name: "findings",
  addStorage: () => ({ found: [] }),
  addCommands() {
    return {
      showFindings: (findings) => ({ tr, dispatch }) => {
        this.storage.found = findings.filter(({ places }) => places.length);
        if (dispatch) tr.setMeta(KEY, true).setMeta("addToHistory", false);
        return true;
      },
      goToWords: (words) => ({ editor, tr, dispatch }) => {
        const [first] = occurrences(tr.doc, words);
        if (!first) return false;
        if (dispatch) setTimeout(() => editor.chain().focus().setTextSelection(first).scrollIntoView().run());
        return true;
      },
    };
  },
  addProseMirrorPlugins() {
    const { storage } = this;
    return [
      new Plugin({
        key: KEY,
        props: {
          decorations({ doc }) {
            const marks = storage.found.flatMap(({ sentence, places }) =>
              places.flatMap((words) => occurrences(doc, words).map(({ from, to }) => Decoration.inline(from, to, { class: "finding", title: sentence }))),
            );
            return DecorationSet.create(doc, marks);
          },
        },
      }),
    ];
  },
});
