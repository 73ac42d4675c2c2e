// A picture is chosen from the library, or put into it, in one dialog; pasting or dropping one opens the same.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"];
const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) || "";
const dataUrl = (file) => new Promise((resolve) => {
  const reader = new FileReader();
  reader.addEventListener("load", () => resolve(reader.result));
  reader.readAsDataURL(file);
});

// Writing goes on after the picture.
const goBehind = (tr, address) => {
  let after = null;
  tr.doc.descendants((node, position) => {
    if (node.type.name === "figure" && node.firstChild.attrs.src === address) after = position + node.nodeSize;
    return node.type.name !== "figure";
  });
  if (after === null) return true;
  if (!tr.doc.nodeAt(after)?.isTextblock) tr.insert(after, tr.doc.type.schema.nodes.paragraph.create());
  tr.setSelection(pm.state.TextSelection.create(tr.doc, after + 1));
  return true;
};

const FORM = `
  <h2 id="picture-title">插入图片</h2>
  <div class="picture-drop"><img alt="" hidden><label>选一张图，或拖到这里、粘贴进来 <input type="file" accept="${TYPES.join()}"></label></div>
  <label>或者从图片库里找 <input type="text" name="query" class="vTextField" autocomplete="off"></label>
  <ul class="pictures"></ul>
  <label>替代文字：图里是什么，看不见图的读者靠它（必填） <input name="alt" class="vTextField" maxlength="200" autocomplete="off"></label>
  <label>图注（可不填） <input name="caption" class="vTextField" maxlength="200" autocomplete="off"></label>
  <p class="said" role="status"></p>
  <button type="button" class="button default" name="insert">插入</button>
  <button type="button" class="button" name="close">取消</button>`;

