#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Sonde authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures of the store: search, start, memory-idle, crash-loss, journal-cpu.

usage: bench-store [NAME...]

The databases are made once and kept beside this program. SONDE_BENCH_MESSAGES makes
the one that is searched smaller than a million messages, for a first look.
"""

import os
import pathlib
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent.parent
SOURCE = pathlib.Path('@source@')
MESSAGES = int(os.environ.get('SONDE_BENCH_MESSAGES', 1000000))
MODULE = BUILD / 'src' / 'store' / 'sonde-search'
RUNS = 7

sys.path.insert(0, str(SOURCE / 'tests' / 'support'))


def report(name, limit, ratios):
    ratio = statistics.median(ratios)
    verdict = 'ok' if ratio <= limit else 'MISS'
    print(f'figure {name} ratio={ratio:.3f} limit={limit:.2f} runs={len(ratios)} '
          f'spread={min(ratios):.3f}..{max(ratios):.3f} {verdict}', flush=True)
    return ratio <= limit


def corpus(n_conversations, n_messages, n_words):
    """A database of that size, made where it is missing."""
    folder = HERE / f'corpus-{n_conversations}-{n_messages}-{n_words}'
    if not (folder / 'done').exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        print(f'bench-store: making {n_messages} messages (kept for the next time)', flush=True)
        subprocess.run([HERE / 'store-corpus', folder / 'sonde.db', str(n_conversations),
                        str(n_messages), str(n_words)], check=True)
        (folder / 'done').touch()
    return folder


# --- search ----------------------------------------------------------------------


class Pipe:
    """A program that answers every line of its input."""

    def __init__(self, *argv):
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def write(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()

    def ask(self, line):
        self.write(line)
        return self.process.stdout.readline().rstrip('\n')

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Shell(Pipe):
    def __init__(self, path):
        super().__init__('sqlite3', '-batch', f'file:{path}?mode=ro')
        self.write(f'.load {MODULE}')
        self.time('SELECT 1;')

    def time(self, statement):
        """Seconds until its last row was written, and how many rows there were."""
        begin = time.monotonic()
        self.write(f"{statement}\nSELECT 'the ' || 'end';")
        rows = 0
        while self.process.stdout.readline() != 'the end\n':
            rows += 1
        return time.monotonic() - begin, rows


def choose_queries(path):
    """One to three words of some message in the middle, in both languages."""
    with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as database:
        texts = [row[0] for row in database.execute(
            'SELECT content FROM messages WHERE id > (SELECT max (id) / 2 FROM messages) AND '
            'parent_id IS NOT NULL LIMIT 100')]
    english = next(text for text in texts if text[0] < '\u2e80').replace('.', ' ').split()
    chinese = next(text for text in texts if text[0] >= '\u2e80').replace('，', '')
    common = sorted(english, key=len)
    words = [common[0], common[len(common) // 2], english[3]]
    pairs = [chinese[2:4], chinese[8:10], chinese[20:22]]
    # A space ends the last word: what is typed so far is not the beginning of another one.
    return [' '.join(terms[:n]) + ' ' for terms in (words, pairs) for n in (1, 2, 3)] + [chinese[5] + ' ']


def search():
    folder = corpus(max(MESSAGES // 20, 1), MESSAGES, 8)
    path = folder / 'sonde.db'
    program, shell = Pipe(HERE / 'store-search', path), Shell(path)
    queries = choose_queries(path)
    statements = {query: program.ask('?' + query) for query in queries}
    times = {query: ([], []) for query in queries}
    ratios = []
    for run in range(-1, RUNS): # the first one warms both
        totals = [0, 0]
        for query in queries:
            seconds = [int(program.ask(query).split()[0]) / 1e6, shell.time(statements[query])[0]]
            for i in (0, 1):
                totals[i] += seconds[i]
                times[query][i].append(seconds[i])
        if run >= 0:
            ratios.append(totals[0] / totals[1])
    for query in queries:
        ours, theirs = (statistics.median(values) * 1000 for values in times[query])
        hits = program.ask(query).split()[1]
        print(f'  search "{query.strip()}": {ours:.1f} ms, shell {theirs:.1f} ms, {hits} hits', flush=True)
    program.close()
    shell.close()
    return report('search', 1.3, ratios)


# --- the window --------------------------------------------------------------------


def open_window(*argv):
    """Seconds to the first frame that shows what there is, and the PSS in KiB a while later."""
    begin = time.monotonic()
    window = Pipe(HERE / 'store-window', *argv)
    if window.process.stdout.readline() != 'shown\n':
        raise AssertionError('the window did not come')
    seconds = time.monotonic() - begin
    time.sleep(3)
    pss = int(window.ask('pss'))
    window.close()
    return seconds, pss


def window():
    folder = corpus(10000, 200000, 8)
    os.environ.update(GSETTINGS_SCHEMA_DIR=str(BUILD / 'data'), GSETTINGS_BACKEND='memory',
                      GSK_RENDERER='cairo', LC_ALL='C.UTF-8')
    starts, memories = [], []
    for run in range(-1, RUNS):
        floor, ours = open_window('empty'), open_window('sonde', '--demo', f'--data-dir={folder}')
        if run >= 0:
            print(f'  window: {ours[0] * 1000:.0f} ms / {floor[0] * 1000:.0f} ms, '
                  f'{ours[1]} KiB / {floor[1]} KiB', flush=True)
            starts.append(ours[0] / floor[0])
            memories.append(ours[1] / floor[1])
    results = [report('start', 1.3, starts), report('memory-idle', 1.35, memories)]
    return all(results)


# --- a kill ------------------------------------------------------------------------


def stored_bytes(path):
    """How much of the last answer's text is in the database."""
    with sqlite3.connect(path) as database:
        # One row as the message has it, and what its journal has behind it.
        return database.execute(
            "SELECT length (CAST (content AS BLOB)) + (SELECT ifnull (sum (length (CAST (text AS "
            "BLOB))), 0) FROM journal WHERE message_id = messages.id AND kind = 'content') "
            "FROM messages WHERE role = 'assistant' ORDER BY id DESC LIMIT 1").fetchone()[0]


