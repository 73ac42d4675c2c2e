// The editor's menu speaks English; these are its words in Chinese. A classic script, so it runs before the editor's modules.
"use strict";
{
  const words = {
    "bold": "加粗", "italic": "斜体", "heading 2": "二级标题", "heading 3": "三级标题", "Heading 2": "二级标题",
    "Heading 3": "三级标题", "paragraph": "正文", "Paragraph": "正文", "unordered list": "项目列表",
    "ordered list": "编号列表", "blockquote": "引用", "horizontal rule": "分隔线", "hard break": "换行", "superscript": "上标", "subscript": "下标",
    "figure": "图片", "Add column": "加一列", "Add row": "加一行", "Toggle header cell": "切换表头",
    "insert link": "插入链接", "link": "链接", "unlink": "取消链接", "remove link": "取消链接",
    "undo": "撤销", "redo": "重做", "Undo": "撤销", "Redo": "重做", "Block style": "段落样式",
    "Reset all classes": "取消段落样式", "引用: default": "引用：普通", "引用: 提示": "引用：提示", "引用: 注意": "引用：注意",
    "Insert table": "插入表格", "Insert Table": "插入表格", "Table Properties": "表格", "Rows": "行数", "Columns": "列数",
    "Include header row": "第一行是表头", "Add column before": "左边加一列", "Add column after": "右边加一列",
    "Delete column": "删除列", "Add row before": "上边加一行", "Add row after": "下边加一行", "Delete row": "删除行",
    "Delete table": "删除表格", "Merge or split cells": "合并或拆分单元格", "Merge cells": "合并单元格",
    "Split cell": "拆分单元格", "Toggle header cell": "切换表头", "Toggle header row": "切换表头行",
    "List properties": "列表样式", "Update": "确定", "Insert": "插入", "Cancel": "取消", "Image URL": "图片地址",
    "Browse...": "从图片库选…", "Alternative Text": "替代文字（必填：图里是什么）", "Caption": "图注",
    "Edit Figure": "修改图片", "Edit Image": "修改图片", "Insert Figure": "插入图片", "Remove caption": "去掉图注",
    "Add caption": "加图注", "URL": "网址", "Title": "标题", "Edit Link": "链接", "Toggle fullscreen": "全屏",
    "Decimal numbers": "1、2、3", "Lowercase letters": "a、b、c", "Uppercase letters": "A、B、C",
    "Lowercase Roman numerals": "i、ii、iii", "Uppercase Roman numerals": "I、II、III", "Bullets": "圆点",
    "Yes": "是", "No": "否", "Start at": "从几开始", "List type": "样式",
  };
  const known = (text) => words[text.trim()];
  if (window.django?.catalog) Object.assign(django.catalog, words);
  else window.gettext = (text) => known(text) || text;

  const translate = (element) => {
    for (const name of ["title", "aria-label"]) {
      const word = known(element.getAttribute(name) || "");
      if (word) element.setAttribute(name, word);
    }
    const isIcon = element.classList.contains("material-icons");
    if (element.matches("option")) element.value = element.value; // what is chosen stays what the editor knows
    if (!isIcon && element.childElementCount === 0 && known(element.textContent)) {
      element.textContent = known(element.textContent);
    }
  };
  const translateMenus = () => document.querySelectorAll(".prose-menubar *, .prose-editor-dialog option").forEach(translate);
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(translateMenus).observe(document.body, { childList: true, subtree: true });
  });
}
