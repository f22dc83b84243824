import { checkKeyboard } from './keyboard.ts';
import { type Given, needed, VkError, type VkMessage, type VkWorld, wrong } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_TEXT = 4096;
const LINK = /https?:\/\/\S+/;

type Tell = (type: string, object: unknown) => void;

/** Answers the calls about messages. `tell` puts an event into the queue. */
export function createMessages(world: VkWorld, tell: Tell) {
  const { clock, people, messages } = world;

  function send(given: Given): unknown {
    if (given.random_id === undefined) wrong('random_id is a required parameter');
    const randomId = Number(given.random_id);
    if (!Number.isInteger(randomId) || Math.abs(randomId) > 2 ** 31) wrong('random_id is not int32');
    const peers = given.peer_ids?.split(',') ?? [needed(given, 'peer_id')];
    const sent = peers.map((peer) => sendTo(Number(peer), randomId, given));
    if (given.peer_ids !== undefined) return sent.map(({ row }) => row);
    const [only] = sent;
    if (only?.error) throw only.error;
    return only?.row.message_id;
  }

  function sendTo(peer: number, randomId: number, given: Given) {
    try {
      const { id, cmid } = sameSent(peer, randomId) ?? take(peer, randomId, given);
      return { row: { peer_id: peer, message_id: id, conversation_message_id: cmid } };
    } catch (error) {
      // What is wrong with the message itself is said of the call, not of the person.
      if (!(error instanceof VkError) || ![900, 901, 902].includes(error.code)) throw error;
      const about = { code: error.code, description: error.message };
      return { error, row: { peer_id: peer, message_id: 0, conversation_message_id: 0, error: about } };
    }
  }

  /** "The same random_id … within an hour": https://dev.vk.com/ru/method/messages.send */
  function sameSent(peer: number, randomId: number): VkMessage | undefined {
    if (randomId === 0) return undefined;
    const recent = messages.filter((one) => one.peer === peer && one.from < 0).slice(-100);
    return recent.find((one) => one.randomId === randomId && clock.now() - one.at < HOUR_MS);
  }

  function take(peer: number, randomId: number, given: Given): VkMessage {
    const person = people.get(peer);
    if (!person?.mayBeWritten) throw new VkError(901, "Can't send messages for users without permission");
    if (person.refusesWith === 900) throw new VkError(900, "Can't send messages for users from blacklist");
    if (person.refusesWith === 902)
      throw new VkError(902, "Can't send messages to this user due to their privacy settings");
    const said = {
      ...contentOf(given),
      ...(given.keyboard !== undefined && { keyboard: checkKeyboard(given.keyboard, world.botFeatures) }),
      ...(given.forward !== undefined && { forward: forwardOf(peer, given.forward) }),
    };
    const message = add(peer, -world.groupId, said, randomId);
    tell('message_reply', objectOf(message));
    return message;
  }

  function contentOf(given: Given): { text: string; attachments: readonly string[] } {
    const text = given.message ?? '';
    const attachments = given.attachment?.split(',').filter(Boolean) ?? [];
    if (text === '' && attachments.length === 0) wrong('message is empty or invalid');
    if (text.length > MAX_TEXT) throw new VkError(914, 'Message is too long');
    const unknown = attachments.find((one) => !world.saved.has(one));
    // Without an access key or with a foreign one it is dropped, and with no text nothing is left.
    if (unknown !== undefined) wrong(`attachment is invalid: ${unknown}`);
    const eaten = given.dont_parse_links !== '1' && LINK.test(text);
    return { text, attachments: eaten ? attachments.slice(0, 1) : attachments };
  }

  function forwardOf(peer: number, json: string): unknown {
    const forward = JSON.parse(json) as { peer_id?: number; conversation_message_ids?: number[] };
    const quoted = forward.conversation_message_ids?.map((cmid) => find(forward.peer_id ?? 0, cmid)) ?? [];
    if (forward.peer_id !== peer || quoted.length === 0 || quoted.includes(undefined)) {
      throw new VkError(921, "Can't forward these messages");
    }
    return forward;
  }

  function add(
    peer: number,
    from: number,
    said: Pick<VkMessage, 'text' | 'attachments'> & Partial<VkMessage>,
    randomId = 0,
  ): VkMessage {
    const cmid = 1 + Math.max(0, ...messages.filter((one) => one.peer === peer).map((one) => one.cmid));
    const message = { ...said, cmid, id: world.nextId(), peer, from, at: clock.now(), randomId };
    messages.push(message);
    return message;
  }

  function find(peer: number, cmid: number): VkMessage | undefined {
    return messages.find((one) => one.peer === peer && one.cmid === cmid && !one.deleted);
  }

  function edit(given: Given): unknown {
    const peer = Number(needed(given, 'peer_id'));
    const message = find(peer, Number(given.cmid ?? given.conversation_message_id));
    if (!message) return wrong('message_id');
    if (message.from !== -world.groupId) throw new VkError(920, "Can't edit this kind of message");
    if (clock.now() - message.at > DAY_MS) throw new VkError(909, "Can't edit this message, because it's too old");
    Object.assign(message, contentOf(given));
    tell('message_edit', { ...objectOf(message), update_time: Math.floor(clock.now() / 1000) });
    return 1;
  }

  function remove(given: Given): unknown {
    const peer = Number(needed(given, 'peer_id'));
    const rows = needed(given, 'cmids')
      .split(',')
      .map((cmid) => removeOne(peer, Number(cmid)));
    return rows;
  }

  function removeOne(peer: number, cmid: number) {
    const message = find(peer, cmid);
    const about = { peer_id: peer, conversation_message_id: cmid };
    if (!message) return { ...about, response: 0 };
    if (message.from !== -world.groupId || clock.now() - message.at > DAY_MS) {
      const error = { code: 924, description: "Can't delete this message for everybody" };
      return { ...about, response: 0, error };
    }
    message.deleted = true;
    return { ...about, response: 1 };
  }

  function answerPress(given: Given): unknown {
    const eventId = needed(given, 'event_id');
    if (world.presses.get(eventId) !== Number(needed(given, 'user_id')) || given.peer_id !== given.user_id) {
      wrong('event_id');
    }
    world.presses.delete(eventId);
    return 1;
  }

  /** A message as events tell it. */
  function objectOf(message: VkMessage): Record<string, unknown> {
    const { cmid, id, peer, from, at, text, attachments, randomId } = message;
    return {
      id,
      conversation_message_id: cmid,
      peer_id: peer,
      from_id: from,
      date: Math.floor(at / 1000),
      out: from < 0 ? 1 : 0,
      version: 10_000_000 + id,
      text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
      attachments: attachments.map((one) => ({ type: one.replace(/-?\d.*/, '') })),
      fwd_messages: [],
      important: false,
      is_hidden: false,
      random_id: randomId,
    };
  }

  return { send, edit, remove, answerPress, add, objectOf };
}
