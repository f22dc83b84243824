/// <reference lib="dom" />
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Locator, Page, Response, WebSocketRoute } from 'playwright-core';
import { DEMO_CLIENTS } from '#local/demo/kit/clients';
import { until } from '#test/e2e/call-api';
import type { PlayedKonvert } from '../konvert.ts';
import { lineOf, links } from '../people.ts';
import { openEyes, PRESSED, type Press, WORD } from './eyes.ts';
import { type Act, CLIENT_NAMES, CLIENTS, type Client, type Writer } from './plan.ts';

const LOOKS_MS = 700;
/** Nobody looks longer for a thing that may have gone: it is not there then. */
const GONE_MS = 2_000;
const ASKED_AGAIN_MS = 300;
/** A person who sees nothing for three seconds loads the page again. */
const BLANK_TIMES = 10;

/** Something that was written, and into which chat. */
export interface Written {
  readonly word: string;
  readonly client: Client;
}

/** One of the two, with a browser of their own. */
export class Person {
  readonly name: Writer;
  readonly presses: Press[] = [];
  /** What was typed into a composer. */
  readonly written: Written[] = [];
  page!: Page;
  readonly #konvert: PlayedKonvert;
  readonly #context: BrowserContext;
  readonly #sockets = new Set<WebSocketRoute>();
  readonly #hanging = new Set<WebSocketRoute>();
  /** The answers to sending that are still to be lost. */
  readonly #losses: { readonly isStored: boolean }[] = [];
  #count = 0;

  constructor(name: Writer, konvert: PlayedKonvert, context: BrowserContext) {
    this.name = name;
    this.#konvert = konvert;
    this.#context = context;
  }

