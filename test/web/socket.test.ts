import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSocket, type Said } from '../../web/data/socket.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

class FakeWire {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  isClosed = false;
  answers = true;

  send(text: string): void {
    this.sent.push(text);
    if (this.answers) setTimeout(() => this.onmessage?.({ data: '{"t":"pong"}' }), 20);
  }

  close(): void {
    this.isClosed = true;
  }
}

function open(opens = true) {
  const wires: FakeWire[] = [];
  const told: string[] = [];
  const heard: Said[] = [];
  const socket = openSocket({
    address: async () => 'wss://doorbell',
    connect() {
      const wire = new FakeWire();
      wires.push(wire);
      if (opens) setTimeout(() => wire.onopen?.(), 20);
      return wire as never;
    },
    now: () => Date.now(),
    random: () => 0.5,
    opened: () => told.push('opened'),
    heard: (said) => heard.push(said),
    lost: (isPolling) => told.push(isPolling ? 'polling' : 'lost'),
  });
  return { socket, wires, told, heard };
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

test('a quiet socket is asked every four minutes whether it lives', async () => {
  const { wires, told } = open();
  await pass(240_000 * 3 + 100);

  expect(wires.length).toBe(1);
  expect(wires[0]?.sent).toEqual(Array(3).fill('{"t":"ping"}'));
  expect(told).toEqual(['opened']);
});

test('one that does not answer within four seconds is given up for another', async () => {
  const { socket, wires, told } = open();
  await pass(100);
  wires[0]!.answers = false;

  socket.check();
  await pass(3_900);
  expect(told).toEqual(['opened']);
  await pass(2_000);

  expect(told).toEqual(['opened', 'lost', 'opened']);
  expect(wires.map(({ isClosed }) => isClosed)).toEqual([true, false]);
});

test('one that does not open within ten seconds has failed', async () => {
  const { wires, told } = open(false);
  await pass(10_100);

  expect(told).toEqual(['lost']);
  expect(wires[0]?.isClosed).toBe(true);
});

test('an old one is replaced before it ends, the new one first', async () => {
  const { wires, told } = open();
  await pass(105 * 60_000);
  expect(wires.length).toBe(1);
  await pass(5 * 60_000 + 30);
  expect(wires.map(({ isClosed }) => isClosed)).toEqual([false, false]);
  await pass(100);

  expect(wires.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(told).toEqual(['opened', 'opened']);
});

test('what it says is heard; what is no message of ours is not', async () => {
  const { wires, heard } = open();
  await pass(100);

  for (const data of ['{"t":"ring","all":true}', '', '{']) wires[0]?.onmessage?.({ data });

  expect(heard).toEqual([{ t: 'ring', all: true }]);
});

test('at rest there is none until it is asked for again; at the end there is none for ever', async () => {
  const { socket, wires, told } = open();
  await pass(100);

  socket.rest();
  await pass(3_600_000);
  expect(wires.length).toBe(1);
  socket.check();
  await pass(100);
  expect(told).toEqual(['opened', 'opened']);

  socket.end();
  socket.check();
  await pass(3_600_000);
  expect(wires.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});
