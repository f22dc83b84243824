import type { RichText } from '@grammyjs/types';
import { fieldsOf, isObject, type Named, rowOf, stringOf } from '#channels/fields';
import { buttonText } from './buttons.ts';
import { behindMention, behindTime } from './entities.ts';
import { behind, unlessSaid } from './links.ts';
import { handleOf } from './people.ts';

/** Reads rich text into plain text. */
export type Inline = (text: unknown) => string;

type Styled = Exclude<RichText, string | RichText[]>;

type Read =
  | 'type'
  | 'text'
  | 'alternative_text'
  | 'expression'
  | 'url'
  | 'user'
  | 'username'
  | 'unix_time'
  | 'email_address'
  | 'phone_number'
  | 'bank_card_number'
  | 'hashtag'
  | 'cashtag'
  | 'bot_command'
  | 'button';

type Look = 'anchor_name' | 'custom_emoji_id' | 'date_time_format' | 'name' | 'reference_name';

type Fields = Named<Styled, Read | Look>;

/** Reads one object of rich text. `addressed` puts what is behind words there, or leaves it out. */
type ReadStyled = (text: Fields, inline: Inline, addressed: Addressed) => string;

type Addressed = (words: string, addition: string) => string;

const words: ReadStyled = ({ text }, inline) => inline(text);

/** Words that are a value, or lead to one. */
function valued(field: keyof Fields): ReadStyled {
  return ({ text, ...fields }, inline, addressed) => {
    const said = inline(text);
    const value = stringOf((fields as Fields)[field]);
    return addressed(said, unlessSaid(said, value));
  };
}

/** Every kind of rich text: https://core.telegram.org/bots/api#richtext */
const STYLES: Readonly<Record<Styled['type'], ReadStyled>> = {
  bold: words,
  code: words,
  italic: words,
  marked: words,
  spoiler: words,
  strikethrough: words,
  subscript: words,
  superscript: words,
  underline: words,
  // These lead to another place of the same message.
  anchor_link: words,
  reference: words,
  reference_link: words,
  anchor: () => '',

  bank_card_number: valued('bank_card_number'),
  bot_command: valued('bot_command'),
  cashtag: valued('cashtag'),
  email_address: valued('email_address'),
  hashtag: valued('hashtag'),
  phone_number: valued('phone_number'),
  mention: ({ text, username }, inline, addressed) => {
    const said = inline(text);
    const handle = handleOf(stringOf(username).replace(/^@/, ''));
    return addressed(said, unlessSaid(said, handle));
  },
  url: ({ text, url }, inline, addressed) => {
    const said = inline(text);
    return addressed(said, behind(said, stringOf(url)));
  },
  text_mention: ({ text, user }, inline, addressed) => {
    const said = inline(text);
    return addressed(said, behindMention(said, user));
  },
  date_time: ({ text, unix_time }, inline, addressed) => {
    const said = inline(text);
    return addressed(said, behindTime(said, unix_time));
  },

  custom_emoji: ({ alternative_text }) => stringOf(alternative_text),
  mathematical_expression: ({ expression }) => stringOf(expression),
  button: ({ button }, inline) => buttonText(button, inline),
};

/** A reader of rich text, with or without what is behind the words. */
export function inline(withAddresses: boolean): Inline {
  const addressed: Addressed = (said, addition) => (withAddresses ? said + addition : said);

  function read(text: unknown): string {
    if (typeof text === 'string') return text;
    if (Array.isArray(text)) return text.map(read).join('');
    if (!isObject(text)) return '';
    const styled = fieldsOf<Styled>(text);
    return (rowOf(STYLES, styled.type) ?? words)(styled, read, addressed);
  }

  return read;
}
