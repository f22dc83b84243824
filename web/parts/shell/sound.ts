import { signal } from '@preact/signals';
import { notAtOnce } from '../../core/not-at-once.ts';
import type { App } from '../../models.ts';
import { keep, recall } from './wishes.ts';

/** `locked`: the browser makes no sound before the user has pressed something. */
export const sound = signal<'off' | 'locked' | 'on'>('locked');

const LOCK = 'konvert/sound';
/** As long as the two notes last. */
const SOUND_MS = 700;

let context: AudioContext | undefined;
/** Of several tabs only one sounds: the one that holds the lock. Where there are no locks, each does. */
let isOurs = true;

/** Sounds when a client writes, unless the user is looking at it. */
export function startSound(app: App): void {
  if (recall('sound') === 'off') sound.value = 'off';
  const unlock = () => void wake();
  for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, unlock, { capture: true });
  if (navigator.userActivation?.hasBeenActive) unlock();
  app.onClientMessage((chat, isOpen) => {
    // Quality control only looks (N1).
    if (!chat.mayWrite || (isOpen && !document.hidden)) return;
    chime();
  });
}

/** A message that begins a minute calls twice, and a page that comes back is told of many clients: all of it sounds once. */
const ringOnce = notAtOnce(ring, SOUND_MS, () => performance.now());

/** Sounds, in one tab of the user, unless it is switched off or still sounds. */
export function chime(): void {
  if (sound.value === 'on' && isOurs) ringOnce();
}

/** Switches the sound on or off, here and next time. */
export function setSound(isOn: boolean): void {
  keep('sound', isOn ? 'on' : 'off');
  sound.value = isOn ? 'locked' : 'off';
  if (isOn) void wake().then(ring);
}

async function wake(): Promise<void> {
  if (sound.value !== 'locked') return;
  if (context === undefined) {
    context = new AudioContext();
    takeLock();
  }
  await context.resume();
  if (context.state === 'running' && sound.value === 'locked') sound.value = 'on';
}

function takeLock(): void {
  const taken = navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
    isOurs = lock !== null;
    return lock ? new Promise<never>(() => undefined) : waitForLock();
  });
  taken.catch(refused);
}

/** The tab that sounded is closed one day. */
function waitForLock(): void {
  const taken = navigator.locks.request(LOCK, () => {
    isOurs = true;
    return new Promise<never>(() => undefined);
  });
  taken.catch(refused);
}

/** Where storage is refused, locks are too. */
function refused(): void {}

/** Two soft notes. The document says how often they were played, which is all that a test can hear. */
function ring(): void {
  if (context === undefined) return;
  const start = context.currentTime;
  for (const [after, pitch] of [
    [0, 660],
    [0.12, 880],
  ] as const) {
    const tone = new OscillatorNode(context, { frequency: pitch });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setTargetAtTime(0.12, start + after, 0.01);
    volume.gain.setTargetAtTime(0, start + after + 0.09, 0.06);
    tone.connect(volume).connect(context.destination);
    tone.start(start + after);
    tone.stop(start + after + 0.6);
  }
  const { dataset } = document.documentElement;
  dataset.sounded = String(Number(dataset.sounded ?? 0) + 1);
}
