import type { AmoContact, AmoLead, AmoState } from './amo-state.ts';

/** What happened to an entity, by the words of amoCRM's hooks. */
type AmoHappening = 'add' | 'update' | 'delete' | 'responsible' | 'status';

/** The entities that have hooks of their own. */
export type AmoKind = 'contacts' | 'leads';

/** A hook that amoCRM posts: a form with names in brackets, in which every value is text. */
export interface AmoHook {
  readonly destination: string;
  readonly body: string;
}

/** The hooks that tell of what happened, one for each address that wants it. */
function hooksOf(
  state: AmoState,
  type: AmoKind,
  happened: AmoHappening,
  facts: Readonly<Record<string, string | number>>,
): AmoHook[] {
  const setting = `${happened}_${type.slice(0, -1)}`;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(facts)) form.append(`${type}[${happened}][0][${name}]`, String(value));
  return told(state, setting, form);
}

/** The hooks that tell what happened to a contact or a deal. */
export function happenedTo(
  state: AmoState,
  kind: AmoKind,
  word: AmoHappening,
  entity: AmoContact | AmoLead,
  facts: Readonly<Record<string, number>> = {},
): AmoHook[] {
  const place =
    'statusId' in entity ? { status_id: entity.statusId, pipeline_id: entity.pipelineId } : { type: 'contact' };
  return hooksOf(state, kind, word, {
    id: entity.id,
    name: entity.name,
    ...place,
    responsible_user_id: entity.responsibleUserId,
    ...facts,
    last_modified: entity.updatedAt,
    account_id: state.account.id,
  });
}

/** The hooks that tell that an enquiry came, or left the inbox. */
export function unsortedHooks(
  state: AmoState,
  happened: 'add' | 'delete',
  facts: Readonly<Record<string, string | number>>,
): AmoHook[] {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(facts)) {
    form.append(`unsorted[${happened}][0]${name.includes('[') ? name : `[${name}]`}`, String(value));
  }
  return told(state, `${happened}_unsorted`, form);
}

function told({ account, hooks }: AmoState, setting: string, form: URLSearchParams): AmoHook[] {
  form.append('account[subdomain]', account.subdomain);
  form.append('account[id]', String(account.id));
  form.append('account[_links][self]', `https://${account.subdomain}.amocrm.ru`);
  return hooks
    .filter(({ settings }) => settings.includes(setting))
    .map(({ destination }) => ({ destination, body: form.toString() }));
}
