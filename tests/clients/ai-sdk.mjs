#!/usr/bin/env -S node --test-reporter=tap
// SPDX-FileCopyrightText: 2026 The Sonde authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The simulated service as the AI SDK's DeepSeek provider sees it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDeepSeek } from '@ai-sdk/deepseek';
import { APICallError, generateObject, generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { key, startService } from './demo-service.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;

const weather = tool({
  description: 'The weather of a place',
  inputSchema: z.object({ location: z.string() }),
  execute: async ({ location }) => `Fog in ${location}, 7 degrees`,
});

let service, model;

before(async () => {
  service = await startService();
  model = provider()('deepseek-v4-flash');
});

after(() => service.stop());

function provider(options) {
  return createDeepSeek({ apiKey: key, baseURL: service.baseURL, ...options });
}

function checkUsage(usage) {
  assert.equal(usage.totalTokens, usage.inputTokens + usage.outputTokens);
  assert.equal(usage.inputTokens, usage.inputTokenDetails.cacheReadTokens + usage.inputTokenDetails.noCacheTokens);
}

test('an answer in one piece, with reasoning', async () => {
  const result = await generateText({
    model,
    prompt: 'Hello\n#demo rate=0 tokens=50 reasoning=20 keepalive=2 every=5',
  });
  assert.match(result.text, /demo service/);
  assert.match(result.reasoningText, /^The user writes/);
  assert.equal(result.finishReason, 'stop');
  assert.equal(result.usage.outputTokens, 70);
  assert.equal(result.usage.outputTokenDetails.reasoningTokens, 20);
  checkUsage(result.usage);
  assert.equal(result.warnings?.length ?? 0, 0);
});

test('a stream with reasoning', async () => {
  const result = streamText({
    model,
    prompt: 'Hello\n#demo rate=0 tokens=50 reasoning=20 keepalive=2 every=5',
  });
  const parts = [];
  for await (const part of result.fullStream)
    parts.push(part.type);
  assert.deepEqual([...new Set(parts)], [
    'start', 'start-step', 'reasoning-start', 'reasoning-delta', 'text-start', 'reasoning-end',
    'text-delta', 'text-end', 'finish-step', 'finish']);
  assert.equal(parts.filter(type => type === 'reasoning-delta').length, 20);
  assert.equal(parts.filter(type => type === 'text-delta').length, 50);
  assert.match(await result.text, /demo service/);
  assert.match(await result.reasoningText, /^The user writes/);
  assert.equal(await result.finishReason, 'stop');
  assert.equal((await result.usage).outputTokens, 70);
  checkUsage(await result.usage);
});

test('usage in a chunk of its own', async () => {
  const separate = await startService('--usage=separate');
  const result = streamText({
    model: provider({ baseURL: separate.baseURL })('deepseek-v4-pro'),
    prompt: 'Hello\n#demo rate=0 tokens=5 reasoning=5',
  });
  await result.consumeStream();
  assert.equal((await result.usage).outputTokens, 10);
  checkUsage(await result.usage);
  await separate.stop();
});

test('without thinking', async () => {
  const options = {
    model,
    prompt: 'Hello\n#demo rate=0 tokens=20',
    providerOptions: { deepseek: { thinking: { type: 'disabled' } } },
  };
  const whole = await generateText(options);
  const streamed = streamText(options);
  assert.equal(await streamed.text, whole.text);
  assert.equal(whole.reasoningText, undefined);
  assert.equal(whole.usage.outputTokens, 20);
});

test('reasons to finish', async () => {
  for (const [demo, reason] of [
    ['finish=length', 'length'],
    ['finish=content_filter', 'content-filter'],
    ['finish=insufficient_system_resource', 'error'],
  ]) {
    const result = await generateText({ model, prompt: `#demo rate=0 tokens=5 ${demo}` });
    assert.equal(result.finishReason, reason);
  }
});

for (const streamed of [true, false]) {
  test(`a call of a tool and its result, ${streamed ? 'streamed' : 'in one piece'}`, async () => {
    const options = {
      model,
      prompt: 'Please use the tool for the weather.\n#demo rate=0 reasoning=10',
      tools: { weather },
      stopWhen: stepCountIs(3),
    };
    const result = streamed ? streamText(options) : await generateText(options);
    const steps = await result.steps;
    assert.equal(steps.length, 2);
    assert.equal(steps[0].finishReason, 'tool-calls');
    assert.deepEqual(steps[0].toolCalls[0].input, { location: 'Hangzhou' });
    assert.equal(steps[0].toolResults[0].output, 'Fog in Hangzhou, 7 degrees');
    assert.equal(steps[0].usage.outputTokenDetails.reasoningTokens, 10);
    assert.equal(steps[1].finishReason, 'stop');
    assert.match(steps[1].text, /Fog in Hangzhou, 7 degrees/);
  });
}

test('JSON output', async () => {
  const schema = z.object({
    service: z.string(),
    note: z.string(),
    soundings: z.array(z.object({ cast: z.number(), depth_m: z.number().nullable() })),
  });
  const { object } = await generateObject({ model, schema, prompt: '#demo rate=0' });
  assert.equal(object.service, 'demo');
  assert.ok(object.soundings.length >= 5);
});

test('refusals', async () => {
  const cases = [
    [{ apiKey: 'sk-wrong-9876' }, '', 401, /\*\*\*\*9876 is invalid/],
    [{ apiKey: 'sk-empty-9876' }, '', 402, /Insufficient Balance/],
    [{}, 'status=402', 402, /Insufficient Balance/],
    [{}, 'status=429', 429, /Rate limit reached/],
    [{}, 'status=500', 500, /Internal Server Error/],
  ];
  for (const [options, demo, status, message] of cases) {
    const request = {
      model: provider(options)('deepseek-v4-flash'),
      prompt: `Hello\n#demo rate=0 tokens=1 ${demo}`,
      maxRetries: 0,
    };
    const check = error => {
      assert.ok(APICallError.isInstance(error));
      assert.equal(error.statusCode, status);
      assert.match(error.message, message);
      return true;
    };
    await assert.rejects(generateText(request), check);

    const errors = [];
    await streamText({ ...request, onError: ({ error }) => errors.push(error) }).consumeStream();
    assert.equal(errors.length, 1);
    check(errors[0]);
  }
});

test('a retry after 429', async () => {
  const result = await generateText({
    model,
    prompt: 'Again\n#demo status=429 fail=1 retry-after=0 rate=0 tokens=5',
    maxRetries: 2,
  });
  assert.equal(result.finishReason, 'stop');
});

test('a stream that breaks', async () => {
  const errors = [];
  const result = streamText({
    model,
    prompt: 'Hello\n#demo rate=0 tokens=50 reasoning=0 error=5',
    onError: ({ error }) => errors.push(error),
  });
  let text = '';
  for await (const part of result.fullStream)
    text += part.type === 'text-delta' ? part.text : '';
  assert.match(text, /^# You are talking/);
  assert.match(String(errors[0]?.message ?? errors[0]), /broke off/);
});
