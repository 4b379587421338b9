#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files with a question: attached, sent, kept, and those that cannot be."""

import io
import os
import subprocess
import zipfile

import tap
from desktop import DesktopTest, wait_for

KEY = 'sk-e2e-0123456789abcdef'
SCRIPT = '\n#demo rate=0 tokens=12 reasoning=4'
JSON_WORD = 'For JSON output, the word “JSON” must be in the question.'
OLD_OFFICE = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'


def zipped(name, content):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


class Attachments(DesktopTest):
    def open_sonde(self, *arguments):
        return self.start('--base-url', self.service.base_url, *arguments, DEEPSEEK_API_KEY=KEY)

    def write(self, name, content):
        path = os.path.join(self.home.folder, name)
        with open(path, 'wb') as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def paste(self, *paths):
        """Pastes files into the composer, as they are copied in a file manager."""
        uris = ''.join(f'file://{path}\r\n' for path in paths)
        subprocess.run(['xclip', '-selection', 'clipboard', '-in', '-target', 'text/uri-list'],
                       input=uris.encode(), check=True, timeout=10)
        self.chat.press('ctrl+l', 'ctrl+v')

    def wait_chip(self, name, description=None):
        def has_chip():
            return [node for node in self.chat.root.find_all('button', name)
                    if description is None or description in node.description]
        return wait_for(has_chip, f'{name} with "{description}"')[0]

    def last_content(self):
        return [message['content'] for message in self.service.last_request()['messages']
                if message['role'] == 'user'][-1]

    def test_from_the_composer_to_the_next_start(self):
        notes = self.write('Größen.txt', 'Der Fluss ist 40 m tief.')
        code = self.write('main.c', 'int main (void) { return 0; }')
        chat = self.open_sonde()
        chat.ask('Is it deep?' + SCRIPT)
        chat.wait_answer()
        self.paste(notes, code)
        self.wait_chip('Größen.txt', '24 bytes · ≈8 tokens')
        self.wait_chip('main.c')
        os.remove(notes)  # what was in it is attached

        # The draft is kept with its files, and one of them is taken away by the keyboard.
        self.assertEqual(chat.close(), 0)
        chat = self.open_sonde()
        chat.open('Is it deep?')
        chat.tab_to(self.wait_chip('main.c'), backwards=True)
        chat.press('Delete')
        chat.root.wait_gone('button', 'main.c')
        wait_for(lambda: chat.focused().name == 'Größen.txt', 'the next one to have the keyboard')

        # What is sent of it can be read before, and after.
        chat.press('Return')
        dialog = chat.root.wait('dialog')
        self.assertEqual(dialog.wait('text', 'Text of the File').text, 'Der Fluss ist 40 m tief.')
        chat.press('Escape')
        chat.root.wait_gone('dialog')
        chat.ask('And now?' + SCRIPT)
        chat.wait_answer()
        self.assertEqual(self.last_content(),
                         '[file name]: Größen.txt\n[file content begin]\nDer Fluss ist 40 m tief.\n'
                         '[file content end]\nAnd now?' + SCRIPT)
        before = self.service.last_request()['messages']
        self.assertEqual(chat.close(), 0)

        chat = self.open_sonde()
        chat.open('Is it deep?')
        self.wait_chip('Größen.txt').click()
        chat.root.wait('dialog').wait('text', 'Text of the File')
        chat.press('Escape')
        chat.root.wait_gone('dialog')
        chat.ask('Thank you.' + SCRIPT)
        chat.wait_answer()
        self.assertEqual(self.service.last_request()['messages'][:len(before)], before)

    def test_from_the_command_line(self):
        notes = self.write('notes.md', 'Four fathoms.')
        chat = self.open_sonde('--prompt', 'How deep?' + SCRIPT, '--file', notes)
        wait_for(chat.turns, 'the question')
        chat.wait_answer()
        self.assertEqual(self.last_content(), '[file name]: notes.md\n[file content begin]\nFour fathoms.\n'
                         '[file content end]\nHow deep?' + SCRIPT)

    def test_bad_files(self):
        locked = self.write('locked.txt', 'x')
        os.chmod(locked, 0)
        folder = os.path.join(self.home.folder, 'folder')
        os.mkdir(folder)
        huge = self.write('huge.txt', 'x')
        os.truncate(huge, 2 << 30)
        files = {
            os.path.join(self.home.folder, 'gone.txt'): 'not there any more',
            folder: 'a folder',
            huge: 'more in this file than a model can read',
            self.write('binary.txt', b'\x7fELF\x02\x01\x01' + bytes(range(256)) * 4): 'no text to read',
            self.write('broken.pdf', '%PDF-1.4\n1 0 obj <<'): 'damaged',
            self.write('broken.docx', b'PK\x03\x04broken'): 'damaged',
            self.write('bomb.docx', zipped('word/document.xml', b'<a>' + b' ' * (40 << 20) + b'</a>')):
                'more in this file than a model can read',
            self.write('secret.xlsx', OLD_OFFICE + 'EncryptedPackage\0'.encode('utf-16-le')): 'password',
            self.write('blank.txt', ' \n'): 'no text in this file',
        }
        if os.geteuid() != 0:
            files[locked] = 'not allowed'
        chat = self.open_sonde()
        chat.message.set_text('A question that stays.')
        for path, words in files.items():
            with self.subTest(path=os.path.basename(path)):
                self.paste(path)
                self.wait_chip(os.path.basename(path), words)
                self.assertNotIn('sensitive', chat.root.wait('button', 'Send').states)
                chat.root.wait('button', f'Remove {os.path.basename(path)}').click()
                chat.root.wait_gone('button', os.path.basename(path))
        self.assertEqual(chat.message.text, 'A question that stays.')
        chat.root.wait('button', 'Send', 'sensitive')

        # One click takes away what is in the way.
        self.paste(folder)
        chat.root.wait('button', 'Remove File').click()
        chat.root.wait('button', 'Send', 'sensitive')
        self.assertFalse([event for event in self.service.log() if event.get('path', '').endswith('completions')])

    def test_images_and_models(self):
        pixels = self.write('dot.gif', b'GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\4\1\0\0\0\0,\0\0\0\0'
                            b'\1\0\1\0\0\2\2D\1\0;')
        chat = self.open_sonde()
        chat.wait_composer()
        self.paste(pixels)
        self.wait_chip('dot.gif')
        chat.ask('What is on it?' + SCRIPT)
        chat.wait_answer()
        text, image = self.last_content()
        self.assertEqual(text['text'], 'What is on it?' + SCRIPT)
        self.assertTrue(image['image_url']['url'].startswith('data:image/gif;base64,R0lGOD'))

        # Another model cannot see: a clear word before anything is sent.
        self.paste(pixels)
        chat.choose_model('DeepSeek V4 Pro')
        wait_for(lambda: chat.root.find('label', 'DeepSeek V4 Pro does not take images.'), 'the word')
        self.assertNotIn('sensitive', chat.root.wait('button', 'Send').states)
        chat.root.wait('button', 'Remove Images').click()
        chat.root.wait_gone('button', 'Remove dot.gif')
        chat.ask('And before?' + SCRIPT)
        chat.wait_answer()
        self.assertIn('[file name]: dot.gif\n[an image', self.service.last_request()['messages'][0]['content'])

    def test_json(self):
        chat = self.open_sonde()
        chat.wait_composer()
        chat.root.wait('toggle button', 'JSON Output').click()
        chat.message.set_text('List three rivers.')
        wait_for(lambda: chat.root.find('label', JSON_WORD), 'the word')
        self.assertNotIn('sensitive', chat.root.wait('button', 'Send').states)
        chat.root.wait('button', 'Add It').click()
        chat.root.wait('button', 'Send', 'sensitive').click()
        chat.wait_answer()
        self.assertEqual(self.service.last_request()['response_format'], {'type': 'json_object'})
        self.assertIn('JSON', self.last_content())
        chat.root.wait(name='JSON Tree')
        chat.root.wait('button', 'Copy JSON')

        # What breaks off says where, and is a text first.
        chat.ask('More JSON, please.\n#demo doc=json rate=0 reasoning=4 cut=9000')
        chat.wait_answer()
        wait_for(lambda: any('The answer ends before the JSON does' in node.name for node in chat.root.find_all('label')),
                 'the word about the end')
        chat.root.wait('text', 'JSON Text')

    def test_beginning(self):
        chat = self.open_sonde()
        chat.wait_composer()
        chat.root.wait('button', 'Answer Options').wait('toggle button').click()
        chat.choose_in_menu('Start the Answer With…')
        chat.root.wait('text', 'Start of the Answer', 'focused')
        chat.type('Deep water')
        chat.ask('What is it?' + SCRIPT)
        turn = chat.wait_answer()
        self.assertEqual(self.service.last_request()['messages'][-1],
                         {'role': 'assistant', 'content': 'Deep water', 'prefix': True})
        self.assertTrue(turn.text.startswith('Deep water'), turn.text)
        # It belongs to one question.
        chat.root.wait_gone('text', 'Start of the Answer')

        # An answer written anew is another version, and the model goes on from it.
        chat.last_turn().node.wait('button', 'Edit').click()
        editor = chat.root.wait('text', 'Edit Message')
        editor.set_text('Still water')
        wait_for(lambda: editor.text == 'Still water', 'the new beginning')
        chat.root.wait('button', 'Continue from Here').click()
        chat.root.wait_gone('text', 'Edit Message')
        wait_for(lambda: chat.wait_answer().text.startswith('Still water'), 'the answer')
        self.assertEqual(self.service.last_request()['messages'][-1],
                         {'role': 'assistant', 'content': 'Still water', 'prefix': True})
        chat.last_turn().node.wait('button', 'Previous Version', 'sensitive')


if __name__ == '__main__':
    tap.main()
