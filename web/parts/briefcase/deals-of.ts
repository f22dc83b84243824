import { type ReadonlySignal, type Signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { App, ChatModel, Deal, ThreadModel } from '../../models.ts';
import { keep, recall } from '../shell/wishes.ts';

/** The deals of the open chat, as far as they are known. */
export type Deals = readonly Deal[] | 'loading' | 'failed';

/** The pane of deals: what it shows, and whether it is shown. */
export interface DealsPane {
  readonly deals: ReadonlySignal<Deals>;
  readonly isShown: ReadonlySignal<boolean>;
  load(): void;
  /** Looks for a deal that the CRM was just asked to make, until it is there. */
  followMade(): void;
  toggle(): void;
}

/** How long after the last look the next one is. A CRM has mostly made a deal within a second. */
const LOOKS_MS = [1_000, 1_000, 2_000, 4_000, 8_000, 16_000];

/** The element that has to have room for the conversation and the pane. */
type Room = { readonly current: HTMLElement | null };

/** From here on there is room for the pane beside the conversation, as in briefcase.css. */
const WIDE_REM = 46;

/** What was shown for the chat before: while deals load, nothing moves. */
let wasShown = false;

/**
 * Where there is room the pane is open if the client has deals, until the user opens or closes it: that is kept. Where
 * there is none, it covers the conversation and is opened for this one.
 */
export function useDealsPane(app: App, thread: ThreadModel, room: Room): DealsPane {
  const name = `deals/${app.me.user?.id ?? ''}`;
  const wish = useSignal(recall(name));
  const isWide = useIsWide(room);
  const isCovering = useSignal(false);
  const deals = useSignal<Deals>('loading');
  const asked = useRef<ChatModel | undefined>(undefined);
  const isShown = useComputed(() => {
    if (!isWide.value) return isCovering.value;
    if (wish.value !== undefined) return wish.value === 'open';
    return deals.value === 'loading' ? wasShown : deals.value !== 'failed' && deals.value.length > 0;
  });
  useSignalEffect(() => {
    if (isWide.value) wasShown = isShown.value;
    const isWanted = isShown.value || (isWide.value && wish.value === undefined);
    if (isWanted && asked.current !== thread.active.value) load();
  });
  return { deals, isShown, load, followMade: () => void lookForMore(), toggle };

  function load(): void {
    const chat = thread.active.peek();
    // What is known of the same client stays until there is something newer.
    if (asked.current !== chat || typeof deals.peek() === 'string') deals.value = 'loading';
    asked.current = chat;
    const put = (found: Deals) => {
      if (asked.current === chat) deals.value = found;
    };
    chat.deals().then(put, () => put('failed'));
  }

  /** What is shown stays until there is more. */
  async function lookForMore(): Promise<void> {
    const chat = asked.current;
    const before = countOf(deals.peek());
    for (const ms of LOOKS_MS) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      const found = await chat?.deals().catch(() => undefined);
      if (asked.current !== chat) return;
      if (found && found.length !== before) deals.value = found;
      if (found && found.length > before) return;
    }
  }

  function toggle(): void {
    const isOpen = !isShown.peek();
    // The CRM may have changed since it was looked at.
    if (isOpen && asked.current === thread.active.peek()) load();
    if (!isWide.peek()) isCovering.value = isOpen;
    else {
      wish.value = isOpen ? 'open' : 'closed';
      keep(name, wish.value);
    }
  }
}

function countOf(deals: Deals): number {
  return typeof deals === 'string' ? 0 : deals.length;
}

function useIsWide(room: Room): Signal<boolean> {
  const isWide = useSignal(false);
  useLayoutEffect(() => {
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      isWide.value = room.current!.clientWidth >= WIDE_REM * rem;
    };
    const observer = new ResizeObserver(measure);
    observer.observe(room.current!);
    measure();
    return () => observer.disconnect();
  }, [room]);
  return isWide;
}
