import type { CallbackQuery, InlineKeyboardButton, Message } from '@grammyjs/types';
import { type Claimed, fieldsOf, isObject, stringOf } from '#channels/fields';
import type { NoFields } from '#no-fields';
import { inline } from './inline.ts';

const label = inline(false);

/** The label of a pressed button. Of a message that is out of reach, the data of the button is all that is known. */
export function labelOf(press: unknown): string {
  const {
    message,
    data,
    // Names for programs.
    game_short_name: _game,
    id: _id,
    from: _from,
    inline_message_id: _inlineId,
    chat_instance: _instance,
    ...rest
  } = fieldsOf<CallbackQuery>(press);
  rest satisfies NoFields;
  const { reply_markup, rich_message } = fieldsOf<Message>(message);
  const pressed = [reply_markup, rich_message].flatMap(buttonsIn).find((button) => isPressed(button, data));
  return label(pressed?.text) || stringOf(data) || '[button]';
}

/** Only a game has no data. Its button is always the first. */
function isPressed(button: Claimed<InlineKeyboardButton>, data: unknown): boolean {
  return data === undefined ? isObject(button.callback_game) : button.callback_data === data;
}

/** Everything below the value that may be a button. Rich messages have buttons at any depth. */
function buttonsIn(value: unknown): Claimed<InlineKeyboardButton>[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (!isObject(value)) return [];
  return [fieldsOf<InlineKeyboardButton>(value), ...Object.values(value).flatMap(buttonsIn)];
}
