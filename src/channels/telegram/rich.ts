import type { RichBlock, RichBlockCaption, RichBlockListItem, RichBlockTableCell, RichMessage } from '@grammyjs/types';
import { fieldsOf, lines, listOf, type Named, rowOf, spaced, stringOf } from '#channels/fields';
import type { Media } from '#domain/message';
import type { NoFields } from '#no-fields';
import { buttonRow } from './buttons.ts';
import { fileOf, largestOf, songOf } from './files.ts';
import { type Inline, inline } from './inline.ts';
import { placeText } from './places.ts';

// Telegram's limit is 500: https://core.telegram.org/bots/api#rich-message-limits
const MAX_BLOCKS = 2_000;

/** What a person reads in a rich message, and its files in their order. */
export interface Rich {
  readonly text: string;
  readonly files: readonly Media[];
}

type Read =
  | 'type'
  | 'text'
  | 'blocks'
  | 'items'
  | 'cells'
  | 'summary'
  | 'caption'
  | 'credit'
  | 'expression'
  | 'buttons'
  | 'location'
  | 'animation'
  | 'audio'
  | 'document'
  | 'photo'
  | 'video'
  | 'voice_note';

type Look =
  | 'align'
  | 'has_spoiler'
  | 'height'
  | 'is_bordered'
  | 'is_compact'
  | 'is_open'
  | 'is_striped'
  | 'language'
  | 'name'
  | 'size'
  | 'width'
  | 'zoom';

type Block = Named<RichBlock, Read | Look>;

/** Reads one block into the lines of its text, and hands its files on. */
type ReadBlock = (block: Block, reader: Reader) => string;

interface Reader {
  readonly files: Media[];
  readonly inline: Inline;
  /** How many blocks may still be read, at whatever depth. */
  left: number;
}

const said: ReadBlock = ({ text }, reader) => reader.inline(text);
const nested: ReadBlock = ({ blocks }, reader) => readBlocks(blocks, reader);

/** Every kind of block, as plain lines: https://core.telegram.org/bots/api#richblock */
const BLOCKS: Readonly<Record<RichBlock['type'], ReadBlock>> = {
  paragraph: said,
  heading: said,
  pre: said,
  footer: said,
  thinking: said,
  expandable_blockquote: (block, reader) => lines(said(block, reader), creditOf(block.credit, reader)),
  pullquote: (block, reader) => lines(said(block, reader), creditOf(block.credit, reader)),
  blockquote: (block, reader) => lines(nested(block, reader), creditOf(block.credit, reader)),
  collage: (block, reader) => lines(nested(block, reader), captionOf(block.caption, reader)),
  slideshow: (block, reader) => lines(nested(block, reader), captionOf(block.caption, reader)),
  details: (block, reader) => lines(reader.inline(block.summary), nested(block, reader)),
  list: ({ items }, reader) => lines(listOf(items).map((item) => itemOf(item, reader))),
  table: ({ cells, caption }, reader) =>
    lines(
      reader.inline(caption),
      listOf(cells).map((row) => rowOfCells(row, reader)),
    ),
  mathematical_expression: ({ expression }) => stringOf(expression),
  map: ({ location, caption }, reader) => lines(placeText(location), captionOf(caption, reader)),
  buttons: ({ buttons }, reader) => buttonRow(buttons, reader.inline),
  animation: ({ animation, caption }, reader) => filed('animation', fileOf(animation), caption, reader),
  audio: ({ audio, caption }, reader) => filed('audio', fileOf(audio), caption, reader, songOf(audio)),
  document: ({ document, caption }, reader) => filed('document', fileOf(document), caption, reader),
  photo: ({ photo, caption }, reader) => filed('photo', largestOf(photo), caption, reader),
  video: ({ video, caption }, reader) => filed('video', fileOf(video), caption, reader),
  voice_note: ({ voice_note, caption }, reader) => filed('voice', fileOf(voice_note), caption, reader),
  // Neither says anything: one is a line, the other a place to jump to.
  anchor: () => '',
  divider: () => '',
};

/** Reads a rich message. Addresses behind words are left out if there is no room for all of them. */
export function readRich(value: unknown, room: number): Rich {
  const { blocks, is_rtl: _isRtl, ...rest } = fieldsOf<RichMessage>(value);
  rest satisfies NoFields;
  const files: Media[] = [];
  const text = readBlocks(blocks, { files, inline: inline(true), left: MAX_BLOCKS });
  if (text.length <= room) return { text, files };
  return { text: readBlocks(blocks, { files: [], inline: inline(false), left: MAX_BLOCKS }), files };
}

/** A list within the list is read like a block. A block that is not known may have a text or blocks. */
function readBlocks(blocks: unknown, reader: Reader): string {
  return lines(listOf(blocks).map((block) => (Array.isArray(block) ? readBlocks(block, reader) : readBlock(block))));

  function readBlock(value: unknown): string {
    if (reader.left === 0) return '';
    reader.left -= 1;
    const block = fieldsOf<RichBlock>(value);
    const read = rowOf(BLOCKS, block.type);
    return read ? read(block, reader) : lines(said(block, reader), nested(block, reader));
  }
}

function itemOf(value: unknown, reader: Reader): string {
  // `value` and `type` of an item make its label.
  const {
    label,
    blocks,
    has_checkbox,
    is_checked,
    value: _value,
    type: _type,
    ...rest
  } = fieldsOf<RichBlockListItem>(value);
  rest satisfies NoFields;
  const box = has_checkbox === true ? (is_checked === true ? '☑' : '☐') : '';
  return spaced(stringOf(label), box, readBlocks(blocks, reader));
}

function rowOfCells(row: unknown, reader: Reader): string {
  return listOf(row)
    .map((cell) => reader.inline(cellText(cell)))
    .join(' | ');
}

function cellText(cell: unknown): unknown {
  const {
    text,
    is_header: _isHeader,
    colspan: _colspan,
    rowspan: _rowspan,
    align: _align,
    valign: _valign,
    ...rest
  } = fieldsOf<RichBlockTableCell>(cell);
  rest satisfies NoFields;
  return text;
}

/** A file stands in the text by its kind, because a person sees its place. */
function filed(kind: string, file: Media | undefined, caption: unknown, reader: Reader, song = ''): string {
  if (file) reader.files.push(file);
  const name = song || file?.name;
  return lines(name === undefined ? `[${kind}]` : `[${kind}: ${name}]`, captionOf(caption, reader));
}

function captionOf(value: unknown, reader: Reader): string {
  const { text, credit, ...rest } = fieldsOf<RichBlockCaption>(value);
  rest satisfies NoFields;
  return lines(reader.inline(text), creditOf(credit, reader));
}

function creditOf(credit: unknown, reader: Reader): string {
  const said = reader.inline(credit);
  return said && `— ${said}`;
}
