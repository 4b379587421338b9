#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program that reads attachments, with files as people have them and as nobody should."""

import io
import os
import subprocess
import unittest
import zipfile

import tap

PROGRAM = os.path.join(os.environ['SONDE_BUILD_DIR'], 'src', 'extract', 'sonde-extract')
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
WORD = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'
ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
       'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"')


def extract(data, *arguments):
    """Returns the first line of the answer and the text."""
    # What looks for leaks at the end is a process that looks into another: the fence refuses it.
    # The fuzz target looks for them.
    env = {name: value for name, value in os.environ.items() if name.endswith('SAN_OPTIONS')}
    if 'ASAN_OPTIONS' in env:
        env['ASAN_OPTIONS'] += ':detect_leaks=0'
    done = subprocess.run([PROGRAM, *arguments], input=data, capture_output=True, check=True, env=env)
    line, _, text = done.stdout.partition(b'\n')
    return line.decode(), text.decode()


def package(parts, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, 'w', compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def relations(**targets):
    """Relations as ID='type target'."""
    rows = ''.join(f'<Relationship Id="{key}" Type="{OFFICE}/{value.split()[0]}" Target="{value.split()[1]}"/>'
                   for key, value in targets.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def document(body, **parts):
    return package({'[Content_Types].xml': '<Types/>',
                    'word/document.xml': f'<w:document {WORD}><w:body>{body}</w:body></w:document>', **parts})


def paragraph(text, properties=''):
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def pdf(*pages, encrypt=''):
    """A small PDF with a line of text on each page."""
    objects = ['<< /Type /Catalog /Pages 2 0 R >>',
               f'<< /Type /Pages /Count {len(pages)} /Kids [{" ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))}] >>',
               '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>']
    for i, text in enumerate(pages):
        stream = f'BT /F1 12 Tf 72 720 Td ({text}) Tj ET'
        objects.append(f'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * i} 0 R '
                       '/Resources << /Font << /F1 3 0 R >> >> >>')
        objects.append(f'<< /Length {len(stream)} >>\nstream\n{stream}\nendstream')
    out = '%PDF-1.4\n'
    offsets = []
    for i, body in enumerate(objects):
        offsets.append(len(out))
        out += f'{i + 1} 0 obj\n{body}\nendobj\n'
    start = len(out)
    out += f'xref\n0 {len(objects) + 1}\n0000000000 65535 f \n'
    out += ''.join(f'{offset:010} 00000 n \n' for offset in offsets)
    out += f'trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {encrypt} >>\nstartxref\n{start}\n%%EOF\n'
    return out.encode('latin-1')


class Texts(unittest.TestCase):
    def test_encodings(self):
        german = 'Grüße aus München: über die Straße, für alle Fälle.'
        chinese = '你好，世界。这是一个测试文件，里面有很多中文，还有几个常用的句子。'
        russian = 'Привет, мир. Это проверка чтения текста в старой кодировке, без всякой пометки.'
        japanese = 'こんにちは、世界。これは文字コードを調べるための短い文章です。漢字も入っています。'
        for text, encoding in [
            (german, 'utf-8'), (german, 'utf-8-sig'), (german, 'latin-1'), (german, 'utf-16'), (german, 'utf-16-le'),
            (german, 'utf-32'), (chinese, 'utf-8'), (chinese, 'gb18030'), (chinese, 'utf-16'), (russian, 'cp1251'),
            (russian, 'koi8-r'), (japanese, 'shift_jis'), (japanese, 'euc-jp'),
        ]:
            with self.subTest(encoding=encoding, text=text[:8]):
                head, found = extract(text.encode(encoding))
                self.assertEqual(found, text)
                self.assertTrue(head.startswith('ok text 0 '), head)

    def test_line_ends(self):
        self.assertEqual(extract(b'one\r\ntwo\rthree\n')[1], 'one\ntwo\nthree')

    def test_what_is_no_text(self):
        with open(PROGRAM, 'rb') as file:
            self.assertEqual(extract(file.read())[0], 'error unsupported')
        self.assertEqual(extract(b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR' + bytes(range(256)) * 20)[0], 'error unsupported')
        self.assertEqual(extract(b'')[0], 'error empty')
        self.assertEqual(extract(b' \n\t\n')[0], 'error empty')

    def test_a_limit(self):
        self.assertEqual(extract(b'a' * 1001, '1000')[0], 'error too-large')
        self.assertEqual(extract(b'a' * 1000, '1000'), ('ok text 0 UTF-8', 'a' * 1000))


class Pdf(unittest.TestCase):
    def test_pages(self):
        head, text = extract(pdf('The first page', 'and the second'))
        self.assertEqual(head, 'ok pdf 2 -')
        self.assertEqual(text, 'The first page\n\nand the second')

    def test_without_words(self):
        self.assertEqual(extract(pdf(''))[0], 'error empty')

    def test_broken(self):
        whole = pdf('Something')
        self.assertEqual(extract(whole[:40])[0], 'error damaged')
        self.assertEqual(extract(b'%PDF-1.7\n' + b'\0' * 5000)[0], 'error damaged')

    def test_password(self):
        key = '<< /Filter /Standard /V 1 /R 2 /P -4 /O <' + '41' * 32 + '> /U <' + '42' * 32 + '> >>'
        self.assertEqual(extract(pdf('Secret', encrypt=f'/Encrypt {key} /ID [<00><00>]'))[0], 'error encrypted')


class Word(unittest.TestCase):
    def test_paragraphs(self):
        head, text = extract(document(
            paragraph('Report', '<w:pStyle w:val="Heading1"/>')
            + '<w:p><w:r><w:t xml:space="preserve">Two </w:t></w:r><w:r><w:t>runs &amp; more</w:t><w:br/><w:t>line</w:t></w:r></w:p>'
            + paragraph('first', '<w:numPr/>') + paragraph('second', '<w:numPr/>')
            + '<w:p><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>'))
        self.assertEqual(head, 'ok word 0 -')
        self.assertEqual(text, '# Report\n\nTwo runs & more\nline\n\n- first\n- second\n\nkept')

    def test_tables(self):
        row = '<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>'
        text = extract(document(paragraph('Before') + '<w:tbl>'
                                + row.format(paragraph('a'), paragraph('b|c'))
                                + row.format(paragraph('1') + paragraph('2'), paragraph(''))
                                + '</w:tbl>' + paragraph('After')))[1]
        self.assertEqual(text, 'Before\n\n| a | b\\|c |\n| --- | --- |\n| 1 2 |  |\n\nAfter')

    def test_notes(self):
        text = extract(document(
            '<w:p><w:r><w:t>Said</w:t><w:footnoteReference w:id="2"/></w:r></w:p>',
            **{'word/footnotes.xml': f'<w:footnotes {WORD}><w:footnote w:type="separator" w:id="0">{paragraph("")}</w:footnote>'
                                     f'<w:footnote w:id="2">{paragraph("by whom")}</w:footnote></w:footnotes>'}))[1]
        self.assertEqual(text, 'Said[^2]\n\n[^2]: by whom')

    def test_old_and_protected(self):
        ole = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\0' * 600
        self.assertEqual(extract(ole)[0], 'error unsupported')
        self.assertEqual(extract(ole + 'EncryptedPackage'.encode('utf-16-le'))[0], 'error encrypted')


class Sheets(unittest.TestCase):
    def book(self, rows, **parts):
        return package({
            'xl/workbook.xml': f'<workbook xmlns:r="{OFFICE}"><sheets><sheet name="Costs" sheetId="1" r:id="rId7"/></sheets></workbook>',
            'xl/_rels/workbook.xml.rels': relations(rId7='worksheet worksheets/sheet1.xml'),
            'xl/worksheets/sheet1.xml': f'<worksheet><sheetData>{rows}</sheetData></worksheet>', **parts})

    def test_values(self):
        head, text = extract(self.book(
            '<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>in place</t></is></c></row>'
            '<row/><row><c r="A2"><v>1.5</v></c><c r="B2" s="1"><v>45321</v></c><c r="C2" t="b"><v>1</v></c>'
            '<c r="D2" s="1"><v>45321.75</v></c><c r="E2" t="s"><v>99</v></c></row>',
            **{'xl/sharedStrings.xml': '<sst><si><r><t>say "hi", </t></r><r><t>all</t></r><rPh><t>no</t></rPh></si></sst>',
               'xl/styles.xml': '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm"/></numFmts>'
                                '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
                                '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'}))
        self.assertEqual(head, 'ok sheets 1 -')
        self.assertEqual(text, '## Costs\n\n"say ""hi"", all",,in place\n1.5,2024-01-30,TRUE,2024-01-30 18:00:00,99')


class Slides(unittest.TestCase):
    def test_order_and_notes(self):
        slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
        head, text = extract(package({
            'ppt/presentation.xml': f'<p:presentation xmlns:p="p" xmlns:r="{OFFICE}"><p:sldIdLst><p:sldId id="256" r:id="rId3"/>'
                                    '<p:sldId id="257" r:id="rId2"/></p:sldIdLst></p:presentation>',
            'ppt/_rels/presentation.xml.rels': relations(rId2='slide slides/slide1.xml', rId3='slide slides/slide2.xml'),
            'ppt/slides/slide1.xml': slide.format('The end'), 'ppt/slides/slide2.xml': slide.format('The start'),
            'ppt/slides/_rels/slide1.xml.rels': relations(rId1='notesSlide ../notesSlides/notesSlide1.xml'),
            'ppt/notesSlides/notesSlide1.xml': slide.format('Thank them')}))
        self.assertEqual(head, 'ok slides 2 -')
        self.assertEqual(text, '## Slide 1\n\nThe start\n\n## Slide 2\n\nThe end\n\n### Notes\n\nThank them')


class OpenDocument(unittest.TestCase):
    def odf(self, kind, body, manifest=''):
        return package({'mimetype': f'application/vnd.oasis.opendocument.{kind}',
                        'content.xml': f'<office:document-content {ODF}><office:body><office:{kind}>{body}'
                                       f'</office:{kind}></office:body></office:document-content>',
                        'META-INF/manifest.xml': f'<manifest>{manifest}</manifest>'})

    def test_text(self):
        head, text = extract(self.odf(
            'text', '<text:h text:outline-level="2">Head</text:h><text:p>a<text:s text:c="2"/>b<text:line-break/>c</text:p>'
                    '<text:list><text:list-item><text:p>one</text:p></text:list-item><text:list-item><text:p>two</text:p>'
                    '</text:list-item></text:list><office:annotation><text:p>aside</text:p></office:annotation>'))
        self.assertEqual(head, 'ok opendocument 0 -')
        self.assertEqual(text, '## Head\n\na  b\nc\n\n- one\n- two')

    def test_sheet(self):
        head, text = extract(self.odf(
            'spreadsheet', '<table:table table:name="T"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>'
                           '<table:table-cell table:number-columns-repeated="2"/><table:table-cell table:number-columns-repeated="2">'
                           '<text:p>y</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/>'
                           '</table:table-row></table:table>'))
        self.assertEqual((head, text), ('ok opendocument 1 -', '## T\n\nx,,,y,y'))

    def test_password(self):
        self.assertEqual(extract(self.odf('text', '', '<file-entry><encryption-data/></file-entry>'))[0], 'error encrypted')


class Hostile(unittest.TestCase):
    def test_bombs(self):
        zeros = b'<a>' + b' ' * (40 << 20) + b'</a>'
        self.assertEqual(extract(package({'word/document.xml': zeros}))[0], 'error too-large')
        laughs = '<!DOCTYPE d [<!ENTITY a "ha">' + ''.join(
            f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 50}">' for i in range(8)) + ']>'
        self.assertEqual(extract(package({
            'word/document.xml': laughs + f'<w:document {WORD}><w:body>{paragraph("&i;ok")}</w:body></w:document>'}))[0],
                         'error damaged')

    def test_other_files_stay_unread(self):
        secret = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        self.assertEqual(extract(package({'word/document.xml':
                                          secret + f'<w:document {WORD}><w:body>{paragraph("&x;.")}</w:body></w:document>'}))[1], '.')

    def test_names_of_paths(self):
        data = package({'../../../../tmp/sonde-was-here.xml': '<a/>', 'word/document.xml': f'<w:document {WORD}>{paragraph("x")}</w:document>'})
        self.assertEqual(extract(data)[1], 'x')
        self.assertFalse(os.path.exists('/tmp/sonde-was-here.xml'))

    def test_cut_at_many_places(self):
        whole = document(paragraph('Words'), **{'word/footnotes.xml': f'<w:footnotes {WORD}/>'})
        for end in range(4, len(whole) - 1, 37):
            self.assertIn(extract(whole[:end])[0], ('error damaged', 'error unsupported', 'ok word 0 -'), end)

    def test_no_document(self):
        self.assertEqual(extract(package({'a.txt': 'x'}))[0], 'error unsupported')
        self.assertEqual(extract(package({'xl/workbook.xml': '<workbook'}))[0], 'error damaged')


if __name__ == '__main__':
    tap.main()
