import type { InlineKeyboardButton, InlineKeyboardMarkup, LoginUrl, RichMessageButton } from '@grammyjs/types';
import { fieldsOf, lines, listOf, spaced, stringOf } from '#channels/fields';
import type { NoFields } from '#no-fields';
import { leadingTo } from './links.ts';

/** The buttons below a message, one line for each row. */
export function keyboardText(markup: unknown): string {
  const { inline_keyboard, force_reply: _forceReply, ...rest } = fieldsOf<InlineKeyboardMarkup>(markup);
  rest satisfies NoFields;
  return lines(listOf(inline_keyboard).map((row) => buttonRow(row)));
}

/** The buttons of a row, each in brackets. */
export function buttonRow(buttons: unknown, label = stringOf): string {
  return spaced(listOf(buttons).map((button) => buttonText(button, label)));
}

/** A button in brackets, with the address that it opens or the text that it copies. */
export function buttonText(button: unknown, label: (text: unknown) => string = stringOf): string {
  const {
    text,
    url,
    web_app,
    login_url,
    copy_text,
    // A person sees neither the look nor the data of a button, nor what it asks of another bot.
    style: _style,
    icon_custom_emoji_id: _icon,
    callback_data: _data,
    callback_game: _game,
    pay: _pay,
    disabled: _disabled,
    switch_inline_query: _query,
    switch_inline_query_current_chat: _currentChat,
    switch_inline_query_chosen_chat: _chosenChat,
    ...rest
  } = fieldsOf<InlineKeyboardButton | RichMessageButton>(button);
  rest satisfies NoFields;
  const said = label(text);
  const opens = [url, addressOf(web_app), addressOf(login_url), copiedBy(copy_text)].map(stringOf).find(Boolean) ?? '';
  return said === '' && opens === '' ? '' : `[${leadingTo(said, opens)}]`;
}

function addressOf(value: unknown): unknown {
  return fieldsOf<LoginUrl>(value).url;
}

function copiedBy(value: unknown): unknown {
  return fieldsOf<{ text: string }>(value).text;
}
