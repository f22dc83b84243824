import { defined, fieldsOf, isObject, lines, listed, stringOf } from '#channels/fields';
import { positionOf } from '#channels/position';
import { cut } from '#domain/cut';
import type { Content } from '#domain/message';

/** What the content of a message says. `rest` is what of it is stored nowhere else. */
export interface Part extends Partial<Content> {
  readonly rest?: unknown;
}

/** Reads the content of a message. Undefined if there is nothing that makes its kind: Avito leaves out what it likes. */
export type ReadPart = (content: Readonly<Record<string, unknown>>) => Part | undefined;

const LINE = 1024;
/** An address that is longer is not stored. */
const LONGEST_URL = 2048;
/** What a file id of a voice message begins with. Its address ends after an hour, so it is asked for anew. */
export const VOICE = 'voice:';

/** The words of a text. */
export const readText: ReadPart = ({ text }) => (typeof text === 'string' ? { text } : undefined);

/** A picture, in the largest of its sizes. */
export const readImage: ReadPart = ({ image }) => {
  const url = largestOf(fieldsOf<{ sizes: unknown }>(image).sizes);
  return url === undefined ? undefined : { media: { fileId: url } };
};

/** A link, and what Avito shows of what is behind it. */
export const readLink: ReadPart = ({ link }) => {
  const { text, url, preview } = fieldsOf<{ text: string; url: string; preview: unknown }>(link);
  const { title } = fieldsOf<{ title: string }>(preview);
  const shown = lines([...new Set([stringOf(text), stringOf(url), stringOf(title)])]);
  return shown === '' ? undefined : { text: shown, rest: preview };
};

/** A listing. */
export const readItem: ReadPart = ({ item }) => {
  const { title, price_string, item_url, ...rest } = fieldsOf<{
    title: string;
    price_string: string;
    item_url: string;
    image_url: string;
  }>(item);
  const shown = lines(listed(stringOf(title), stringOf(price_string)), stringOf(item_url));
  return shown === '' ? undefined : { text: shown, rest };
};

/** A place. */
export const readLocation: ReadPart = ({ location }) => {
  const { lat, lon, title, text, ...rest } = fieldsOf<{
    lat: number;
    lon: number;
    title: string;
    text: string;
    kind: string;
  }>(location);
  const position = positionOf(lat, lon);
  if (!position && stringOf(text) === '' && stringOf(title) === '') return undefined;
  return {
    ...(position && { location: { ...position, ...defined({ title: line(title), address: line(text) }) } }),
    text: lines([...new Set([stringOf(title), stringOf(text)])]),
    rest,
  };
};

/** A call. Avito tells of missed ones only, and of those of its app nothing but that they were. */
export const readCall: ReadPart = ({ call }) => ({ rest: call });

/** A voice message. */
export const readVoice: ReadPart = ({ voice }) => {
  const { voice_id } = fieldsOf<{ voice_id: string }>(voice);
  const isId = typeof voice_id === 'string' && /^[\w.~=+/:-]{1,512}$/.test(voice_id);
  return isId ? { media: { fileId: `${VOICE}${voice_id}`, mimeType: 'audio/mp4' } } : undefined;
};

/** What a bot of Avito's wrote. */
export const readSystem: ReadPart = ({ text, flow_id }) => ({ text: stringOf(text), rest: flow_id });

/** What Avito does not hand over. Its text says where to look. */
export const readEmpty: ReadPart = () => ({ text: 'See Avito' });

/** The address with the most pixels, of those by their sizes: `1280x960`. */
function largestOf(sizes: unknown): string | undefined {
  const all = Object.entries(isObject(sizes) ? sizes : {}).flatMap(([size, url]) => {
    const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(size) ?? [];
    return isAddress(url) && width !== undefined ? [{ url, pixels: Number(width) * Number(height) }] : [];
  });
  return all.sort((one, other) => other.pixels - one.pixels)[0]?.url;
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_URL && /^https?:/.test(value) && URL.canParse(value);
}

function line(value: unknown): string | undefined {
  return stringOf(value) === '' ? undefined : cut(stringOf(value), LINE);
}
