#!/usr/bin/env -S node --test-reporter=tap
// SPDX-FileCopyrightText: 2026 The Sonde authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The simulated service as OpenAI's own client sees it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI from 'openai';
import { key, startService } from './demo-service.mjs';

const tools = [{
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather of a place',
    parameters: {
      type: 'object',
      properties: { location: { type: 'string' }, unit: { enum: ['celsius', 'fahrenheit'] } },
      required: ['location', 'unit'],
    },
  },
}];

let service, client;

before(async () => {
  service = await startService();
  client = connect();
});

after(() => service.stop());

function connect(options) {
  return new OpenAI({ apiKey: key, baseURL: service.baseURL, maxRetries: 0, ...options });
}

function request(text, more) {
  return { model: 'deepseek-v4-flash', messages: [{ role: 'user', content: text }], ...more };
}

async function collect(stream) {
  const all = { reasoning: '', content: '', calls: [], chunks: [] };
  for await (const chunk of stream) {
    const choice = chunk.choices[0];
    all.chunks.push(chunk);
    all.usage = chunk.usage ?? all.usage;
    all.finish = choice?.finish_reason ?? all.finish;
    all.reasoning += choice?.delta.reasoning_content ?? '';
    all.content += choice?.delta.content ?? '';
    for (const part of choice?.delta.tool_calls ?? []) {
      all.calls[part.index] ??= { ...part, function: { ...part.function, arguments: '' } };
      all.calls[part.index].function.arguments += part.function.arguments;
    }
  }
  return all;
}

function checkUsage(usage, { thinking = true } = {}) {
  assert.equal(usage.prompt_tokens, usage.prompt_cache_hit_tokens + usage.prompt_cache_miss_tokens);
  assert.equal(usage.prompt_tokens_details.cached_tokens, usage.prompt_cache_hit_tokens);
  assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
  if (thinking)
    assert.ok(usage.completion_tokens_details.reasoning_tokens <= usage.completion_tokens);
  else
    assert.equal(usage.completion_tokens_details, undefined);
}

test('the list of models', async () => {
  const models = [];
  for await (const model of client.models.list())
    models.push(model);
  assert.deepEqual(models.map(model => model.id), ['deepseek-flash', 'deepseek-v4-pro']);
  assert.deepEqual(models[0].effort.supported_levels, ['low', 'high', 'max']);

  const v1 = await connect({ baseURL: `${service.baseURL}/v1` }).models.list();
  assert.equal(v1.data.length, 2);
});

test('the list of models in its old shape', async () => {
  const old = await startService('--models=old');
  const models = await connect({ baseURL: old.baseURL }).models.list();
  assert.deepEqual(models.data, [
    { id: 'deepseek-v4-flash', object: 'model', owned_by: 'deepseek' },
    { id: 'deepseek-v4-pro', object: 'model', owned_by: 'deepseek' },
  ]);
  await old.stop();
});

test('an answer in one piece, with reasoning', async () => {
  const answer = await client.chat.completions.create(
    request('Hello\n#demo rate=0 tokens=50 reasoning=20 keepalive=3 every=5'));
  assert.equal(answer.object, 'chat.completion');
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.match(answer.choices[0].message.content, /demo service/);
  assert.match(answer.choices[0].message.reasoning_content, /^The user writes/);
  assert.equal(answer.usage.completion_tokens, 70);
  assert.equal(answer.usage.completion_tokens_details.reasoning_tokens, 20);
  checkUsage(answer.usage);
});

test('a stream with reasoning', async () => {
  const text = 'Hello\n#demo rate=0 tokens=50 reasoning=20 keepalive=3 every=5';
  const whole = await client.chat.completions.create(request(text));
  const all = await collect(await client.chat.completions.create(
    request(text, { stream: true, stream_options: { include_usage: true } })));
  assert.equal(all.content, whole.choices[0].message.content);
  assert.equal(all.reasoning, whole.choices[0].message.reasoning_content);
  assert.equal(all.finish, 'stop');
  assert.equal(new Set(all.chunks.map(chunk => chunk.id)).size, 1);
  assert.equal(all.usage.completion_tokens, 70);
  checkUsage(all.usage);
});

test('a stream through the client\'s own accumulator', async () => {
  const stream = client.chat.completions.stream(
    request('Hello\n#demo rate=0 tokens=30 reasoning=5 split=1'));
  const answer = await stream.finalChatCompletion();
  assert.match(answer.choices[0].message.content, /demo service/);
  assert.equal(answer.usage.completion_tokens, 35);
});

test('usage in a chunk of its own', async () => {
  const separate = await startService('--usage=separate');
  const all = await collect(await connect({ baseURL: separate.baseURL }).chat.completions.create(
    request('Hello\n#demo rate=0 tokens=5 reasoning=5', { stream: true, stream_options: { include_usage: true } })));
  assert.deepEqual(all.chunks.at(-1).choices, []);
  assert.equal(all.chunks.at(-2).usage, null);
  checkUsage(all.usage);
  await separate.stop();
});