def crash():
    from homes import DemoService
    random.seed(20260503)
    service = DemoService(str(BUILD))
    losses = []
    try:
        for _ in range(RUNS):
            losses.append(kill_once(service) / 0.25)
    finally:
        service.close()
    return report('crash-loss', 1, losses)


def kill_once(service):
    """Seconds of stream that a kill at a random moment has cost."""
    home = tempfile.mkdtemp(prefix='sonde-bench-')
    env = {**os.environ, 'DEEPSEEK_API_KEY': 'sk-bench-0123456789abcdef', 'XDG_DATA_HOME': home,
           'XDG_CONFIG_HOME': home, 'XDG_CACHE_HOME': home, 'GSETTINGS_BACKEND': 'memory',
           'GSETTINGS_SCHEMA_DIR': str(BUILD / 'data'), 'GSK_RENDERER': 'cairo'}
    program = subprocess.Popen(
        [BUILD / 'src' / 'sonde', '--base-url', service.base_url, '--prompt',
         'Tell me a story\n#demo doc=prose reasoning=0 tokens=4000 rate=200'], env=env)
    known = len([event for event in service.log() if event['event'] == 'sent'])
    deadline = time.monotonic() + 30
    while len(sent := [event for event in service.log() if event['event'] == 'sent']) < known + 20:
        if time.monotonic() > deadline:
            raise AssertionError('the answer did not come')
        time.sleep(0.05)
    time.sleep(random.uniform(0.5, 2))
    killed = time.time()
    program.kill()
    program.wait()
    kept = stored_bytes(next(pathlib.Path(home).rglob('sonde.db')))
    sent = [event for event in service.log() if event['event'] == 'sent']
    sent = [event for event in sent if event['request'] == sent[-1]['request']]
    lost = [event['time'] for event in sent
            if event['content_bytes'] > kept and event['time'] <= killed * 1e6]
    shutil.rmtree(home, ignore_errors=True)
    return killed - min(lost) / 1e6 if lost else 0


def journal():
    ratios = []
    for _ in range(3):
        with tempfile.TemporaryDirectory(dir=HERE) as folder:
            output = subprocess.run([HERE / 'store-journal', folder], check=True, stdout=subprocess.PIPE)
            ratios.append(float(output.stdout) / 0.02)
    return report('journal-cpu', 1, ratios)


PARTS = {'search': search, 'window': window, 'crash': crash, 'journal': journal}


def main(names):
    if 'SONDE_WITH_DISPLAY' not in os.environ:
        os.execv(SOURCE / 'tests' / 'support' / 'with-display',
                 ['with-display', sys.executable, __file__, *names])
    # Every part runs, also after one that missed.
    results = [PARTS[name]() for name in names or PARTS]
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
