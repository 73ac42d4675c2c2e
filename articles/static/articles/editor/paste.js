// Pasted HTML is rewritten in the elements of this site before the editor reads it; what is left out is said above the text.
// articles/rich_text/ does the same to text that comes in another way.
import { Extension, Plugin } from "django-prose-editor/editor";

const HEADINGS = "h1, h2, h3, h4, h5, h6";
const BLOCKS = `p, ${HEADINGS}, ul, ol, table, blockquote, div, section, article, figure, pre, hr`;
const INLINE = "span, font, a, b, strong, i, em, u, sup, sub, label, code";
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/gi;

// The policy refuses inline styles even in a document that is only read: they are read as data.
const parse = (html) => {
  const styleless = html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(TAG, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, " data-style"));
  return new DOMParser().parseFromString(styleless, "text/html").body;
};
const styleOf = (element) => (element.dataset.style || "").toLowerCase().replace(/\s+/g, "");
const all = (root, selector) => [...root.querySelectorAll(selector)];
const styled = (root, pattern) => all(root, "[data-style]").filter((element) => pattern.test(styleOf(element)));
const textOf = (element) => element.textContent.replace(/[\s\u00a0]+/g, " ").trim();
const unwrap = (element) => element.replaceWith(...element.childNodes);
const rename = (element, name) => {
  const made = element.ownerDocument.createElement(name);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
};
const wrapWords = (element, name) => {
  const made = element.ownerDocument.createElement(name);
  made.append(...element.childNodes);
  element.append(made);
};

// Word and WPS: a list is a row of paragraphs, each with its level in its style and its sign in a span, or between two comments.
const signOf = (paragraph) => {
  const comment = [...paragraph.childNodes].find((one) => one.nodeType === Node.COMMENT_NODE && /supportLists/i.test(one.data));
  const span = styled(paragraph, /mso-list:ignore/)[0] || comment?.nextElementSibling;
  const fonts = span ? [span, ...all(span, "[data-style]"), span.parentElement].map(styleOf).join() : "";
  return { span, text: span ? textOf(span).replace(/ /g, "") : "", isPictorial: /wingdings|symbol|webdings/.test(fonts) };
};
const LETTERS = /^[(（]?([ivx]+)[.．、)）]$/i;
const LETTERED = /^[(（]?([a-z])[.．、)）]$/i;
const NUMBERED = /^[(（]?(?:\d+[.．])*(\d+)[.．、)）]?$/;
const ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split(" ");
const listFor = ({ text, isPictorial }, open) => {
  if (isPictorial) return { name: "ul" };
  const [, number] = NUMBERED.exec(text) || [];
  if (number) return { name: "ol", start: Number(number) };
  const letters = LETTERS.exec(text)?.[1] || "";
  const roman = ROMANS.indexOf(letters.toLowerCase()) + 1; // in a list of letters i is the ninth of them
  if (roman && !/^a$/i.test(open?.type)) return { name: "ol", start: roman, type: /[a-z]/.test(letters) ? "i" : "I" };
  const letter = LETTERED.exec(text);
  if (letter) return { name: "ol", start: letter[1].toLowerCase().charCodeAt(0) - 96, type: /[a-z]/.test(letter[1]) ? "a" : "A" };
  return /[\u3400-\u9fff]/.test(text) ? null : { name: "ul" }; // 一、 and 第一条 are words that others refer to
};
const makeList = (document, { name, start, type }) => {
  const list = document.createElement(name);
  Object.entries({ start: start > 1 && start, type }).filter(([, value]) => value).forEach(([key, value]) => list.setAttribute(key, value));
  return list;
};
const wordLists = (body) => {
  let open = []; // the lists of a row, outermost first
  for (const paragraph of all(body, `p, ${HEADINGS}`)) {
    if (paragraph.previousElementSibling !== open[0]) open = [];
    const level = /mso-list:\S*level(\d+)/.exec(styleOf(paragraph))?.[1];
    const sign = signOf(paragraph);
    const wanted = level && sign.span && paragraph.localName === "p" && listFor(sign, open[level - 1]);
    if (!wanted) {
      if (sign.span) sign.span.replaceWith(/[\u3000-\u9fff\uff00-\uffef]$/.test(sign.text) ? sign.text : `${sign.text} `); // 1.1 2026, never 1.12026
      continue;
    }
    const depth = Math.min(Number(level), open.length + 1);
    open = open.slice(0, depth);
    if (open.length === depth && open[depth - 1].localName !== wanted.name) open.pop();
    if (open.length < depth) {
      const list = makeList(body.ownerDocument, wanted);
      if (depth > 1) open[depth - 2].lastElementChild.append(list);
      else paragraph.before(list);
      open.push(list);
    }
    sign.span.remove();
    const item = body.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    open[depth - 1].append(item);
    paragraph.remove();
  }
};
const wordHeadings = (body) => {
  for (const paragraph of all(body, "p")) {
    const level = /mso-outline-level:([1-6])/.exec(styleOf(paragraph))?.[1] || /(?:^|\s)(?:Mso)?Heading([1-6])/.exec(paragraph.className)?.[1];
    if (level) rename(paragraph, `h${level}`);
    else if (/(?:^|\s)MsoTitle/.test(paragraph.className)) rename(paragraph, "h1");
  }
};
const blankParagraphs = (body) => all(body, "p").filter((one) => !textOf(one) && !one.querySelector("img, br") && !one.closest("td, th")).forEach((one) => one.remove());

