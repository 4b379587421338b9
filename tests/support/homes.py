# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test of the real program stands on: a home folder and a service to ask."""

import json
import os
import shutil
import subprocess
import tempfile

BUILD_DIR = os.path.abspath(os.environ.get('SONDE_BUILD_DIR', 'build'))


class DemoService:
    """The simulated DeepSeek service in a process of its own."""

    def __init__(self, build_dir=BUILD_DIR):
        program = os.path.join(build_dir, 'tests', 'support', 'sonde-demo-service')
        self.folder = tempfile.mkdtemp(prefix='sonde-service-')
        self.log_path = os.path.join(self.folder, 'requests.log')
        self.process = subprocess.Popen([program, '--log', self.log_path], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, text=True)
        self.base_url = self.process.stdout.readline().strip()
        if not self.base_url.startswith('http://'):
            raise AssertionError('the demo service did not start')

    def log(self):
        """What has come and gone, one dictionary an event (docs/demo-service.md)."""
        with open(self.log_path, encoding='utf-8') as log:
            return [json.loads(line) for line in log if line.endswith('\n')]

    def title_requests(self):
        """The numbers of the requests for a title: the program makes them by itself."""
        return {event['request'] for event in self.log() if event['event'] == 'request'
                and '"content":"Write a title' in event.get('body', '')}

    def last_request(self):
        """The body of the last request for an answer."""
        titles = self.title_requests()
        bodies = [event['body'] for event in self.log()
                  if event['event'] == 'request' and event['path'].endswith('/chat/completions')
                  and event['request'] not in titles]
        return json.loads(bodies[-1])

    def last_question(self):
        return self.last_request()['messages'][-1]['content']

    def content_sent(self, until):
        """How many bytes of its last answer's text had gone out at a time of day, in seconds."""
        titles = self.title_requests()
        sent = [event for event in self.log()
                if event['event'] == 'sent' and event['request'] not in titles]
        return max((event['content_bytes'] for event in sent
                    if event['request'] == sent[-1]['request'] and event['time'] <= until * 1e6),
                   default=0)

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Home:
    """A home folder for one person; programs started in it share what is stored there."""

    def __init__(self, build_dir=BUILD_DIR):
        self.program = os.path.join(build_dir, 'src', 'sonde')
        self.folder = tempfile.mkdtemp(prefix='sonde-home-')
        self.log_path = os.path.join(self.folder, 'log')
        self.env = {name: value for name, value in os.environ.items() if name != 'DEEPSEEK_API_KEY'}
        for name in ('data', 'config', 'cache', 'state'):
            path = os.path.join(self.folder, name)
            os.mkdir(path)
            self.env[f'XDG_{name.upper()}_HOME'] = path
        self.env.update(
            HOME=self.folder,
            GSETTINGS_BACKEND='keyfile',  # below XDG_CONFIG_HOME: kept for a restart, and no longer
            GSETTINGS_SCHEMA_DIR=os.path.join(build_dir, 'data'),
            SONDE_LOCALEDIR=os.path.join(build_dir, 'po'),
            SONDE_EXTRACT=os.path.join(build_dir, 'src', 'extract', 'sonde-extract'),
            G_DEBUG='fatal-warnings',
            ADW_DISABLE_PORTAL='1',
            LC_ALL='C.UTF-8',
        )
        self.gtk_settings(**{'gtk-enable-animations': 'false'})

    def gtk_settings(self, **settings):
        folder = os.path.join(self.folder, 'config', 'gtk-4.0')
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, 'settings.ini'), 'a', encoding='utf-8') as out:
            if out.tell() == 0:
                out.write('[Settings]\n')
            out.writelines(f'{name}={value}\n' for name, value in settings.items())

    def database(self):
        for folder, _, names in os.walk(os.path.join(self.folder, 'data')):
            for name in names:
                if name.endswith(('.db', '.sqlite', '.sqlite3')):
                    return os.path.join(folder, name)
        raise AssertionError('there is no database')

    def output(self):
        """What the programs started here have printed."""
        if not os.path.exists(self.log_path):
            return ''
        with open(self.log_path, encoding='utf-8', errors='replace') as log:
            return log.read()

    def files_with(self, secret):
        """Every file in this home that holds the text."""
        found = []
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(folder, name)
                if not os.path.isfile(path):
                    continue
                with open(path, 'rb') as content:
                    if secret.encode() in content.read():
                        found.append(os.path.relpath(path, self.folder))
        return found

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)
