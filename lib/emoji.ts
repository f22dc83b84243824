import { readFile, writeFile } from 'node:fs/promises';

// `node lib/emoji.ts` writes web/parts/composer/emoji.json: the chosen emoji with the words that find them.

/** The emoji that the panel offers, by groups in the order in which they are shown. The system's own picker has the rest. */
const CHOSEN: readonly string[] = [
  '😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰😍🤩😘🥲😋😛😜🤪😝🤗🤭🤫🤔🤨😐😑😏😒🙄😬😌😔🤤😴😷🤒🤕🤢🥵🥴😵🤯🤠🥳😎🤓🧐😕😮😯😲😳🥺😨😰😥😢😭😣😞😫🥱😤😡😠🤬😈💀💩👻🤖',
  '👋✋👌🤏✌🤞👈👉👆👇☝👍👎✊👊👏🙌👐🤲🤝🙏✍💅🤳💪👀👂👃🧠👄💋👧👦👩👨👵👴🙅🙆💁🙋🙇🤦🤷👮👷💃🕺🏃🚶👫👪',
  '❤🧡💛💚💙💜🖤🤍💔💕💞💓💗💖💘💝💯💢💥💫💦💨💬💭💤✨🔥🎉🎊🎁🎈🏆🥇⭐🌟☀🌙⛅☔❄🌈⚡',
  '🐶🐱🐭🐰🦊🐻🐼🐨🐯🦁🐮🐷🐵🐔🐧🐦🦄🐝🦋🐢🌸🌹🌻🌷🌱🌴🍀🍁',
  '🍎🍊🍋🍌🍇🍓🍒🍍🥑🍅🥕🌽🥐🍞🧀🍳🍔🍟🍕🥗🍣🍦🍰🎂🍫🍿🍩🍪☕🍵🍺🍻🥂🍷',
  '⚽🏀🏈🎾🏓🎮🎲🎯🎸🎤🎧🎬🎨📷🚗🚕🚌🚓🚑🚚🚲🚀✈🚂🏠🏢🏥🏦🏪🗺📍🏖⛰',
  '📱💻🖥⌚📞🔋💡🔦🛒💰💵💳💎🔧🔨🔑🔒🔓📦✉📧📝📅📊📈📉📌📎✂📚🔍⏰⏳💊🛋🚪👕👖👗👟👜👓💍',
  '✅✔❌❗❓⚠🚫🔴⬆⬇⬅➡🔄➕💲🔝🔔🔕♻🏁🚩',
];

interface Described {
  readonly unicode: string;
  readonly label: string;
  readonly tags?: readonly string[];
}

/** Words that find half of all emoji, and so none. */
const COMMON = new Set([
  'face',
  'with',
  'and',
  'the',
  'sign',
  'button',
  'symbol',
  'лицо',
  'лица',
  'лицом',
  'для',
  'под',
  'над',
  'знак',
  'кнопка',
  'символ',
]);

/** The groups of the panel, each emoji followed by its words: `😀 grinning face ухмыляется`. */
export async function emojiGroups(): Promise<string[][]> {
  const [en, ru] = await Promise.all([read('en'), read('ru')]);
  const inGroups = CHOSEN.map((group) => [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(group)]);
  return inGroups.map((group) =>
    group.map(({ segment }) => {
      const described = en.get(plain(segment));
      if (!described) throw new Error(`${segment} is not in emojibase-data`);
      const words = [described, ru.get(plain(segment))].flatMap((one) => (one ? wordsOf(one) : []));
      return [described.unicode, ...new Set(words)].join(' ');
    }),
  );
}

/** The file as it is stored. */
export async function emojiFile(): Promise<string> {
  return `${JSON.stringify(await emojiGroups(), null, 2)}\n`;
}

async function read(language: string): Promise<Map<string, Described>> {
  const file = new URL(import.meta.resolve(`emojibase-data/${language}/compact.json`));
  const all = JSON.parse(await readFile(file, 'utf8')) as readonly Described[];
  return new Map(all.map((one) => [plain(one.unicode), one]));
}

/** The first word of its name and its first other word: more would make the file larger than they are worth. */
function wordsOf(described: Described): readonly string[] {
  const inLabel = wordsIn(described.label);
  const inTags = wordsIn((described.tags ?? []).join(' ')).filter((word) => !inLabel.includes(word));
  return [inLabel[0], inTags[0] ?? inLabel[1]].filter((word) => word !== undefined);
}

function wordsIn(text: string): readonly string[] {
  return (text.toLowerCase().match(/\p{L}{3,}/gu) ?? []).filter((word) => !COMMON.has(word));
}

/** Without the mark that asks for its coloured form, which only some lists have. */
function plain(emoji: string): string {
  return emoji.replaceAll('\u{fe0f}', '');
}

if (process.argv[1] === import.meta.filename) {
  await writeFile(new URL('../web/parts/composer/emoji.json', import.meta.url), await emojiFile());
}