// What is not taken
const leaveOut = (body, found) => {
  const take = (elements, kind) => elements.filter((one) => body.contains(one)).forEach((one) => {
    const words = textOf(one);
    if (words || !["struck", "unseen"].includes(kind)) found[kind].push(words);
    one.remove();
  });
  all(body, "script, meta, link, title, template, rp, noscript, object[type='application/json']").forEach((one) => one.remove());
  take([...all(body, "[hidden]"), ...styled(body, /display:none|mso-hide:all/)], "unseen");
  take([...all(body, "del, s, strike"), ...styled(body, /text-decoration(-line)?:[^;]*line-through/)], "struck");
  take(all(body, "math"), "formulas");
  take(all(body, "iframe, video, audio, embed, object, .block-placeholder, .block-paste-placeholder, [data-type='whiteboard']"), "embedded");
};
const pictures = (body, found, media) => {
  for (const picture of all(body, "img, svg")) {
    const file = picture.localName === "img" && fileOf(picture.getAttribute("src") || "", found.files.length);
    const address = picture.localName === "img" && !file ? new URL(picture.getAttribute("src") || "", location.href) : null;
    if (address?.origin === location.origin && address.pathname.startsWith(media)) {
      picture.setAttribute("src", address.pathname);
      continue;
    }
    const figure = picture.closest("figure");
    picture.remove();
    (file ? found.files : found.pictures).push(file || "");
    if (figure && !figure.querySelector("img, table")) figure.remove();
  }
};

// What it is called here
const words = (body) => {
  all(body, "rt").forEach((one) => one.replaceWith(textOf(one) && `（${textOf(one)}）`));
  all(body, "b, strong").filter((one) => /font-weight:(normal|[1-5]00)/.test(styleOf(one))).forEach(unwrap);
  const marks = { strong: /font-weight:(bold|[6-9]00)/, em: /font-style:(italic|oblique)/, sup: /vertical-align:super/, sub: /vertical-align:sub(?!\w)/ };
  all(body, ".MsoFootnoteReference, .MsoEndnoteReference").forEach((one) => wrapWords(one, "sup"));
  all(body, "a[href^='#_']").forEach(unwrap); // the table of contents and footnotes of Word
  for (const [name, pattern] of Object.entries(marks)) {
    styled(body, pattern).filter((one) => one.matches(INLINE) && one.localName !== name).forEach((one) => wrapWords(one, name));
  }
};
const headings = (body) => {
  const isTop = body.querySelector("h1") !== null;
  for (const heading of all(body, HEADINGS)) {
    all(heading, "b, strong").forEach(unwrap);
    const level = heading.localName;
    rename(heading, level === "h1" || (level === "h2" && !isTop) ? "h2" : "h3");
  }
};
const ORDER_TYPES = { "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I" };
const lists = (body) => {
  for (const line of all(body, "div.rich-text-ordered-list, div.rich-text-unordered-list")) { // Feishu's chat: each item by itself
    const [name, before] = [line.matches(".rich-text-ordered-list") ? "ol" : "ul", line.previousElementSibling];
    const list = before?.localName === name && before.isMadeOfLines ? before : makeList(line.ownerDocument, { name, start: Number(line.dataset.listIndex || 1) });
    list.isMadeOfLines = true;
    if (list !== before) line.before(list);
    list.append(rename(line, "li"));
  }
  for (const list of all(body, "ol:not([type])")) {
    const kind = /list-style-type:([a-z-]+)/.exec([list, list.querySelector(":scope > li")].map((one) => one && styleOf(one)).join())?.[1];
    if (ORDER_TYPES[kind]) list.setAttribute("type", ORDER_TYPES[kind]);
  }
};
const blocks = (body) => {
  for (const list of all(body, "ul > ul, ul > ol, ol > ul, ol > ol")) {
    const item = list.previousElementSibling?.localName === "li" ? list.previousElementSibling : null;
    if (item) item.append(list);
    else list.replaceWith(Object.assign(list.ownerDocument.createElement("li"), { innerHTML: list.outerHTML }));
  }
  for (const text of all(body, "pre")) {
    all(text, "br").forEach((one) => one.replaceWith("\n"));
    all(text, "div + div, p + p").filter((one) => !/\n$/.test(one.previousElementSibling.textContent) && !/^\n/.test(one.textContent)).forEach((one) => one.before("\n"));
    const paragraphs = text.textContent.split(/\n[ \t]*\n/).map((lines) => {
      const paragraph = text.ownerDocument.createElement("p");
      lines.replace(/^\n|\n$/g, "").split("\n").forEach((line, number) => {
        if (number) paragraph.append(text.ownerDocument.createElement("br"));
        paragraph.append(line);
      });
      return paragraph;
    });
    text.replaceWith(...paragraphs);
  }
  all(body, "dt, dd").forEach((one) => rename(one, "p"));
  all(body, "table > caption").forEach((one) => {
    const table = one.parentElement;
    table.before(one);
    rename(one, "p");
  });
  if (body.querySelector(BLOCKS)) all(body, ":scope > br").forEach((one) => one.remove());
};

