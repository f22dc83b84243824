import { pressedOf } from '#channels/bounds';
import { fieldsOf, lines, listed, spaced, stringOf } from '#channels/fields';
import { timeOf, wholeOf } from './numbers.ts';
import type { ReadPart } from './parts.ts';

/** The answer to a message with buttons of the newer kind. */
export const readFlowAnswer: ReadPart = (value) => {
  const { body, nativeFlowResponseMessage } = fieldsOf<{ body: unknown; nativeFlowResponseMessage: unknown }>(value);
  const { name, paramsJson } = fieldsOf<{ name: unknown; paramsJson: unknown }>(nativeFlowResponseMessage);
  const text = textIn(body) || stringOf(name);
  return text === '' ? undefined : { text, ...pressedOf(paramsJson) };
};

/** What a program of another business says: words, and the labels of its buttons. */
export const readProgram: ReadPart = (value) => {
  const { contentText, footerText, title, description, header, body, footer, text } = fieldsOf<{
    contentText: unknown;
    footerText: unknown;
    title: unknown;
    description: unknown;
    header: unknown;
    body: unknown;
    footer: unknown;
    text: unknown;
  }>(value);
  const {
    hydratedTemplate,
    hydratedFourRowTemplate,
    fallbackLg: _language,
  } = fieldsOf<{
    hydratedTemplate: unknown;
    hydratedFourRowTemplate: unknown;
    fallbackLg: unknown;
  }>(value);
  const template = fieldsOf<{ hydratedTitleText: unknown; hydratedContentText: unknown; hydratedFooterText: unknown }>(
    hydratedTemplate ?? hydratedFourRowTemplate,
  );
  const said = lines(
    stringOf(text) || stringOf(title) || textIn(header),
    stringOf(contentText) || stringOf(description) || textIn(body),
    stringOf(footerText) || textIn(footer),
    stringOf(template.hydratedTitleText),
    stringOf(template.hydratedContentText),
    stringOf(template.hydratedFooterText),
  );
  return said === '' ? undefined : { text: said };
};

/** What a person ordered from a catalogue. The products are at the bridge only. */
export const readOrder: ReadPart = (value) => {
  const { orderTitle, message, itemCount, totalAmount1000, totalCurrencyCode } = fieldsOf<{
    orderTitle: unknown;
    message: unknown;
    itemCount: unknown;
    totalAmount1000: unknown;
    totalCurrencyCode: unknown;
  }>(value);
  const count = wholeOf(itemCount);
  const total = price(totalAmount1000, totalCurrencyCode);
  const text = lines(stringOf(orderTitle), stringOf(message), listed(count === undefined ? '' : `${count} ×`, total));
  return text === '' ? undefined : { text };
};

/** A product out of a catalogue. */
export const readProduct: ReadPart = (value) => {
  const { product, body } = fieldsOf<{ product: unknown; body: unknown }>(value);
  const { title, description, url, priceAmount1000, currencyCode } = fieldsOf<{
    title: unknown;
    description: unknown;
    url: unknown;
    priceAmount1000: unknown;
    currencyCode: unknown;
  }>(product);
  const text = lines(
    spaced(stringOf(title), price(priceAmount1000, currencyCode)),
    stringOf(description),
    stringOf(url),
    stringOf(body),
  );
  return text === '' ? undefined : { text };
};

/** An appointment. */
export const readEvent: ReadPart = (value) => {
  const { name, title, description, joinLink, startTime } = fieldsOf<{
    name: unknown;
    title: unknown;
    description: unknown;
    joinLink: unknown;
    startTime: unknown;
  }>(value);
  const at = timeOf(startTime);
  const when = at === undefined ? '' : new Date(at).toISOString();
  const text = lines(stringOf(name) || stringOf(title), when, stringOf(description), stringOf(joinLink));
  return text === '' ? undefined : { text };
};

/** An invitation, a pack of stickers, a bill: what it is called, and what was written with it. */
export const readNamed: ReadPart = (value) => {
  const { groupName, newsletterName, name, caption, note, noteMessage } = fieldsOf<{
    groupName: unknown;
    newsletterName: unknown;
    name: unknown;
    caption: unknown;
    note: unknown;
    noteMessage: unknown;
  }>(value);
  const { conversation, extendedTextMessage } = fieldsOf<{ conversation: unknown; extendedTextMessage: unknown }>(
    noteMessage,
  );
  const called = stringOf(groupName) || stringOf(newsletterName) || stringOf(name);
  return {
    text: lines(called, stringOf(caption), stringOf(note), stringOf(conversation) || textIn(extendedTextMessage)),
  };
};

/** A call in the list of calls. Only one that nobody answered waits for somebody. */
export const readCallLog: ReadPart = (value) => {
  const { callOutcome } = fieldsOf<{ callOutcome: unknown }>(value);
  const isAnswered = ['CONNECTED', 'ACCEPTED_ELSEWHERE', 0, 4].includes(callOutcome as string);
  return isAnswered ? { type: 'system', kind: 'call', opens: false } : {};
};

function textIn(value: unknown): string {
  const { text, title } = fieldsOf<{ text: unknown; title: unknown }>(value);
  return stringOf(text) || stringOf(title);
}

/** Prices are in thousandths. */
function price(amount: unknown, currency: unknown): string {
  const thousandths = wholeOf(amount);
  return thousandths === undefined ? '' : spaced(String(thousandths / 1000), stringOf(currency));
}