  async begin(): Promise<void> {
    const context = this.#context;
    await context.exposeFunction(PRESSED, (press: Press) => void this.presses.push(press));
    await context.addInitScript(openEyes, [PRESSED, WORD.source] as const);
    await context.routeWebSocket(/doorbell/, (socket) => {
      const server = socket.connectToServer();
      this.#sockets.add(socket);
      socket.onMessage((frame) => this.#hanging.has(socket) || server.send(frame));
      server.onMessage((frame) => this.#hanging.has(socket) || socket.send(frame));
    });
    await context.route('**/v3/message', async (route) => {
      const loss = this.#losses.shift();
      if (!loss) return route.fallback();
      if (loss.isStored) await route.fetch().catch(() => undefined);
      return route.abort('connectionreset');
    });
    await context.clock.install();
    await this.#open(await this.#konvert.link(this.name));
  }

  /**
   * What this one does now. A thing that is not there cannot be pressed, as for anybody. `says` lets a client write, and
   * resolves to the word.
   */
  async does(act: Act, says: (client: Client) => Promise<string>): Promise<void> {
    switch (act.act) {
      case 'reply':
        if (!(await this.#write(act.client, act.looks))) return;
        return this.page.keyboard.press('Enter');
      case 'reply-crossed': {
        if (!(await this.#write(act.client, true))) return;
        const word = await says(act.client);
        await isThere(this.page.getByRole('article').filter({ hasText: `${word}.` }));
        return this.page.keyboard.press('Enter');
      }
      case 'type':
        return void (await this.#write(act.client, false));
      case 'look':
        return void (await this.#openChat(act.client, true));
      case 'no-reply-needed':
        return this.#sayNoReplyNeeded(act.client, act.looks);
      case 'undo':
        return this.#press('Undo');
      case 'reload':
        return this.#untilThere(() => this.page.reload());
      case 'close':
        await this.page.close({ runBeforeUnload: false });
        return this.#open(`${this.#konvert.url}/chat/${this.#konvert.account.accountId}`);
      default:
        return act satisfies never;
    }
  }

  loseAnswer(isStored: boolean): void {
    this.#losses.push({ isStored });
  }

  hang(): void {
    for (const socket of this.#sockets) this.#hanging.add(socket);
  }

  async goOffline(isOffline: boolean): Promise<void> {
    await again(() => this.#context.setOffline(isOffline));
  }

  async sleep(): Promise<void> {
    await again(() => this.#context.clock.fastForward('03:00:00'));
  }

  /** Time passes in the page, in steps between which answers come. */
  async passes(seconds: number, steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      await this.#context.clock.runFor((seconds * 1000) / steps);
      await sleep(60);
    }
  }

  /** Nothing goes wrong for this one any more, and the page is looked at again. */
  async heal(): Promise<void> {
    this.#losses.length = 0;
    await this.goOffline(false);
    await this.page.mouse.move(900, 300);
    await this.#context.clock.fastForward('00:00:40');
  }

  /** How many replies are still on their way. Those that ask are said again to be sent. */
  async unsent(): Promise<number> {
    const left = await kept(this.page, '/outbox/');
    for (const { chat } of left.map((text) => JSON.parse(text.value))) {
      const client = CLIENT_NAMES.find((one) => String(DEMO_CLIENTS[one].id) === chat.chatId);
      if (client) await this.#openChat(client, false);
      await this.#press('Send now');
    }
    return left.length;
  }

  /** The drafts by the ids of their chats, also those of chats that are out of sight. */
  async drafts(): Promise<ReadonlyMap<string, string>> {
    const all = await kept(this.page, '/draft/');
    return new Map(all.map(({ name, value }) => [name.slice(name.lastIndexOf('/') + 1), JSON.parse(value).text]));
  }

  /** The words of the open history in their order, and what is in the composer. */
  async reads(client: Client): Promise<{ readonly words: string[]; readonly draft: string }> {
    await this.#openChat(client, false);
    const words = await this.page
      .getByRole('feed')
      .getByRole('article')
      .evaluateAll(
        (all, word) => all.flatMap((one) => one.textContent?.match(new RegExp(word, 'g')) ?? []),
        WORD.source,
      );
    const box = this.#box(client);
    return { words, draft: (await box.count()) > 0 ? await box.inputValue() : '' };
  }

  /** What the list shows, from the top. */
  async lines(): Promise<{ readonly name: string; readonly count: number }[]> {
    // An open chat keeps its place.
    await this.page.evaluate(() => {
      location.hash = '#/';
    });
    return links(this.page).evaluateAll((all) =>
      all.map((one) => ({
        name: one.querySelector('.row-name')?.textContent ?? '',
        count: Number(one.querySelector('.count > [aria-hidden]')?.textContent ?? 0),
      })),
    );
  }

  async #open(address: string): Promise<void> {
    this.page = await this.#context.newPage();
    await this.#untilThere(() => this.page.goto(address));
  }

  /** Loads the page again and again while the server is away. */
  async #untilThere(load: () => Promise<Response | null>): Promise<void> {
    const loads = async () => {
      const answer = await load().catch(() => null);
      return answer?.ok() ? true : sleep(ASKED_AGAIN_MS);
    };
    await until(`${this.name} has the page`, loads);
    let blank = 0;
    const asks = async () => {
      if ((await links(this.page).count()) > 0) return true;
      await this.#press('Try again');
      // The server was killed between the document and its scripts.
      blank = (await this.page.locator('body').ariaSnapshot()) === '' ? blank + 1 : 0;
      if (blank % BLANK_TIMES === BLANK_TIMES - 1) await loads();
      return sleep(ASKED_AGAIN_MS);
    };
    await until(`${this.name} has the list`, asks).catch(async (error: Error) => {
      throw new Error(`${error.message}, but ${await this.page.locator('body').ariaSnapshot()}`);
    });
  }

  /** False: the chat is not in the list. */
  async #openChat(client: Client, looks: boolean): Promise<boolean> {
    const line = lineOf(this.page, CLIENTS[client]);
    const chat = this.page.getByRole('region', { name: `Conversation with ${CLIENTS[client]}` });
    if ((await chat.count()) === 0) {
      if ((await line.count()) === 0) return false;
      await line.click();
      // A line that has left the list does not open.
      if (!(await isThere(chat))) return false;
    }
    if (looks) await sleep(LOOKS_MS);
    return true;
  }

  #box(client: Client) {
    return this.page.getByRole('textbox', { name: `Message to ${CLIENTS[client]}` });
  }

  /** Adds a word of its own to the draft of that chat. False: nothing can be written there. */
  async #write(client: Client, looks: boolean): Promise<boolean> {
    if (!(await this.#openChat(client, looks))) return false;
    const box = this.#box(client);
    if (!(await isThere(box))) return false;
    const word = this.#newWord();
    await box.press('Control+End');
    await this.page.keyboard.insertText(`${word}. `);
    this.written.push({ word, client });
    return true;
  }

  async #sayNoReplyNeeded(client: Client, looks: boolean): Promise<void> {
    if (!(await this.#openChat(client, looks))) return;
    const why = this.page.getByRole('button', { name: 'Why', exact: true });
    if ((await why.count()) === 0 || !(await why.isEnabled())) return;
    await why.click();
    await this.page.getByRole('menuitem', { name: 'In my own words…' }).click();
    const field = this.page.getByRole('dialog').getByRole('textbox');
    await field.fill(`${this.#newWord()}.`);
    await field.press('Enter');
  }

  async #press(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: true }).last();
    if ((await button.count()) > 0) await button.click({ timeout: GONE_MS }).catch(() => undefined);
  }

  #newWord(): string {
    this.#count += 1;
    return `${this.name}-${this.#count}`;
  }
}

const isSo = () => true;

/** A page that is being closed in this moment takes nothing. */
async function again(act: () => Promise<void>): Promise<void> {
  await act().catch(() => sleep(1_000).then(act));
}

async function isThere(what: Locator): Promise<boolean> {
  return what.waitFor({ timeout: GONE_MS }).then(isSo, () => false);
}

async function kept(page: Page, part: string): Promise<{ readonly name: string; readonly value: string }[]> {
  return page.evaluate(
    (of) =>
      Object.keys(localStorage)
        .filter((name) => name.includes(of))
        .map((name) => ({ name, value: localStorage.getItem(name) ?? '' })),
    part,
  );
}