const rewrite = (html, media) => {
  const found = { pictures: [], struck: [], unseen: [], formulas: [], embedded: [], files: [] };
  const body = parse(html);
  leaveOut(body, found);
  wordHeadings(body);
  wordLists(body);
  pictures(body, found, media);
  words(body);
  headings(body);
  lists(body);
  blocks(body);
  blankParagraphs(body);
  all(body, "[data-style]").forEach((one) => one.removeAttribute("data-style"));
  return { html: body.innerHTML, found };
};

const quoted = (list) => list.slice(0, 3).map((text) => `“${text.slice(0, 30)}${text.length > 30 ? "…" : ""}”`).join("、") + (list.length > 3 ? "等" : "");
const SENTENCES = {
  pictures: (list) => `有 ${list.length} 张图片没有贴进来：请先把图片传到图片库，再点“图片”插入。`,
  struck: (list) => `没有贴进来 ${list.length} 处划掉的文字：${quoted(list)}。`,
  unseen: (list) => `没有贴进来 ${list.length} 处不显示的文字：${quoted(list)}。`,
  formulas: (list) => `没有贴进来 ${list.length} 个公式：请用文字写，如 10⁴、a ÷ b。`,
  embedded: (list) => `没有贴进来 ${list.length} 处视频、音频、画板或内嵌网页。`,
};
const tell = (view, found) => {
  const editor = view.dom.closest(".prose-editor");
  const sentences = Object.entries(SENTENCES).filter(([kind]) => found[kind]?.length).map(([kind, say]) => say(found[kind]));
  let box = editor.querySelector(".paste-notes");
  if (!box) {
    box = Object.assign(document.createElement("div"), { className: "paste-notes" });
    box.setAttribute("role", "status");
    view.dom.before(box);
  }
  box.replaceChildren(...sentences.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
};
// A picture that came inside a text as data: is asked for after the text is in; what is tiny holds the place of another.
const LEAST_CHARACTERS = 1500;
const fileOf = (address, number) => {
  const [, type, coded] = /^data:(image\/(?:png|jpeg|gif|webp));base64,(.*)$/s.exec(address) || [];
  return type && coded.length >= LEAST_CHARACTERS && new File([Uint8Array.from(atob(coded), (one) => one.charCodeAt(0))], `${number}`, { type });
};

export const PastedHtml = Extension.create({
  name: "pastedHtml",
  addOptions: () => ({ media: "/media/" }),
  onBeforeCreate() {
    this.editor.options.enablePasteRules = ["link"]; // others would read * and ` in a pasted text as signs of Markdown
  },
  addProseMirrorPlugins() {
    const { editor, options: { media } } = this;
    return [
      new Plugin({
        props: {
          transformPastedHTML(html, view) {
            if (html.includes("data-pm-slice")) return html; // from an editor like this one
            const { html: rewritten, found } = rewrite(html, media);
            tell(view, found);
            if (found.files.length) setTimeout(() => editor.commands.takePictures(found.files));
            return rewritten;
          },
        },
      }),
    ];
  },
});
