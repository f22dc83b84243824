interface Card {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly text?: string | undefined;
}

/** The card as a file (RFC 6350): the one that the messenger gave, else one of the name and the phone number. */
export function vcardFile({ name = '', phone, text }: Card): string {
  if (text !== undefined) return text;
  return [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `FN:${escaped(name || (phone ?? ''))}`,
    ...(phone === undefined ? [] : [`TEL;TYPE=cell:${escaped(phone)}`]),
    'END:VCARD',
    '',
  ].join('\r\n');
}

function escaped(value: string): string {
  return value.replaceAll(/[\\,;]/g, (mark) => `\\${mark}`).replaceAll(/\r\n|[\r\n]/g, '\\n');
}
