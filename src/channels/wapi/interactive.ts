import type {
  ServerInteractiveButtonMessage,
  ServerInteractiveCallPermissionMessage,
  ServerInteractiveListMessage,
  ServerInteractiveMessage,
  ServerInteractiveNFMMessage,
} from 'whatsapp-api-js/types';
import { pressedOf } from '#channels/bounds';
import { fieldsOf, isObject, labelled, lines, listed, stringOf } from '#channels/fields';
import type { NoFields } from '#no-fields';
import type { Part, ReadPart } from './parts.ts';
import { sentInteractiveText } from './sent.ts';

/** A form with more text than this is shown as WhatsApp shows it. */
const LONGEST_FORM = 100_000;

/** What a person chose or filled in, or the words and buttons of such a message of the team. */
export const readInteractive: ReadPart = (value) => {
  const { type, button_reply, list_reply, nfm_reply, call_permission_reply, ...rest } =
    fieldsOf<ServerInteractiveMessage['interactive']>(value);
  rest satisfies NoFields;
  switch (type) {
    case 'button_reply':
      return { ...buttonPart(button_reply), rest: value };
    case 'list_reply':
      return { ...listPart(list_reply), rest: value };
    case 'nfm_reply':
      return { kind: 'form', text: formText(nfm_reply), rest: value };
    case 'call_permission_reply':
      return { ...permissionPart(call_permission_reply), rest: value };
    default: {
      const text = sentInteractiveText(value);
      return text === '' ? undefined : { text, rest: value };
    }
  }
};

function buttonPart(value: unknown): Part {
  const { title, id, ...rest } = fieldsOf<ServerInteractiveButtonMessage['button_reply']>(value);
  rest satisfies NoFields;
  return { kind: 'button', text: stringOf(title) || stringOf(id), ...pressedOf(id) };
}

function listPart(value: unknown): Part {
  const { title, description, id, ...rest } = fieldsOf<ServerInteractiveListMessage['list_reply']>(value);
  rest satisfies NoFields;
  return { kind: 'list', text: lines(stringOf(title) || stringOf(id), stringOf(description)), ...pressedOf(id) };
}

/** The person allowed calls, or did not. By calling they allow it, and that is no answer to anybody. */
function permissionPart(value: unknown): Part {
  const { response, response_source } =
    fieldsOf<Pick<ServerInteractiveCallPermissionMessage['call_permission_reply'], 'response' | 'response_source'>>(
      value,
    );
  const text = response === 'accept' ? 'Calls allowed' : 'Calls not allowed';
  return { kind: 'call_permission', text, ...(response_source === 'automatic' && { type: 'system', opens: false }) };
}

/**
 * What was filled in, a line for each field. WhatsApp itself shows an address as a text, and of a flow only that it was
 * sent. https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/guides/flowswebhooks
 */
function formText(value: unknown): string {
  const { name, body, response_json, ...rest } = fieldsOf<ServerInteractiveNFMMessage['nfm_reply']>(value);
  rest satisfies NoFields;
  const shown = body === 'Sent' ? '' : stringOf(body);
  if (name === 'address_message' && shown !== '') return shown;
  return lines(shown, fieldLines(stringOf(response_json))) || stringOf(body);
}

/** The token is the program's own. */
function fieldLines(json: string): string[] {
  const form = parsed(json);
  if (!isObject(form)) return [];
  const fields = Object.entries(form).filter(([name]) => name !== 'flow_token');
  return fields.map(([name, value]) =>
    labelled(name, isObject(value) ? listed(Object.values(value).map(word)) : word(value)),
  );
}

function word(value: unknown): string {
  if (Array.isArray(value)) return listed(value.map((one) => (isObject(one) || Array.isArray(one) ? '' : word(one))));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function parsed(json: string): unknown {
  if (json.length > LONGEST_FORM) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
