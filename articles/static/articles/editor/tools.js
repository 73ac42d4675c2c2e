// Tools of the text field: links and figures are found in a dialog, a table begins with its head, a callout is one button.
import { Extension } from "django-prose-editor/editor";

const make = (name, properties = {}, attributes = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const ask = async (url, query) => {
  const answer = await fetch(`${url}?${new URLSearchParams({ q: query })}`, { headers: { "X-Requested-With": "fetch" } });
  return answer.json();
};

// A dialog in which something is looked for and one of what is found is taken, with the mouse or the keyboard.
class Chooser {
  constructor({ name, title, label, nothing, find, row, choose, typed = () => null }) {
    Object.assign(this, { name, nothing, find, row, choose, typed, found: [], active: 0, turn: 0 });
    this.list = make("ul", { id: `${name}-found` }, { role: "listbox", "aria-label": title });
    this.input = make("input", { id: `${name}-query`, type: "text", className: "vTextField", autocomplete: "off" }, {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    });
    this.said = make("p", { className: "said" }, { role: "status" });
    const close = make("button", { type: "button", className: "button", textContent: "关闭" });
    close.addEventListener("click", () => this.dialog.close());
    const heading = make("h2", { id: `${name}-title`, textContent: title });
    const words = make("label", { htmlFor: this.input.id, textContent: label });
    this.dialog = make("dialog", { id: `${name}-chooser`, className: "chooser" }, { "aria-labelledby": heading.id }, heading, words, this.input, this.list, this.said, close);
    document.body.append(this.dialog);
    this.input.addEventListener("input", () => {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.look(), 200);
    });
    this.input.addEventListener("keydown", (event) => this.move(event));
  }

  open(text = "") {
    this.input.value = text;
    this.dialog.showModal();
    this.input.select();
    this.look();
  }

  async look() {
    const turn = ++this.turn;
    this.asked = this.input.value;
    let found = [];
    let sentence = "";
    try {
      ({ found, sentence = "" } = await this.find(this.input.value.trim()));
    } catch {
      sentence = "连不上网站，过一会儿再试。";
    }
    if (turn !== this.turn) return;
    this.found = found;
    this.list.replaceChildren(...found.map((one, number) => this.option(one, number)));
    this.said.textContent = sentence || (found.length ? "" : this.nothing);
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.mark(0);
  }

  option(one, number) {
    const option = make("li", { id: `${this.name}-option-${number}` }, { role: "option" }, ...this.row(one));
    option.addEventListener("click", () => this.take(one));
    return option;
  }

  mark(place) {
    this.active = place;
    [...this.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    const option = this.list.children[place];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  move(event) {
    const count = this.found.length;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && count) this.mark((this.active + 1) % count);
    else if (event.key === "ArrowUp" && count) this.mark((this.active - 1 + count) % count);
    else if (event.key === "Enter") this.enter();
    else return;
    event.preventDefault();
  }

  // What was typed a moment ago is looked for before it is answered.
  async enter() {
    clearTimeout(this.pause);
    const typed = this.typed(this.input.value.trim());
    if (typed && this.active === 0) return this.take(typed);
    if (this.asked !== this.input.value) await this.look();
    if (this.found.length) this.take(this.found[this.active] || this.found[0]);
  }

  take(one) {
    this.dialog.close();
    this.choose(one);
  }
}

const ADDRESS = /^(?:https?:\/\/|\/|#|mailto:|tel:|www\.)\S+$|^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?$/i;
const linkTo = (editor, { url, title, kind }) => {
  const chain = editor.chain().focus();
  if (editor.isActive("link")) return chain.extendMarkRange("link").updateAttributes("link", { href: url }).run();
  if (!editor.state.selection.empty) return chain.setMark("link", { href: url }).run();
  const text = kind === "网址" ? url : title;
  return chain.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href: url } }] }).run();
};
const typedLink = (text) => (ADDRESS.test(text) ? { kind: "网址", title: text, note: "", url: text } : null);
const linkChooser = (editor, url) => new Chooser({
  name: "link", title: "插入链接", label: "标题里的词，或者网址", nothing: "没有找到。可以换几个词，或者把网址贴进来。",
  async find(query) {
    const { links } = query ? await ask(url, query) : { links: [] };
    return { found: [typedLink(query), ...links].filter(Boolean), sentence: query ? "" : "我们的文章、计算器、政策文件和地区都能按标题找到。" };
  },
  row: ({ kind, title, note }) => [make("small", { className: "kind", textContent: kind }), " ", title, " ", make("small", { textContent: note })],
  choose: (link) => linkTo(editor, link),
  typed: typedLink,
});
const figureChooser = (editor, url) => new Chooser({
  name: "figure", title: "插入数字", label: "参数、地区、条件或数值，如“北京门诊起付线”“1800”", nothing: "没有找到今天有效的数字。",
  async find(query) {
    const { figures = [], sentence } = await ask(url, query);
    return { found: figures, sentence };
  },
  row: ({ reference, value, source, kind }) => [
    make("small", { className: "kind", textContent: kind || "" }), " ", reference, " ", make("strong", { textContent: value }), " ", make("small", { className: "source", textContent: source || "" }),
  ],
  choose: ({ reference }) => editor.chain().focus().insertContent(reference).run(),
});

const CALLOUTS = { tip: "提示", warning: "注意" };
const toggleCallout = (editor, name) => {
  const chain = editor.chain().focus();
  if (editor.isActive("blockquote", { class: name })) return chain.lift("blockquote").run();
  if (!editor.isActive("blockquote")) chain.wrapIn("blockquote");
  return chain.updateAttributes("blockquote", { class: name }).run();
};

export const WritingTools = Extension.create({
  name: "writingTools",
  priority: 1, // after those whose commands and buttons it replaces
  addOptions: () => ({ figures: "", links: "" }),
  addStorage: () => ({ links: null, figures: null }),
  onCreate() {
    this.storage.links = linkChooser(this.editor, this.options.links);
    this.storage.figures = figureChooser(this.editor, this.options.figures);
  },
  addCommands() {
    return {
      addLink: () => ({ editor, dispatch }) => {
        if (dispatch) this.storage.links.open(editor.getAttributes("link").href || "");
        return true;
      },
      insertReference: () => ({ dispatch }) => {
        if (dispatch) this.storage.figures.open();
        return true;
      },
      insertTableWithOptions: () => ({ commands }) => commands.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    };
  },
  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "reference", groups: "references", button: buttons.text("插入数字"),
      command: (editor) => editor.commands.insertReference(),
    });
    menu.defineItem({
      name: "link", groups: "references", button: buttons.material("insert_link", "插入链接"),
      command: (editor) => editor.commands.addLink(), active: (editor) => editor.isActive("link"),
    });
    for (const [name, title] of Object.entries(CALLOUTS)) {
      menu.defineItem({
        name: `callout:${name}`, groups: "callout", button: buttons.text(title, `${title}框`),
        command: (editor) => toggleCallout(editor, name), active: (editor) => editor.isActive("blockquote", { class: name }),
      });
    }
  },
});
