import type { Message, User } from '@grammyjs/types';
import { fieldsOf, lines, stringOf } from '#channels/fields';
import { keyboardText } from './buttons.ts';
import type { KindField } from './kinds.ts';
import { stars } from './money.ts';
import { previewText, suggestedPostText } from './parts.ts';
import { handleOf, nameOf } from './people.ts';

/** How a field that makes no kind of message is shown. */
interface Shown {
  /** Whether `raw` keeps it, because something of it is stored nowhere else. */
  readonly kept: boolean;
  /** Reads the line that it adds to the text of its message. */
  readonly say?: (value: unknown, text: string) => string;
}

/** Another file reads it: author, times, ids, what the message repeats of others, the words themselves. */
const read: Shown = { kept: false };

/** No person sees it, or only people of a group or a channel. */
const unseen: Shown = { kept: true };

/**
 * Every field that makes no kind of message. With the kinds, these are all fields of the published Bot API: a new one
 * does not compile until its row says how it is shown.
 */
const FIELDS: Readonly<Record<Exclude<keyof Message, KindField>, Shown>> = {
  business_connection_id: read,
  caption: read,
  caption_entities: read,
  chat: read,
  date: read,
  edit_date: read,
  entities: read,
  external_reply: read,
  forward_origin: read,
  from: read,
  media_group_id: read,
  message_id: read,
  quote: read,
  reply_to_message: read,
  reply_to_story: read,
  // How it looks says nothing.
  has_media_spoiler: read,
  show_caption_above_media: read,

  author_signature: { kept: true, say: (value) => stringOf(value) && `— ${stringOf(value)}` },
  suggested_post_info: { kept: true, say: suggestedPostText },
  paid_star_count: { kept: true, say: (value) => stars(value) },
  link_preview_options: { kept: false, say: previewText },
  via_bot: { kept: true, say: viaText },
  reply_markup: { kept: true, say: keyboardText },

  direct_messages_topic: unseen,
  effect_id: unseen,
  ephemeral_message_id: unseen,
  guest_bot_caller_chat: unseen,
  guest_bot_caller_user: unseen,
  guest_query_id: unseen,
  has_protected_content: unseen,
  is_automatic_forward: unseen,
  is_from_offline: unseen,
  is_paid_post: unseen,
  is_topic_message: unseen,
  message_thread_id: unseen,
  receiver_user: unseen,
  // These two choose what is quoted.
  reply_to_checklist_task_id: unseen,
  reply_to_poll_option_id: unseen,
  sender_boost_count: unseen,
  sender_business_bot: unseen,
  sender_chat: unseen,
  sender_tag: unseen,
};

/** The fields that are neither in the table of kinds nor kept in `raw`. */
export const ENVELOPE_FIELDS: readonly string[] = Object.entries(FIELDS)
  .filter(([, { kept }]) => !kept)
  .map(([field]) => field);

const SAID = Object.entries(FIELDS).flatMap(([field, { say }]) => (say ? [{ field, say }] : []));

/** What stands around a message, a line for each: its price, the bot that it came by, its buttons. */
export function decorationOf(message: Readonly<Record<string, unknown>>, text: string): string {
  return lines(SAID.map(({ field, say }) => say(message[field], text)));
}

function viaText(bot: unknown): string {
  const name = handleOf(fieldsOf<User>(bot).username) || nameOf(bot);
  return name && `via ${name}`;
}