test('without thinking', async () => {
  const options = { thinking: { type: 'disabled' } };
  const answer = await client.chat.completions.create(request('Hello\n#demo rate=0 tokens=20', options));
  assert.equal(answer.choices[0].message.reasoning_content, undefined);
  checkUsage(answer.usage, { thinking: false });

  const all = await collect(await client.chat.completions.create(
    request('Hello\n#demo rate=0 tokens=20', { ...options, stream: true })));
  assert.equal(all.content, answer.choices[0].message.content);
  assert.deepEqual(all.chunks[0].choices[0].delta, { role: 'assistant', content: '' });
  assert.ok(all.chunks.every(chunk => !('reasoning_content' in chunk.choices[0].delta)));
});

test('the cache of an earlier turn', async () => {
  const first = request(`${'deep water '.repeat(200)}\n#demo rate=0 tokens=5 reasoning=5`);
  const answer = await client.chat.completions.create(first);
  assert.equal(answer.usage.prompt_cache_hit_tokens, 0);
  first.messages.push(answer.choices[0].message, { role: 'user', content: 'And?\n#demo rate=0 tokens=5' });
  const next = await client.chat.completions.create(first);
  assert.ok(next.usage.prompt_cache_hit_tokens >= answer.usage.prompt_tokens - 64);
  assert.equal(next.usage.prompt_cache_hit_tokens % 64, 0);
  checkUsage(next.usage);
});

for (const stream of [true, false]) {
  test(`a call of a tool and its result, ${stream ? 'streamed' : 'in one piece'}`, async () => {
    const options = { stream, tools };
    const conversation = request('Please use get_weather.\n#demo rate=0 reasoning=10', options);
    const answer = await client.chat.completions.create(conversation);
    const message = { role: 'assistant' };
    if (stream) {
      const all = await collect(answer);
      assert.equal(all.finish, 'tool_calls');
      assert.ok(all.chunks.filter(chunk => chunk.choices[0].delta.tool_calls).length > 5);
      Object.assign(message, { content: all.content, reasoning_content: all.reasoning, tool_calls: all.calls });
    } else {
      assert.equal(answer.choices[0].finish_reason, 'tool_calls');
      Object.assign(message, answer.choices[0].message);
    }
    const [call] = message.tool_calls;
    assert.equal(message.tool_calls.length, 1);
    assert.equal(call.type, 'function');
    assert.equal(call.function.name, 'get_weather');
    assert.match(call.id, /^call_00_/);
    assert.deepEqual(JSON.parse(call.function.arguments), { location: 'Hangzhou', unit: 'celsius' });

    conversation.messages.push(message, { role: 'tool', tool_call_id: call.id, content: 'Fog, 7 degrees' });
    const result = await client.chat.completions.create(conversation);
    assert.match(stream ? (await collect(result)).content : result.choices[0].message.content, /Fog, 7 degrees/);

    delete message.reasoning_content;
    await assert.rejects(client.chat.completions.create(conversation), error =>
      error instanceof OpenAI.BadRequestError && /reasoning_content.*must be passed back/.test(error.message));
  });
}

test('refusals', async () => {
  const cases = [
    [{ apiKey: 'sk-wrong-9876' }, '', OpenAI.AuthenticationError, 401, /\*\*\*\*9876 is invalid/],
    [{ apiKey: 'sk-empty-9876' }, '', OpenAI.APIError, 402, /Insufficient Balance/],
    [{}, 'status=401', OpenAI.AuthenticationError, 401, /Authentication Fails/],
    [{}, 'status=402', OpenAI.APIError, 402, /Insufficient Balance/],
    [{}, 'status=429', OpenAI.RateLimitError, 429, /Rate limit reached/],
    [{}, 'status=500', OpenAI.InternalServerError, 500, /Internal Server Error/],
    [{}, 'status=503', OpenAI.InternalServerError, 503, /too busy/],
    [{}, 'html=1', OpenAI.InternalServerError, 502, /Bad Gateway/],
  ];
  for (const stream of [true, false]) {
    for (const [options, demo, type, status, message] of cases) {
      await assert.rejects(
        connect(options).chat.completions.create(request(`Hello\n#demo rate=0 tokens=1 ${demo}`, { stream })),
        error => {
          assert.ok(error instanceof type);
          assert.equal(error.status, status);
          assert.match(error.message, message);
          assert.equal(error.headers.get('x-ds-trace-id').length, 32);
          return true;
        });
    }
  }
});

test('a retry after 429', async () => {
  const answer = await connect({ maxRetries: 2 }).chat.completions.create(
    request('Again\n#demo status=429 fail=1 retry-after=0 rate=0 tokens=5'));
  assert.equal(answer.choices[0].finish_reason, 'stop');
});

test('streams that break', async () => {
  const cases = { 'error=5': /broke off/, 'garbage=5': /JSON/, 'cut=2000': /./ };
  for (const [demo, message] of Object.entries(cases)) {
    await assert.rejects(async () => collect(await client.chat.completions.create(
      request(`Hello\n#demo rate=0 tokens=50 ${demo}`, { stream: true }))), message);
  }
});

test('a stream that the client leaves', async () => {
  const stream = await client.chat.completions.create(
    request('Hello\n#demo rate=50 tokens=100000', { stream: true }));
  for await (const chunk of stream) {
    assert.ok(chunk.id);
    break;
  }
  assert.ok(stream.controller.signal.aborted);
  assert.equal((await client.models.list()).data.length, 2);
});