class PictureDialog {
  constructor(editor, { library, upload }) {
    Object.assign(this, { editor, library, upload, waiting: [], put: null });
    this.dialog = document.createElement("dialog");
    this.dialog.className = "chooser picture-dialog";
    this.dialog.setAttribute("aria-labelledby", "picture-title");
    this.dialog.innerHTML = FORM;
    document.body.append(this.dialog);
    const part = (selector) => this.dialog.querySelector(selector);
    this.preview = part(".picture-drop img");
    this.input = part("[type=file]");
    this.query = part("[name=query]");
    this.alt = part("[name=alt]");
    this.caption = part("[name=caption]");
    this.list = part(".pictures");
    this.said = part(".said");
    this.button = part("[name=insert]");
    this.input.addEventListener("change", () => this.input.files[0] && this.takeFile(this.input.files[0]));
    this.query.addEventListener("input", () => {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.look(), 200);
    });
    this.button.addEventListener("click", () => this.insert());
    part("[name=close]").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => {
      const { put } = this;
      this.put = null;
      if (put) put();
      this.next(put === null);
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
      event.preventDefault();
      if (event.target !== this.query) this.insert();
    });
    this.dialog.addEventListener("dragover", (event) => event.preventDefault());
    for (const [name, data] of [["drop", "dataTransfer"], ["paste", "clipboardData"]]) {
      this.dialog.addEventListener(name, (event) => {
        if (!event[data].files.length) return;
        event.preventDefault();
        this.takeFile(event[data].files[0]);
      });
    }
  }

  open(file = null, position = null) {
    Object.assign(this, { position, file: null, chosen: null });
    for (const field of [this.input, this.query, this.alt, this.caption]) field.value = "";
    this.preview.hidden = true;
    this.said.textContent = "";
    this.dialog.showModal();
    if (file) this.takeFile(file);
    this.look();
  }

  // Several at once come one after the other: each needs its own words.
  openAll(files, position) {
    this.waiting.push(...files.map((file, number) => ({ file, position: number ? null : position })));
    if (!this.dialog.open) this.next();
  }

  next(givesFocus = true) {
    const { file, position } = this.waiting.shift() || {};
    if (file) this.open(file, position);
    else if (givesFocus) this.editor.commands.focus();
  }

  async takeFile(file) {
    if (!TYPES.includes(file.type)) return this.say("请传 JPEG、PNG、WebP 或 GIF。");
    Object.assign(this, { file, chosen: null });
    this.mark();
    this.preview.src = await dataUrl(file);
    this.preview.hidden = false;
    this.say("");
    this.alt.focus();
  }

  async look() {
    const answer = await fetch(`${this.library}?${new URLSearchParams({ q: this.query.value })}`, { headers: { "X-Requested-With": "fetch" } });
    const { pictures } = await answer.json();
    this.list.replaceChildren(...pictures.map((picture) => this.entry(picture)));
    if (!pictures.length && this.query.value) this.say("图片库里没有找到。");
  }

  entry(picture) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.dataset.url = picture.url;
    button.setAttribute("aria-pressed", "false");
    button.append(Object.assign(new Image(), { src: picture.thumbnail, alt: "", className: "thumbnail" }), Object.assign(document.createElement("span"), { textContent: picture.title }));
    button.addEventListener("click", () => {
      Object.assign(this, { file: null, chosen: picture });
      this.preview.hidden = true;
      this.alt.value = picture.alt;
      this.mark();
    });
    item.append(button);
    return item;
  }

  mark() {
    this.list.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.url === this.chosen?.url)));
  }

  say(text) {
    this.said.textContent = text;
  }

  async insert() {
    const alt = this.alt.value.trim();
    if (!this.file && !this.chosen) return this.say("还没有选图。");
    if (!alt) {
      this.say("请写一句话说明图里是什么。");
      return this.alt.focus();
    }
    const picture = this.chosen || (await this.uploaded(alt));
    if (!picture) return;
    const caption = this.caption.value.trim();
    const content = [{ type: "image", attrs: { src: picture.url, alt } }];
    if (caption) content.push({ type: "caption", content: [{ type: "text", text: caption }] });
    const { from, to } = this.editor.state.selection;
    const place = this.position ?? { from, to };
    // Once the dialog is gone: before that nothing outside of it takes the focus.
    this.put = () => this.editor.chain().focus().insertContentAt(place, { type: "figure", content }).command(({ tr }) => goBehind(tr, picture.url)).run();
    this.dialog.close();
    if (picture.notes?.length) this.editor.storage.pastedHtml?.say?.(picture.notes);
  }

  async uploaded(alt) {
    const body = new FormData();
    body.append("upload", this.file);
    body.append("alt", alt);
    this.button.disabled = true;
    this.say("正在上传…");
    try {
      const answer = await fetch(this.upload, { method: "POST", body, headers: { "X-CSRFToken": cookie("csrftoken"), "X-Requested-With": "fetch" } });
      const told = await answer.json();
      if (answer.ok) return told;
      this.say((told.sentences || [answer.status === 401 ? "你已退出登录，请在新窗口登录后再试。" : "没有传成功，请再试一次。"]).join(""));
    } catch {
      this.say("没有传成功，请再试一次。");
    } finally {
      this.button.disabled = false;
    }
    return null;
  }
}

// A picture by itself, from a screenshot or a folder, is a file: it is put into the library.
const takesFiles = (editor, data, position) => {
  const files = [...(data?.files || [])].filter((file) => file.type.startsWith("image/"));
  if (!files.length || data.getData("text/html") || data.getData("text/plain")) return false;
  return editor.commands.takePictures(files, position);
};

export const Pictures = Extension.create({
  name: "pictures",
  priority: 1,
  addOptions: () => ({ library: "", upload: "" }),
  addStorage: () => ({ dialog: null }),
  onCreate() {
    this.storage.dialog = new PictureDialog(this.editor, this.options);
  },
  addCommands() {
    return {
      insertFigure: () => ({ editor, commands, dispatch }) => {
        if (editor.isActive("figure") || editor.isActive("image")) return commands.editImage();
        if (dispatch) this.storage.dialog.open();
        return true;
      },
      takePictures: (files, position = null) => ({ dispatch }) => {
        if (dispatch) this.storage.dialog.openAll([...files], position);
        return true;
      },
    };
  },
  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      new Plugin({
        props: {
          handlePaste: (view, event) => takesFiles(editor, event.clipboardData),
          handleDrop: (view, event) => takesFiles(editor, event.dataTransfer, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos),
        },
      }),
    ];
  },
});
