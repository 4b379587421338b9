/* SPDX-FileCopyrightText: 2026 The Sonde authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every kind of Markdown that is read, and the blocks it gives, as test-markdown.c writes them. */
static const struct {
  const char *name;
  const char *text;
  const char *blocks;
} fixtures[] = {
  { "paragraphs", "One\ntwo\n\nthree  \nfour", ": One\ntwo\n: three\nfour\n" },
  { "headings", "# A *b*\ntext\n### C ###\nD\n---\n", "h1: A {i b}\n: text\nh3: C\nh2: D\n" },
  { "emphasis", "**b** *i* ***bi*** ~~s~~ ~5~ `c` \\*x\\*",
    ": {b b} {i i} {bi bi} {s s} ~5~ {c c} *x*\n" },
  { "snake", "call snake_case_name and __init__.py, 2*3*4",
    ": call snake_case_name and {b init}.py, 2{i 3}4\n" },
  { "nested emphasis", "**bold `code` and *both***", ": {b bold }{bc code}{b  and }{bi both}\n" },
  { "cjk close", "**中文：**后面", ": {b 中文：}后面\n" },
  { "cjk open", "中文**“引用”**中文", ": 中文{b “引用”}中文\n" },
  { "cjk note", "**重点(说明)**后面和*斜体。*后", ": {b 重点(说明)}后面和{i 斜体。}后\n" },
  { "cjk chain", "**标题**：**重点：**内容~~删除！~~后",
    ": {b 标题}：{b 重点：}内容{s 删除！}后\n" },
  { "cjk korean", "**굵은(글씨)**는 그리고 **다른 것!**입니다",
    ": {b 굵은(글씨)}는 그리고 {b 다른 것!}입니다\n" },
  { "money", "It costs $5 and $6, not $$ or 7$.", ": It costs $5 and $6, not $$ or 7$.\n" },
  { "more money", "US$5, A$6 and $7,$8 or $9-$10; $5 or 6$; $ 1 $; 5$; \\$x$; $a",
    ": US$5, A$6 and $7,$8 or $9-$10; $5 or 6$; $ 1 $; 5$; $x$; $a\n" },
  { "mathematics in dollars", "Let $n$ be $(2k+1)^2 = 4 * k_1 * k_2$, so $0$; **$\\gcd(p, q)$**.",
    ": Let {$ n} be {$ (2k+1)^2 = 4 * k_1 * k_2}, so {$ 0}; {b$ \\gcd(p, q)}.\n" },
  { "mathematics in dollars in cells", "| $a|b$ | $1/2$ |\n|---|---|\n",
    "table: | {$ a|b}< ; {$ 1/2}<\n" },
  { "inline mathematics", "So \\(a_1 * b_2 * c\\) and **\\(x\\)** hold.",
    ": So {$ a_1 * b_2 * c} and {b$ x} hold.\n" },
  { "display mathematics", "Then\n\\[\na\n+ b\n\\]\nand $$x^2$$ ends.",
    ": Then\nmath: a\n+ b\n: and\nmath: x^2\n: ends.\n" },
  { "mathematics alone", "$$\n\\frac{a}{b}\n$$\n", "math: \\frac{a}{b}\n" },
  { "mathematics in a heading", "## On $$x$$ now", "h2: On {$ x} now\n" },
  { "mathematics in code", "`\\(x\\)` and ``$$a$$``\n\n```tex\n\\[\nx\n\\]\n```\n\n    $$b$$\n",
    ": {c \\(x\\)} and {c $$a$$}\ncode(tex): \\[\nx\n\\]\ncode(): $$b$$\n" },
  { "mathematics is cut by a blank line", "\\[ a\n\nb \\]", ": [ a\n: b ]\n" },
  { "mathematics in a list", "- is \\(x\\)\n- has\n  $$y$$\n",
    "L-: is {$ x}\nl-: has\nlmath: y\n" },
  { "code", "```python title\nprint(1)\n\n  x\n```\nafter",
    "code(python): print(1)\n\n  x\n: after\n" },
  { "open code", "Hi\n```c\nint x;\n", ": Hi\ncode...(c): int x;\n" },
  { "tilde fence", "~~~~\n```\n~~~\n~~~~\n", "code(): ```\n~~~\n" },
  { "list", "- a\n- b **c**\n\n  more\n- d\n", "L-: a\nl-: b {b c}\nl: more\nl-: d\n" },
  { "numbers", "3. a\n4. b\n   - c\n     1. d\n", "L3.: a\nl4.: b\nlL-: c\nllL1.: d\n" },
  { "tasks", "- [ ] open\n- [x] done\n", "L[ ]: open\nl[x]: done\n" },
  { "code in a list", "1. a\n\n   ```sh\n   ls\n   ```\n2. b\n",
    "L1.: a\nlcode(sh): ls\nl2.: b\n" },
  { "empty item", "- a\n-\n- b\n", "L-: a\nl-: \nl-: b\n" },
  { "quotes", "> a\n> > b\n>\n> - c\n\n> d\n", "Q: a\nqQ: b\nqL-: c\nQ: d\n" },
  { "table", "| a | b | c |\n|:--|:-:|--:|\n| 1 | **2** | `x\\|y` |\n| 4 |\n\nafter",
    "table: | a< ; b^ ; c> | 1 ; {b 2} ; {c x|y} | 4 ;  ; \n: after\n" },
  { "table after text", "text\n| a | b |\n|---|---|\n| 1<br>2 | 3 |\n",
    ": text\ntable: | a< ; b< | 1\n2 ; 3\n" },
  { "table after indented text", "   text\n甲乙 | 丙\n--|--\n1 | 2\n3 | 4\n",
    ": text\ntable: | 甲乙< ; 丙< | 1 ; 2 | 3 ; 4\n" },
  { "rule", "a\n\n---\n\nb", ": a\nrule\n: b\n" },
  { "links", "[*a* b](http://x.y/(z) \"t\") <http://q> www.w.org/a_b. mail@x.org",
    ": {il<http://x.y/(z)> a}{l<http://x.y/(z)>  b} {l<http://q> http://q} "
    "{l<http://www.w.org/a_b> www.w.org/a_b}. {l<mailto:mail@x.org> mail@x.org}\n" },
  { "link before Chinese", "见https://a.cn/b，然后 https://a.cn。",
    ": 见{l<https://a.cn/b> https://a.cn/b}，然后 {l<https://a.cn> https://a.cn}。\n" },
  { "link definitions",
    "See [a] and [b][c].\n\n- [x][A]\n\n[a]: http://a\n[c]: <http://c> 'title'\n",
    ": See {l<http://a> a} and {l<http://c> b}.\nL-: {l<http://a> x}\n" },
  { "definition in code", "[a]\n\n```\n[a]: http://a\n```\n", ": [a]\ncode(): [a]: http://a\n" },
  { "image", "![alt *x*](http://p/q.png) ![](u)",
    ": {a<http://p/q.png> 🖼 alt }{ia<http://p/q.png> x} {a<u> 🖼 u}\n" },
  { "html", "<div>\n**x**\n</div>\n\na <b>c</b><br/>d",
    "html: <div>\n**x**\n</div>\n: a <b>c</b>\nd\n" },
  { "entities", "&amp; &lt;b&gt; &copy; &nosuch;", ": & <b> © &nosuch;\n" },
  { "markup", "a < b & <span foreground='red'>c</span>",
    ": a < b & <span foreground='red'>c</span>\n" },
  { "line ends", "a\r\nb\r\r\nc\rd", ": a\nb\n: c\nd\n" },
  { "control characters", "a\001b\033[31mc\177", ": a␁b␛[31mc␡\n" },
  { "stand-ins",
    "a\357\267\220"
    "0\357\267\221b\360\222\221\260 `\357\267\220`",
    ": a\357\267\220"
    "0\357\267\221b\360\222\221\260 {c \357\267\220}\n" },
  { "loose list", "- a\n- b\n\n- c\n  - d\n\n    e\n- f\n\nend\n",
    "L-: a\nl-: b\nl-: c\nlL-: d\nll: e\nl-: f\n: end\n" },
  { "deep list",
    "1. a\n   - b\n\n     > c\n     >\n     > 7. d\n     > 8. e\n     >    - f\n   - g\n2. h\n",
    "L1.: a\nlL-: b\nllQ: c\nllqL7.: d\nllql8.: e\nllqlL-: f\nll-: g\nl2.: h\n" },
  { "odd numbers", "2. a\n2. b\n9. c\n   1) d\n   1) e\n\n   f\n3. g\n",
    "L2.: a\nl3.: b\nl4.: c\nlL1.: d\nll2.: e\nl: f\nl5.: g\n" },
  { "lists in one line", "- - a\n  - b\n- 1. c\n  2. d\n", "LL-: a\nll-: b\nlL1.: c\nll2.: d\n" },
  { "two lists", "- a\n- b\n* c\n* d\n1. e\n2) f\n",
    "L-: a\nl-: b\nL-: c\nl-: d\nL1.: e\nL2.: f\n" },
  { "empty quote at the beginning of a quote", "> a\n\n>>\n> b\n>\n> c\n", "Q: a\nQ: b\nq: c\n" },
  { "table in a list",
    "- a\n\n  | b | c |\n  |---|---|\n  | d | e |\n  | f | g |\n  | h | i |\n- j\n",
    "L-: a\nltable: | b< ; c< | d ; e | f ; g | h ; i\nl-: j\n" },
  { "footnotes",
    "One[^1] and two[^Note], not [^x].\n\n[^1]: First **bold**.\n[^note]: Second\n    line.\n\n    "
    "More.\n\nEnd",
    ": One{^ 1} and two{^ Note}, not [^x].\nnote(1): {^ 1} First {b bold}.\n"
    "note(note): {^ note} Second\nline.\nnote+(note): More.\n: End\n" },
  { "a late footnote", "- a[^n]\n- b\n\ntext\n\n[^n]: Here.\n",
    "L-: a{^ n}\nl-: b\n: text\nnote(n): {^ n} Here.\n" },
  { "no footnote", "`[^1]` and [^1](u)\n\n<!--\n[^2]: x\n-->\n",
    ": {c [^1]} and {l<u> ^1}\nhtml: <!--\n[^2]: x\n-->\n" },
  { "blank", " \n\t\n", "" },
  { "mixture",
    "# 标题\n\n段落 **粗体：**后面，\\(x\\)。\n\n1. 一\n   - 二\n\n```c\nint a; /* ** */\n```\n\n"
    "> 引用 [l](http://a)\n\n| 甲 | 乙 |\n|---|---|\n| `a` | $$b$$ |\n\n---\n[l]: http://b\n",
    "h1: 标题\n: 段落 {b 粗体：}后面，{$ x}。\nL1.: 一\nlL-: 二\ncode(c): int a; /* ** */\n"
    "Q: 引用 {l<http://a> l}\ntable: | 甲< ; 乙< | {c a} ; {$ b}\nrule\n" },
};

G_END_DECLS
