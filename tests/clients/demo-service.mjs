// SPDX-FileCopyrightText: 2026 The Sonde authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Starts the simulated service, whose program the build names as the last argument.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export const key = 'sk-clients-0123';

export async function startService(...options) {
  const program = process.argv.at(-1);
  const service = spawn(program, ['--until-eof', ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [baseURL] = await once(createInterface(service.stdout), 'line');
  return {
    baseURL,
    async stop() {
      service.stdin.end();
      const [code] = await once(service, 'exit');
      if (code !== 0)
        throw new Error(`the service ended with ${code}`);
    },
  };
}
