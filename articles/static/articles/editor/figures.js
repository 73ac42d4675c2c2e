// Writing goes on after a figure, table or callout. A picture is chosen from the library, its address is not typed.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

// A caret does not get behind these by itself.
const CLOSED = ["figure", "image", "caption", "table", "blockquote", "horizontalRule"];
const lastIsClosed = (doc) => CLOSED.includes(doc.lastChild?.type.name);

const goBehind = (editor) => {
  const end = editor.state.doc.content.size;
  return editor.chain().insertContentAt(end, { type: "paragraph" }).setTextSelection(end + 1).focus().run();
};
const leaveCaption = (editor) => {
  const { $from } = editor.state.selection;
  if ($from.parent.type.name !== "caption") return false;
  const inFigure = $from.depth > 1 && $from.node(-1).type.name === "figure";
  const after = $from.after(inFigure ? $from.depth - 1 : $from.depth);
  const next = editor.state.doc.resolve(after).nodeAfter;
  const chain = editor.chain();
  if (next?.type.name !== "paragraph" || next.content.size) chain.insertContentAt(after, { type: "paragraph" });
  return chain.setTextSelection(after + 1).scrollIntoView().run();
};
const leaveTheEnd = (editor) => {
  const { doc, selection } = editor.state;
  const { $to } = selection;
  const isInLast = $to.depth > 0 && $to.index(0) === doc.childCount - 1;
  const isInItsLastPart = $to.depth < 2 || $to.index(1) === doc.lastChild.childCount - 1;
  return lastIsClosed(doc) && isInLast && isInItsLastPart && editor.view.endOfTextblock("down") ? goBehind(editor) : false;
};
// Out of a table or callout wherever the caret is in it.
const leaveBlock = (editor) => {
  const { $to } = editor.state.selection;
  if (!$to.depth || !CLOSED.includes($to.node(1).type.name)) return false;
  const after = $to.after(1);
  const next = editor.state.doc.resolve(after).nodeAfter;
  const chain = editor.chain();
  if (next?.type.name !== "paragraph" || next.content.size) chain.insertContentAt(after, { type: "paragraph" });
  return chain.setTextSelection(after + 1).scrollIntoView().run();
};

// Tab in a table's last cell begins a row. Left again with nothing in it, that row goes: somebody only wanted out.
const ROW_BEGUN = new pm.state.PluginKey("rowBegun");
const beginRow = (editor) => {
  if (!editor.isActive("table") || editor.can().goToNextCell()) return false;
  if (!editor.chain().addRowAfter().goToNextCell().run()) return false;
  const { tr, selection } = editor.state;
  editor.view.dispatch(tr.setMeta(ROW_BEGUN, selection.$from.before(selection.$from.depth - 2)));
  return true;
};
const isEmptyRow = (row) => row?.type.name === "tableRow" && row.children.every((cell) => cell.childCount === 1 && cell.firstChild.isTextblock && !cell.firstChild.childCount);
const rowsBegun = () => new Plugin({
  key: ROW_BEGUN,
  state: {
    init: () => null,
    apply(tr, begun) {
      const told = tr.getMeta(ROW_BEGUN);
      if (told !== undefined) return told;
      const mapped = begun === null ? null : tr.mapping.mapResult(begun);
      return mapped === null || mapped.deleted ? null : mapped.pos;
    },
  },
  appendTransaction(_, before, state) {
    const { doc, selection, tr } = state;
    const begun = ROW_BEGUN.getState(state);
    if (begun === null) return null;
    const row = doc.nodeAt(begun);
    const end = begun + (row?.nodeSize ?? 0);
    if (row && selection.from > begun && selection.to < end) return null;
    return (isEmptyRow(row) ? tr.delete(begun, end) : tr).setMeta(ROW_BEGUN, null);
  },
});

export const FigureWriting = Extension.create({
  name: "figureWriting",
  priority: 1000,
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => leaveCaption(editor),
      Tab: ({ editor }) => beginRow(editor),
      ArrowDown: ({ editor }) => leaveTheEnd(editor),
      "Mod-Enter": ({ editor }) => leaveBlock(editor),
      "Mod-End": ({ editor }) => lastIsClosed(editor.state.doc) && goBehind(editor),
    };
  },
  addProseMirrorPlugins() {
    const editor = this.editor;
    return [
      rowsBegun(),
      new Plugin({
        // Only with a change of the text: an article that is opened is not changed by that.
        appendTransaction(transactions, before, { doc, tr, schema }) {
          if (!transactions.some((one) => one.docChanged) || !lastIsClosed(doc)) return null;
          return tr.insert(doc.content.size, schema.nodes.paragraph.create());
        },
        props: {
          handleClick(view, position, event) {
            const isBelow = event.clientY > (view.dom.lastElementChild?.getBoundingClientRect().bottom ?? Infinity);
            return isBelow && lastIsClosed(view.state.doc) ? goBehind(editor) : false;
          },
        },
      }),
    ];
  },
  onCreate({ editor }) {
    const box = editor.view.dom.parentElement;
    new MutationObserver(() => {
      for (const address of box.querySelectorAll("dialog input[name=imageUrl]:not([readonly])")) address.readOnly = true;
    }).observe(box, { childList: true });
  },
});
